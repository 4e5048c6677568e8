"""Hadath."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class HadathKw(NewsSpider):
    """Hadath (حدث), Kuwait City: news site."""

    name = "hadathkw"
    name_ar = "حدث"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["hadathkw.net"]
    sections = [
        "https://hadathkw.net/Cat/محليات-1",
        "https://hadathkw.net/Cat/برلمان-2",
        "https://hadathkw.net/Cat/اقتصاد-3",
    ]
    article_links = ".img-fluidStyle a"
    page = PageRules(title=".newsTitle", body=".newsText", published_at=".marginTop20 small")
