"""Bayane Al Yaoume."""

from crawler.spider import NewsSpider


class BayaneAlYaoume(NewsSpider):
    """Bayane Al Yaoume (بيان اليوم), Casablanca: daily of the PPS. WordPress."""

    name = "bayanealyaoume"
    name_ar = "بيان اليوم"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["bayanealyaoume.press.ma"]
    feeds = ["https://bayanealyaoume.press.ma/feed"]
