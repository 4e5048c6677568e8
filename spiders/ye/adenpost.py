"""Aden Post."""

from crawler.spider import NewsSpider


class AdenPost(NewsSpider):
    """Aden Post (عدن بوست), Aden: news site."""

    name = "adenpost"
    name_ar = "عدن بوست"
    country = "ye"
    timezone = "Asia/Aden"
    domains = ["aden-post.com"]
    article_address = r"/news/\d+"
    home = "https://aden-post.com/"
