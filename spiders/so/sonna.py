"""Somali National News Agency."""

from crawler.spider import NewsSpider


class Sonna(NewsSpider):
    """Somali National News Agency (وكالة الأنباء الصومالية), Mogadishu: state news agency. WordPress."""

    name = "sonna"
    name_ar = "وكالة الأنباء الصومالية"
    country = "so"
    timezone = "Africa/Mogadishu"
    domains = ["sonna.so"]
    feeds = ["https://sonna.so/ar/feed/"]
