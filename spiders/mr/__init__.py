"""Mauritania."""
