"""Asharq Al-Awsat."""

from crawler.spider import NewsSpider


class AsharqAlAwsat(NewsSpider):
    """Asharq Al-Awsat (الشرق الأوسط), London: pan-Arab daily."""

    name = "asharqalawsat"
    name_ar = "الشرق الأوسط"
    country = "int"
    timezone = "Europe/London"
    domains = ["aawsat.com"]
    feeds = ["https://aawsat.com/feed"]
