"""Sarmad."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class Sarmad(NewsSpider):
    """Sarmad (سرمد), Kuwait City: news site."""

    name = "sarmad"
    name_ar = "سرمد"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["sarmad.com"]
    sections = [
        "https://sarmad.com/newcat.php?id=1",
        "https://sarmad.com/newcat.php?id=8",
        "https://sarmad.com/newcat.php?id=9",
    ]
    article_links = ".col-md-12 h2 a"
    page = PageRules(title=".post__title h2", body=".post_description")
