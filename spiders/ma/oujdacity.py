"""Oujda City."""

from crawler.spider import NewsSpider


class OujdaCity(NewsSpider):
    """Oujda City (وجدة سيتي), Oujda: regional news site. WordPress."""

    name = "oujdacity"
    name_ar = "وجدة سيتي"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["oujdacity.net"]
    feeds = ["https://www.oujdacity.net/feed"]
