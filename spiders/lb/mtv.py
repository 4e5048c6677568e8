"""MTV Lebanon."""

from crawler.spider import NewsSpider


class Mtv(NewsSpider):
    """MTV Lebanon (إم تي في), Beirut: private television."""

    name = "mtv"
    name_ar = "إم تي في"
    country = "lb"
    timezone = "Asia/Beirut"
    domains = ["mtv.com.lb"]
    feeds = ["https://www.mtv.com.lb/rss"]
