"""Goud."""

from crawler.spider import NewsSpider


class Goud(NewsSpider):
    """Goud (كود), Casablanca: news site, partly in Moroccan Arabic. WordPress."""

    name = "goud"
    name_ar = "كود"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["goud.ma"]
    feeds = ["https://www.goud.ma/feed"]
