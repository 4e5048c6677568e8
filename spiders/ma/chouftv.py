"""ChoufTV."""

from crawler.spider import NewsSpider


class ChoufTv(NewsSpider):
    """ChoufTV (شوف تيفي), Casablanca: web television and news site. WordPress."""

    name = "chouftv"
    name_ar = "شوف تيفي"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["chouftv.ma"]
    feeds = ["https://chouftv.ma/feed"]
