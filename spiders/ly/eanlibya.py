"""Ean Libya."""

from crawler.spider import NewsSpider


class EanLibya(NewsSpider):
    """Ean Libya (عين ليبيا), Libya: news site. WordPress."""

    name = "eanlibya"
    name_ar = "عين ليبيا"
    country = "ly"
    timezone = "Africa/Tripoli"
    domains = ["eanlibya.com"]
    feeds = ["https://www.eanlibya.com/feed"]
