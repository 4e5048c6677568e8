"""Archived pages read again through today's extraction: `scrapy reextract`."""
