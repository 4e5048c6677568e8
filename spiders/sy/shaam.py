"""Shaam Network."""

from crawler.spider import NewsSpider


class Shaam(NewsSpider):
    """Shaam Network (شبكة شام), Syria: independent news network."""

    name = "shaam"
    name_ar = "شبكة شام"
    country = "sy"
    timezone = "Asia/Damascus"
    domains = ["shaam.org"]
    sections = ["https://shaam.org/news/syria-news"]
    article_address = r"/news/syria-news/[^/?]+$"
    next_page = "?page={page}"
