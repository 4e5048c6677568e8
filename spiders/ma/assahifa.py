"""Assahifa."""

from crawler.spider import NewsSpider


class Assahifa(NewsSpider):
    """Assahifa (الصحيفة), Morocco: news site. WordPress."""

    name = "assahifa"
    name_ar = "الصحيفة"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["assahifa.com"]
    feeds = ["https://www.assahifa.com/feed"]
