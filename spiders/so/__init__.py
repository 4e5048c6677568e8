"""Somalia."""
