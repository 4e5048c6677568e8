"""Masrawy."""

from crawler.spider import NewsSpider


class Masrawy(NewsSpider):
    """Masrawy (مصراوي), Cairo: news site."""

    name = "masrawy"
    name_ar = "مصراوي"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["masrawy.com"]
    feeds = ["https://www.masrawy.com/rss/feed/25/"]
