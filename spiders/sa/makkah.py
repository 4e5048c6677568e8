"""Makkah."""

from crawler.spider import NewsSpider


class Makkah(NewsSpider):
    """Makkah (مكة), Mecca: private daily."""

    name = "makkah"
    name_ar = "مكة"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["makkahnewspaper.com"]
    feeds = ["https://makkahnewspaper.com/rssFeed/0"]
