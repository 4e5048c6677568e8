"""El Hayat."""

from crawler.spider import NewsSpider


class ElHayat(NewsSpider):
    """El Hayat (الحياة), Algiers: private daily. WordPress."""

    name = "elhayat"
    name_ar = "الحياة"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["elhayatonline.com"]
    feeds = ["https://www.elhayatonline.com/feed/"]
