"""Ajel."""

from crawler.spider import NewsSpider


class Ajel(NewsSpider):
    """Ajel (عاجل), Riyadh: news site."""

    name = "ajel"
    name_ar = "عاجل"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["ajel.sa"]
    feeds = ["https://ajel.sa/rss"]
