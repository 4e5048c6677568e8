"""Al Majalla."""

from crawler.spider import NewsSpider


class AlMajalla(NewsSpider):
    """Al Majalla (المجلة), London: pan-Arab magazine."""

    name = "almajalla"
    name_ar = "المجلة"
    country = "int"
    timezone = "Europe/London"
    domains = ["almajalla.com"]
    feeds = ["https://almajalla.com/feed"]
