"""Al Yaoum 24."""

from crawler.spider import NewsSpider


class AlYaoum24(NewsSpider):
    """Al Yaoum 24 (اليوم 24), Morocco: news site. WordPress."""

    name = "alyaoum24"
    name_ar = "اليوم 24"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["alyaoum24.com"]
    feeds = ["https://alyaoum24.com/feed"]
