"""Radio Dabanga."""

from crawler.spider import NewsSpider


class Dabanga(NewsSpider):
    """Radio Dabanga (دبنقا), Amsterdam: independent radio for Sudan. WordPress."""

    name = "dabanga"
    name_ar = "دبنقا"
    country = "sd"
    timezone = "Africa/Khartoum"
    domains = ["dabangasudan.org"]
    feeds = ["https://www.dabangasudan.org/ar/feed"]
