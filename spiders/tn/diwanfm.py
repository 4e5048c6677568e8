"""Diwan FM."""

from crawler.spider import NewsSpider


class DiwanFm(NewsSpider):
    """Diwan FM (ديوان أف أم), Sfax: private radio. WordPress."""

    name = "diwanfm"
    name_ar = "ديوان أف أم"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["diwanfm.net"]
    feeds = ["https://diwanfm.net/feed"]
