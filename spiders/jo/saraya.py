"""Saraya News."""

from crawler.spider import NewsSpider


class Saraya(NewsSpider):
    """Saraya News (سرايا), Amman: news site."""

    name = "saraya"
    name_ar = "سرايا"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["sarayanews.com"]
    feeds = ["https://www.sarayanews.com/rss"]
