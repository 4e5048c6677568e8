"""Tanja 24."""

from crawler.spider import NewsSpider


class Tanja24(NewsSpider):
    """Tanja 24 (طنجة 24), Tangier: regional news site. WordPress."""

    name = "tanja24"
    name_ar = "طنجة 24"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["tanja24.com"]
    feeds = ["https://tanja24.com/feed"]
