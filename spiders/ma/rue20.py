"""Rue 20."""

from crawler.spider import NewsSpider


class Rue20(NewsSpider):
    """Rue 20 (زنقة 20), Rabat: news site. WordPress."""

    name = "rue20"
    name_ar = "زنقة 20"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["rue20.com"]
    feeds = ["https://www.rue20.com/feed"]
