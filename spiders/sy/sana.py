"""Syrian Arab News Agency."""

from crawler.spider import NewsSpider


class Sana(NewsSpider):
    """Syrian Arab News Agency (سانا), Damascus: state news agency. WordPress."""

    name = "sana"
    name_ar = "سانا"
    country = "sy"
    timezone = "Asia/Damascus"
    domains = ["sana.sy"]
    feeds = ["https://sana.sy/?feed=rss2", "https://sana.sy/rss.xml"]
