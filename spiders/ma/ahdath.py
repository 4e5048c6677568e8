"""Al Ahdath Al Maghribia."""

from crawler.spider import NewsSpider


class Ahdath(NewsSpider):
    """Al Ahdath Al Maghribia (الأحداث المغربية), Casablanca: private daily. WordPress."""

    name = "ahdath"
    name_ar = "الأحداث المغربية"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["ahdath.info"]
    feeds = ["https://ahdath.info/feed"]
