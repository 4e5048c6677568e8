"""Palestine."""
