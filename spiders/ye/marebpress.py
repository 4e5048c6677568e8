"""Mareb Press."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class MarebPress(NewsSpider):
    """Mareb Press (مأرب برس), Yemen: independent news site."""

    name = "marebpress"
    name_ar = "مأرب برس"
    country = "ye"
    timezone = "Asia/Aden"
    domains = ["marebpress.net"]
    feeds = ["https://marebpress.net/news_rss.php"]
    page = PageRules(body=".details")
