"""Anadolu Arabic."""

from crawler.spider import NewsSpider


class AnadoluArabic(NewsSpider):
    """Anadolu Arabic (الأناضول), Ankara: Turkish state news agency."""

    name = "anadoluarabic"
    name_ar = "الأناضول"
    country = "int"
    timezone = "Europe/Istanbul"
    domains = ["aa.com.tr"]
    feeds = ["https://www.aa.com.tr/ar/rss/default?cat=guncel"]
