"""Noon Presse."""

from crawler.spider import NewsSpider


class NoonPresse(NewsSpider):
    """Noon Presse (نون بريس), Morocco: news site. WordPress."""

    name = "noonpresse"
    name_ar = "نون بريس"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["noonpresse.com"]
    feeds = ["https://www.noonpresse.com/feed"]
