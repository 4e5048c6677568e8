"""LBCI."""

from crawler.spider import NewsSpider


class Lbci(NewsSpider):
    """LBCI (إل بي سي آي), Beirut: private television."""

    name = "lbci"
    name_ar = "إل بي سي آي"
    country = "lb"
    timezone = "Asia/Beirut"
    domains = ["lbcgroup.tv"]
    verified = "recorded page, 2026-01"
    sections = ["https://www.lbcgroup.tv/news/ar"]
    article_address = r"/news/[a-z-]+/\d{5,}/"
