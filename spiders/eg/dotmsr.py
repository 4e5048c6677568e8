"""Dot Masr."""

from crawler.spider import NewsSpider


class DotMsr(NewsSpider):
    """Dot Masr (دوت مصر), Cairo: news site."""

    name = "dotmsr"
    name_ar = "دوت مصر"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["dotmsr.com"]
    article_address = r"/News/\d+/\d+/"
    home = "https://www.dotmsr.com/"
