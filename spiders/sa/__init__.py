"""Saudi Arabia."""
