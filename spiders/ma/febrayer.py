"""Febrayer."""

from crawler.spider import NewsSpider


class Febrayer(NewsSpider):
    """Febrayer (فبراير.كوم), Casablanca: news site and web television. WordPress."""

    name = "febrayer"
    name_ar = "فبراير.كوم"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["febrayer.com"]
    feeds = ["https://www.febrayer.com/feed"]
