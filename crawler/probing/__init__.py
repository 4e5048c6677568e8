"""What `scrapy probe` asks a site, and what it makes of the answers. Nothing is stored."""
