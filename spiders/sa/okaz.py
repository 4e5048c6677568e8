"""Okaz."""

from crawler.spider import NewsSpider


class Okaz(NewsSpider):
    """Okaz (عكاظ), Jeddah: private daily."""

    name = "okaz"
    name_ar = "عكاظ"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["okaz.com.sa"]
    feeds = ["https://www.okaz.com.sa/rssFeed/0", "https://www.okaz.com.sa/rssFeed/190"]
