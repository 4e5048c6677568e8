"""Achkayen."""

from crawler.spider import NewsSpider


class Achkayen(NewsSpider):
    """Achkayen (آشكاين), Morocco: news site. WordPress."""

    name = "achkayen"
    name_ar = "آشكاين"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["achkayen.com"]
    feeds = ["https://achkayen.com/feed"]
