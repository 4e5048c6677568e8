"""Tanasuh."""

from crawler.spider import NewsSpider


class Tanasuh(NewsSpider):
    """Tanasuh (التناصح), Libya: television and news site. WordPress."""

    name = "tanasuh"
    name_ar = "التناصح"
    country = "ly"
    timezone = "Africa/Tripoli"
    domains = ["tanasuh.tv"]
    feeds = ["https://tanasuh.tv/feed"]
