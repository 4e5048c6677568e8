"""Morocco."""
