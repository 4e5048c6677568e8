"""Ennahar Online."""

from crawler.spider import NewsSpider


class Ennahar(NewsSpider):
    """Ennahar Online (النهار أونلاين), Algiers: private daily and television. WordPress."""

    name = "ennahar"
    name_ar = "النهار أونلاين"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["ennaharonline.com"]
    feeds = ["https://www.ennaharonline.com/feed/"]
