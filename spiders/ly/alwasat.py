"""Al Wasat."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlWasat(NewsSpider):
    """Al Wasat (بوابة الوسط), Cairo: Libyan daily and news site."""

    name = "alwasat"
    name_ar = "بوابة الوسط"
    country = "ly"
    timezone = "Africa/Tripoli"
    domains = ["alwasat.ly"]
    feeds = ["https://alwasat.ly/feed", "https://alwasat.ly/rss"]
    page = PageRules(body="div.art-content")
