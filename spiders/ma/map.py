"""Maghreb Arab Press."""

from crawler.spider import NewsSpider


class Map(NewsSpider):
    """Maghreb Arab Press (وكالة المغرب العربي للأنباء), Rabat: state news agency."""

    name = "map"
    name_ar = "وكالة المغرب العربي للأنباء"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["mapnews.ma"]
    feeds = ["https://www.mapnews.ma/ar/rss.xml"]
