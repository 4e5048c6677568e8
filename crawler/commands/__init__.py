"""What people type: each module is one `scrapy` command."""
