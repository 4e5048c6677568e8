"""Al Sharq."""

from crawler.spider import NewsSpider


class AlSharq(NewsSpider):
    """Al Sharq (الشرق), Doha: private daily."""

    name = "alsharq"
    name_ar = "الشرق"
    country = "qa"
    timezone = "Asia/Qatar"
    domains = ["al-sharq.com"]
    feeds = ["https://al-sharq.com/rss/latestNews"]
