"""Zawaya."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class Zawaya(NewsSpider):
    """Zawaya (زوايا), Kuwait City: news site. WordPress, theme Sahifa."""

    name = "zawaya"
    name_ar = "زوايا"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["zawayakw.com"]
    sections = [
        "https://zawayakw.com/category/الزاوية-المحلية",
        "https://zawayakw.com/category/الرياضة",
        "https://zawayakw.com/category/الفن",
    ]
    article_links = ".item-list h2 a"
    next_page = "/page/{page}/"
    page = PageRules(body="div.entry")
