"""El Mihwar El Yawmi."""

from crawler.spider import NewsSpider


class ElMihwar(NewsSpider):
    """El Mihwar El Yawmi (المحور اليومي), Algiers: private daily. WordPress."""

    name = "elmihwar"
    name_ar = "المحور اليومي"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["elmihwar.com"]
    feeds = ["https://elmihwar.com/feed/"]
