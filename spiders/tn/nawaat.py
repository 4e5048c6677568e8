"""Nawaat."""

from crawler.spider import NewsSpider


class Nawaat(NewsSpider):
    """Nawaat (نواة), Tunis: investigative magazine. WordPress."""

    name = "nawaat"
    name_ar = "نواة"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["nawaat.org"]
    feeds = ["https://nawaat.org/feed/"]
