"""Arabi 21."""

from crawler.spider import NewsSpider


class Arabi21(NewsSpider):
    """Arabi 21 (عربي21), London: pan-Arab news site."""

    name = "arabi21"
    name_ar = "عربي21"
    country = "int"
    timezone = "Europe/London"
    domains = ["arabi21.com"]
    feeds = ["https://arabi21.com/rss"]
