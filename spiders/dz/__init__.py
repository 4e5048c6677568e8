"""Algeria."""
