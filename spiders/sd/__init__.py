"""Sudan."""
