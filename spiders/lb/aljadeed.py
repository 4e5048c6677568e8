"""Al Jadeed."""

from crawler.spider import NewsSpider


class AlJadeed(NewsSpider):
    """Al Jadeed (الجديد), Beirut: private television."""

    name = "aljadeed"
    name_ar = "الجديد"
    country = "lb"
    timezone = "Asia/Beirut"
    domains = ["aljadeed.tv"]
    feeds = ["https://www.aljadeed.tv/rss/arabic/news"]
