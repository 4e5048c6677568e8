"""Jfra News."""

from crawler.spider import NewsSpider


class JfraNews(NewsSpider):
    """Jfra News (جفرا نيوز), Amman: news site."""

    name = "jfranews"
    name_ar = "جفرا نيوز"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["jfranews.com.jo"]
    article_address = r"/article/\d+"
    home = "https://jfranews.com.jo/"
