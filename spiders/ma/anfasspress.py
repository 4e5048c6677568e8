"""Anfass Press."""

from crawler.spider import NewsSpider


class AnfassPress(NewsSpider):
    """Anfass Press (أنفاس بريس), Casablanca: news site and weekly. WordPress."""

    name = "anfasspress"
    name_ar = "أنفاس بريس"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["anfasspress.com"]
    feeds = ["https://anfasspress.com/feed"]
