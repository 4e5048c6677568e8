"""Hibapress."""

from crawler.spider import NewsSpider


class Hibapress(NewsSpider):
    """Hibapress (هبة بريس), Morocco: news site. WordPress."""

    name = "hibapress"
    name_ar = "هبة بريس"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["ar.hibapress.com"]
    feeds = ["https://ar.hibapress.com/feed"]
