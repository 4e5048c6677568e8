"""El Hiwar."""

from crawler.spider import NewsSpider


class ElHiwar(NewsSpider):
    """El Hiwar (الحوار), Algiers: private daily. WordPress."""

    name = "elhiwar"
    name_ar = "الحوار"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["elhiwaronline.com"]
    feeds = ["https://www.elhiwaronline.com/feed/"]
