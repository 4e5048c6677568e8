"""Al Kompis."""

from crawler.spider import NewsSpider


class AlKompis(NewsSpider):
    """Al Kompis (الكومبس), Stockholm: Swedish news in Arabic. WordPress."""

    name = "alkompis"
    name_ar = "الكومبس"
    country = "int"
    timezone = "Europe/Stockholm"
    domains = ["alkompis.se"]
    feeds = ["https://alkompis.se/feed"]
