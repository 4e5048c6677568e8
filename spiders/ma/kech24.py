"""Kech 24."""

from crawler.spider import NewsSpider


class Kech24(NewsSpider):
    """Kech 24 (كش 24), Marrakesh: regional news site. WordPress."""

    name = "kech24"
    name_ar = "كش 24"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["kech24.com"]
    feeds = ["https://kech24.com/feed"]
