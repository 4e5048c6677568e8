"""Badil."""

from crawler.spider import NewsSpider


class Badil(NewsSpider):
    """Badil (بديل), Morocco: news site. WordPress."""

    name = "badil"
    name_ar = "بديل"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["badil.info"]
    feeds = ["https://badil.info/feed"]
