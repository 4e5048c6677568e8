"""Asharq Business."""

from crawler.spider import NewsSpider


class AsharqBusiness(NewsSpider):
    """Asharq Business (اقتصاد الشرق), Dubai: business television, with Bloomberg."""

    name = "asharqbusiness"
    name_ar = "اقتصاد الشرق"
    country = "int"
    timezone = "Asia/Dubai"
    domains = ["asharqbusiness.com"]
    feeds = ["https://asharqbusiness.com/rss.xml"]
