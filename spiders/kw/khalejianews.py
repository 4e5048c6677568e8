"""Khalejia News."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class KhalejiaNews(NewsSpider):
    """Khalejia News (خليجية نيوز), Kuwait City: news site."""

    name = "khalejianews"
    name_ar = "خليجية نيوز"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["khalejianews.com"]
    sections = [
        "http://khalejianews.com/categories/2",
        "http://khalejianews.com/categories/5",
        "http://khalejianews.com/categories/6",
    ]
    article_links = ".post-title a"
    page = PageRules(title=".title h2", published_at=".title p")
