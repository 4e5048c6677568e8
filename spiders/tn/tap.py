"""Tunis Afrique Presse."""

from crawler.spider import NewsSpider


class Tap(NewsSpider):
    """Tunis Afrique Presse (وكالة تونس أفريقيا للأنباء), Tunis: state news agency."""

    name = "tap"
    name_ar = "وكالة تونس أفريقيا للأنباء"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["tap.info.tn"]
    feeds = ["https://www.tap.info.tn/ar/rss/tunisia"]
