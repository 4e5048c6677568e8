"""Tunisia."""
