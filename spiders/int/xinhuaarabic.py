"""Xinhua Arabic."""

from crawler.spider import NewsSpider


class XinhuaArabic(NewsSpider):
    """Xinhua Arabic (شينخوا), Beijing: Chinese state news agency."""

    name = "xinhuaarabic"
    name_ar = "شينخوا"
    country = "int"
    timezone = "Asia/Shanghai"
    domains = ["arabic.news.cn"]
    sections = ["http://arabic.news.cn/world/index.htm"]
    article_links = ".list-item a"
    article_address = r"/\d{8}/[0-9a-f]+/c\.html$"
