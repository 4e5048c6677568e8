"""Libya 24."""

from crawler.spider import NewsSpider


class Libya24(NewsSpider):
    """Libya 24 (ليبيا 24), Libya: television. WordPress."""

    name = "libya24"
    name_ar = "ليبيا 24"
    country = "ly"
    timezone = "Africa/Tripoli"
    domains = ["libya24.tv"]
    feeds = ["https://libya24.tv/feed"]
