"""Madar 21."""

from crawler.spider import NewsSpider


class Madar21(NewsSpider):
    """Madar 21 (مدار 21), Morocco: news site. WordPress."""

    name = "madar21"
    name_ar = "مدار 21"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["madar21.com"]
    feeds = ["https://madar21.com/feed"]
