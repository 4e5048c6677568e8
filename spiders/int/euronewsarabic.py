"""Euronews Arabic."""

from crawler.spider import NewsSpider


class EuronewsArabic(NewsSpider):
    """Euronews Arabic (يورونيوز عربي), Brussels: European television."""

    name = "euronewsarabic"
    name_ar = "يورونيوز عربي"
    country = "int"
    timezone = "Europe/Paris"
    domains = ["arabic.euronews.com"]
    feeds = ["https://arabic.euronews.com/rss"]
