"""Kuwait."""
