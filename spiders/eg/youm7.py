"""Al Youm Al Sabea."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class Youm7(NewsSpider):
    """Al Youm Al Sabea (اليوم السابع), Cairo: private daily."""

    name = "youm7"
    name_ar = "اليوم السابع"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["youm7.com"]
    feeds = [
        "https://www.youm7.com/rss/SectionRss?SectionID=65",
        "https://www.youm7.com/rss/SectionRss?SectionID=297",
    ]
    page = PageRules(body="#articleBody", byline="span.writeName")
