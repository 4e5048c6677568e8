"""Libya."""
