"""Safir 24."""

from crawler.spider import NewsSpider


class Safir24(NewsSpider):
    """Safir 24 (سفير 24), Morocco: news site. WordPress."""

    name = "safir24"
    name_ar = "سفير 24"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["safir24.com"]
    feeds = ["https://safir24.com/feed"]
