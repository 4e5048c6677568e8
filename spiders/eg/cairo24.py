"""Cairo 24."""

from crawler.spider import NewsSpider


class Cairo24(NewsSpider):
    """Cairo 24 (القاهرة 24), Cairo: news site."""

    name = "cairo24"
    name_ar = "القاهرة 24"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["cairo24.com"]
    feeds = ["https://www.cairo24.com/rss.aspx"]
