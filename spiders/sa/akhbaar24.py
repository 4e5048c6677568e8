"""Akhbaar 24."""

from crawler.spider import NewsSpider


class Akhbaar24(NewsSpider):
    """Akhbaar 24 (أخبار 24), Riyadh: news site."""

    name = "akhbaar24"
    name_ar = "أخبار 24"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["akhbaar24.com"]
    feeds = ["https://akhbaar24.com/feed/"]
