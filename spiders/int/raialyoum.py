"""Rai Al Youm."""

from crawler.spider import NewsSpider


class RaiAlYoum(NewsSpider):
    """Rai Al Youm (رأي اليوم), London: pan-Arab news site. WordPress."""

    name = "raialyoum"
    name_ar = "رأي اليوم"
    country = "int"
    timezone = "Europe/London"
    domains = ["raialyoum.com"]
    feeds = ["https://www.raialyoum.com/feed"]
