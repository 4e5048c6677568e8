"""BBC Arabic."""

from crawler.spider import NewsSpider


class BbcArabic(NewsSpider):
    """BBC Arabic (بي بي سي عربي), London: British public service."""

    name = "bbcarabic"
    name_ar = "بي بي سي عربي"
    country = "int"
    timezone = "UTC"
    domains = ["bbc.com"]
    verified = "recorded page, 2024-03"
    article_address = r"/arabic/articles/[a-z0-9]+$"
    feeds = ["https://feeds.bbci.co.uk/arabic/rss.xml"]
    sitemaps = ["https://www.bbc.com/arabic/sitemap.xml"]
