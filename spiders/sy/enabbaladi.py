"""Enab Baladi."""

from crawler.spider import NewsSpider


class EnabBaladi(NewsSpider):
    """Enab Baladi (عنب بلدي), Syria: independent newspaper. WordPress."""

    name = "enabbaladi"
    name_ar = "عنب بلدي"
    country = "sy"
    timezone = "Asia/Damascus"
    domains = ["enabbaladi.net"]
    feeds = ["https://www.enabbaladi.net/feed/"]
