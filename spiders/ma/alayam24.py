"""Al Ayam 24."""

from crawler.spider import NewsSpider


class AlAyam24(NewsSpider):
    """Al Ayam 24 (الأيام 24), Casablanca: weekly and news site. WordPress."""

    name = "alayam24"
    name_ar = "الأيام 24"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["alayam24.com"]
    feeds = ["https://www.alayam24.com/feed"]
