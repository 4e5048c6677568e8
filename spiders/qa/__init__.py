"""Qatar."""
