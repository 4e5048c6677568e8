"""Iraq."""
