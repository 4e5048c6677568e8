"""Al Mada."""

from crawler.spider import NewsSpider


class AlMada(NewsSpider):
    """Al Mada (المدى), Baghdad: private daily. WordPress."""

    name = "almada"
    name_ar = "المدى"
    country = "iq"
    timezone = "Asia/Baghdad"
    domains = ["almadapaper.net"]
    feeds = ["https://almadapaper.net/feed/"]
