"""Shfa News."""

from crawler.spider import NewsSpider


class ShfaNews(NewsSpider):
    """Shfa News (شفا), Palestine: news network."""

    name = "shfanews"
    name_ar = "شفا"
    country = "ps"
    timezone = "Asia/Gaza"
    domains = ["shfanews.net"]
    article_address = r"/post/\d+"
    home = "https://shfanews.net/"
