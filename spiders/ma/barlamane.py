"""Barlamane."""

from crawler.spider import NewsSpider


class Barlamane(NewsSpider):
    """Barlamane (برلمان.كوم), Rabat: news site. WordPress."""

    name = "barlamane"
    name_ar = "برلمان.كوم"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["barlamane.com"]
    feeds = ["https://www.barlamane.com/feed"]
