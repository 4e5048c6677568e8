"""Telexpresse."""

from crawler.spider import NewsSpider


class Telexpresse(NewsSpider):
    """Telexpresse (تيليكسبريس), Morocco: news site. WordPress."""

    name = "telexpresse"
    name_ar = "تيليكسبريس"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["telexpresse.com"]
    feeds = ["https://telexpresse.com/feed"]
