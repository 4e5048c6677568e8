"""Mada Masr."""

from crawler.spider import NewsSpider


class MadaMasr(NewsSpider):
    """Mada Masr (مدى مصر), Cairo: independent news site."""

    name = "madamasr"
    name_ar = "مدى مصر"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["madamasr.com"]
    feeds = ["https://www.madamasr.com/ar/feed/"]
