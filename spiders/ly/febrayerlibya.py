"""Febrayer."""

from crawler.spider import NewsSpider


class FebrayerLibya(NewsSpider):
    """Febrayer (فبراير), Tripoli: daily. WordPress."""

    name = "febrayerlibya"
    name_ar = "فبراير"
    country = "ly"
    timezone = "Africa/Tripoli"
    domains = ["febp.ly"]
    feeds = ["https://febp.ly/feed"]
