"""Sawt El Ahrar."""

from crawler.spider import NewsSpider


class SawtElAhrar(NewsSpider):
    """Sawt El Ahrar (صوت الأحرار), Algiers: daily of the FLN. WordPress."""

    name = "sawtelahrar"
    name_ar = "صوت الأحرار"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["sawt-alahrar.net"]
    feeds = ["https://www.sawt-alahrar.net/feed/"]
