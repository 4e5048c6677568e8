"""Al Riyadh."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlRiyadh(NewsSpider):
    """Al Riyadh (الرياض), Riyadh: private daily."""

    name = "alriyadh"
    name_ar = "الرياض"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["alriyadh.com"]
    feeds = ["https://www.alriyadh.com/rss.xml"]
    page = PageRules(body="#text, #article-view", byline="p.author")
