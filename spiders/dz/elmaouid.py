"""El Maouid El Youmi."""

from crawler.spider import NewsSpider


class ElMaouid(NewsSpider):
    """El Maouid El Youmi (الموعد اليومي), Algiers: private daily. WordPress."""

    name = "elmaouid"
    name_ar = "الموعد اليومي"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["elmaouid.com"]
    feeds = ["https://elmaouid.com/feed/"]
