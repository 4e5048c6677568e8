"""Raw pages, kept as WARC (ISO 28500) and read again: replay a crawl, extract anew."""
