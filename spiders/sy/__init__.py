"""Syria."""
