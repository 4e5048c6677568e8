"""Nador City."""

from crawler.spider import NewsSpider


class NadorCity(NewsSpider):
    """Nador City (ناظورسيتي), Nador: regional news site. WMaker."""

    name = "nadorcity"
    name_ar = "ناظورسيتي"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["nadorcity.com"]
    feeds = ["https://www.nadorcity.com/rss/"]
