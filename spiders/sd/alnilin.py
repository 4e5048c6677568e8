"""Al Nilin."""

from crawler.spider import NewsSpider


class AlNilin(NewsSpider):
    """Al Nilin (النيلين), Sudan: news site. WordPress."""

    name = "alnilin"
    name_ar = "النيلين"
    country = "sd"
    timezone = "Africa/Khartoum"
    domains = ["alnilin.com"]
    # Where WordPress keeps its feed: it was seen to run the site, the feed was not.
    feeds = ["https://alnilin.com/?feed=rss2"]
