"""Al-Quds Al-Arabi."""

from crawler.spider import NewsSpider


class AlQudsAlArabi(NewsSpider):
    """Al-Quds Al-Arabi (القدس العربي), London: pan-Arab daily. WordPress."""

    name = "alqudsalarabi"
    name_ar = "القدس العربي"
    country = "int"
    timezone = "Europe/London"
    domains = ["alquds.co.uk"]
    feeds = ["https://www.alquds.co.uk/feed/"]
