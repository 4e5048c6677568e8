"""Agadir 24."""

from crawler.spider import NewsSpider


class Agadir24(NewsSpider):
    """Agadir 24 (أكادير 24), Agadir: regional news site. WordPress."""

    name = "agadir24"
    name_ar = "أكادير 24"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["agadir24.info"]
    feeds = ["https://agadir24.info/feed"]
