"""Egypt."""
