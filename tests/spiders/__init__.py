"""Spiders of tests: the sample newspaper, served on loopback."""
