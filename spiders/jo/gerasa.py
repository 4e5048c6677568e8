"""Gerasa News."""

from crawler.spider import NewsSpider


class Gerasa(NewsSpider):
    """Gerasa News (جراسا), Amman: news site."""

    name = "gerasa"
    name_ar = "جراسا"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["gerasanews.com"]
    feeds = ["https://www.gerasanews.com/rss.xml"]
