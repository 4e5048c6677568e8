"""Planted copies of stories: how many are tied, how many strangers are, what it costs as the collection grows."""
