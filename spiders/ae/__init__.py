"""The United Arab Emirates."""
