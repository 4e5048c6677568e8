"""Iraqi News Agency."""

from crawler.spider import NewsSpider


class Ina(NewsSpider):
    """Iraqi News Agency (وكالة الأنباء العراقية), Baghdad: state news agency."""

    name = "ina"
    name_ar = "وكالة الأنباء العراقية"
    country = "iq"
    timezone = "Asia/Baghdad"
    domains = ["ina.iq"]
    feeds = ["https://www.ina.iq/rss.ashx"]
