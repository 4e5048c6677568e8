"""Kurdistan 24."""

from crawler.spider import NewsSpider


class Kurdistan24(NewsSpider):
    """Kurdistan 24 (كوردستان 24), Erbil: television and news site."""

    name = "kurdistan24"
    name_ar = "كوردستان 24"
    country = "iq"
    timezone = "Asia/Baghdad"
    domains = ["kurdistan24.net"]
    feeds = ["https://www.kurdistan24.net/ar/rss.xml"]
