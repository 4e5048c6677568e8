"""The reading room: a small read-only web application on the collection (`scrapy serve`)."""
