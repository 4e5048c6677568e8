"""Yemen."""
