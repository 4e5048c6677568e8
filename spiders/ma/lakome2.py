"""Lakome 2."""

from crawler.spider import NewsSpider


class Lakome2(NewsSpider):
    """Lakome 2 (لكم), Rabat: news site. WordPress."""

    name = "lakome2"
    name_ar = "لكم"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["lakome2.com"]
    feeds = ["https://lakome2.com/feed"]
