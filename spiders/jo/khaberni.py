"""Khaberni."""

from crawler.spider import NewsSpider


class Khaberni(NewsSpider):
    """Khaberni (خبرني), Amman: news site."""

    name = "khaberni"
    name_ar = "خبرني"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["khaberni.com"]
    feeds = ["https://www.khaberni.com/rss"]
