"""Maan News Agency."""

from crawler.spider import NewsSpider


class Maan(NewsSpider):
    """Maan News Agency (معا), Bethlehem: independent news agency."""

    name = "maan"
    name_ar = "معا"
    country = "ps"
    timezone = "Asia/Gaza"
    domains = ["maannews.net"]
    sections = ["https://www.maannews.net/news/latest"]
    article_address = r"/news/\d+\.html$"
