"""Sabq."""

from crawler.spider import NewsSpider


class Sabq(NewsSpider):
    """Sabq (سبق), Riyadh: news site."""

    name = "sabq"
    name_ar = "سبق"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["sabq.org"]
    feeds = ["https://sabq.org/rss"]
