"""Hespress."""

from crawler.spider import NewsSpider


class Hespress(NewsSpider):
    """Hespress (هسبريس), Rabat: news site. WordPress."""

    name = "hespress"
    name_ar = "هسبريس"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["hespress.com"]
    feeds = ["https://www.hespress.com/feed"]
