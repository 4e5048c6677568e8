"""Sabr."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class Sabr(NewsSpider):
    """Sabr (سبر), Kuwait City: news site. WordPress, theme Herald."""

    name = "sabr"
    name_ar = "سبر"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["sabr.cc"]
    sections = [
        "https://www.sabr.cc/category/محليات/",
        "https://www.sabr.cc/category/برلمان/",
        "https://www.sabr.cc/category/اقتصاد/",
    ]
    article_links = ".entry-title.h5 a"
    next_page = "/page/{page}/"
    page = PageRules(body=".herald-entry-content", published_at=".entry-meta-single span")
