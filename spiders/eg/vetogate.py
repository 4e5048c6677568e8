"""Veto."""

from crawler.spider import NewsSpider


class VetoGate(NewsSpider):
    """Veto (فيتو), Cairo: private weekly and news site."""

    name = "vetogate"
    name_ar = "فيتو"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["vetogate.com"]
    feeds = ["https://www.vetogate.com/rss/Section/3"]
