"""Hesport."""

from crawler.spider import NewsSpider


class Hesport(NewsSpider):
    """Hesport (هسبورت), Rabat: sports news, sister of Hespress. WordPress."""

    name = "hesport"
    name_ar = "هسبورت"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["hesport.com"]
    feeds = ["https://hesport.com/feed"]
