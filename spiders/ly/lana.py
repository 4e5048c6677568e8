"""Libyan News Agency."""

from crawler.spider import NewsSpider


class Lana(NewsSpider):
    """Libyan News Agency (وكالة الأنباء الليبية), Tripoli: state news agency."""

    name = "lana"
    name_ar = "وكالة الأنباء الليبية"
    country = "ly"
    timezone = "Africa/Tripoli"
    domains = ["lana.gov.ly"]
    feeds = ["https://lana.gov.ly/feed"]
