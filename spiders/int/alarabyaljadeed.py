"""Al-Araby Al-Jadeed."""

from crawler.spider import NewsSpider


class AlArabyAlJadeed(NewsSpider):
    """Al-Araby Al-Jadeed (العربي الجديد), London: pan-Arab daily."""

    name = "alarabyaljadeed"
    name_ar = "العربي الجديد"
    country = "int"
    timezone = "Europe/London"
    domains = ["alaraby.co.uk"]
    feeds = ["https://www.alaraby.co.uk/rss.xml", "https://www.alaraby.co.uk/rss"]
