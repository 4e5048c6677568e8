"""Bahrain."""
