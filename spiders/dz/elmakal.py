"""El Makal."""

from crawler.spider import NewsSpider


class ElMakal(NewsSpider):
    """El Makal (المقال), Algiers: news site. WordPress."""

    name = "elmakal"
    name_ar = "المقال"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["elmakal.dz"]
    feeds = ["https://elmakal.dz/feed/"]
