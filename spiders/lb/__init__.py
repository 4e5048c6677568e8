"""Lebanon."""
