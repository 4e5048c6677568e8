"""Oman."""
