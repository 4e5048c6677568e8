"""Sudanile."""

from crawler.spider import NewsSpider


class Sudanile(NewsSpider):
    """Sudanile (سودانايل), Sudan: news site. WordPress."""

    name = "sudanile"
    name_ar = "سودانايل"
    country = "sd"
    timezone = "Africa/Khartoum"
    domains = ["sudanile.com"]
    # Where WordPress keeps its feed: it was seen to run the site, the feed was not.
    feeds = ["https://sudanile.com/?feed=rss2"]
