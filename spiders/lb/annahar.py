"""An Nahar."""

from crawler.spider import NewsSpider


class AnNahar(NewsSpider):
    """An Nahar (النهار), Beirut: private daily."""

    name = "annahar"
    name_ar = "النهار"
    country = "lb"
    timezone = "Asia/Beirut"
    domains = ["annahar.com"]
    feeds = ["https://www.annahar.com/rss"]
