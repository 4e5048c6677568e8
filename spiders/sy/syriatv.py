"""Syria TV."""

from crawler.spider import NewsSpider


class SyriaTv(NewsSpider):
    """Syria TV (تلفزيون سوريا), Syria: television."""

    name = "syriatv"
    name_ar = "تلفزيون سوريا"
    country = "sy"
    timezone = "Asia/Damascus"
    domains = ["syria.tv"]
    feeds = ["https://www.syria.tv/feed"]
