"""Roya News."""

from crawler.spider import NewsSpider


class RoyaNews(NewsSpider):
    """Roya News (رؤيا), Amman: private television."""

    name = "royanews"
    name_ar = "رؤيا"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["royanews.tv"]
    feeds = ["https://royanews.tv/rss"]
