"""WARC files that others made (Common Crawl, Heritrix, wget) taken into the collection: `scrapy crawl archive`."""
