"""Emirates News Agency."""

from crawler.spider import NewsSpider


class Wam(NewsSpider):
    """Emirates News Agency (وام), Abu Dhabi: state news agency."""

    name = "wam"
    name_ar = "وام"
    country = "ae"
    timezone = "Asia/Dubai"
    domains = ["wam.ae"]
    feeds = ["https://www.wam.ae/ar/feeds/rss"]
