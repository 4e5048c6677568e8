"""Al Jarida 24."""

from crawler.spider import NewsSpider


class AlJarida24(NewsSpider):
    """Al Jarida 24 (الجريدة 24), Morocco: news site. WordPress."""

    name = "aljarida24"
    name_ar = "الجريدة 24"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["aljarida24.ma"]
    feeds = ["https://aljarida24.ma/feed"]
