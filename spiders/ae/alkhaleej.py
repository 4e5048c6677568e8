"""Al Khaleej."""

from crawler.spider import NewsSpider


class AlKhaleej(NewsSpider):
    """Al Khaleej (الخليج), Sharjah: private daily."""

    name = "alkhaleej"
    name_ar = "الخليج"
    country = "ae"
    timezone = "Asia/Dubai"
    domains = ["alkhaleej.ae"]
    feeds = ["https://www.alkhaleej.ae/rss"]
