"""France 24 Arabic."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class France24Arabic(NewsSpider):
    """France 24 Arabic (فرانس 24), Paris: French international television."""

    name = "france24arabic"
    name_ar = "فرانس 24"
    country = "int"
    timezone = "Europe/Paris"
    domains = ["france24.com"]
    feeds = ["https://www.france24.com/ar/rss", "https://www.france24.com/ar/الشرق-الأوسط/rss"]
    page = PageRules(body=".t-content__body")
