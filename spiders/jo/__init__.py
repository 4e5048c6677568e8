"""Jordan."""
