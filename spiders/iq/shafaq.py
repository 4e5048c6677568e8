"""Shafaq News."""

from crawler.spider import NewsSpider


class Shafaq(NewsSpider):
    """Shafaq News (شفق نيوز), Baghdad: independent news agency."""

    name = "shafaq"
    name_ar = "شفق نيوز"
    country = "iq"
    timezone = "Asia/Baghdad"
    domains = ["shafaq.com"]
    feeds = ["https://shafaq.com/rss/ar"]
