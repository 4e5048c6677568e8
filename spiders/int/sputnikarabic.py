"""Sputnik Arabic."""

from crawler.spider import NewsSpider


class SputnikArabic(NewsSpider):
    """Sputnik Arabic (سبوتنيك عربي), Moscow: Russian state news agency."""

    name = "sputnikarabic"
    name_ar = "سبوتنيك عربي"
    country = "int"
    timezone = "Europe/Moscow"
    domains = ["sputnikarabic.ae"]
    feeds = ["https://sputnikarabic.ae/export/rss2/archive/index.xml"]
