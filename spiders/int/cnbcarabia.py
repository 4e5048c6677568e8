"""CNBC Arabia."""

from crawler.spider import NewsSpider


class CnbcArabia(NewsSpider):
    """CNBC Arabia (سي إن بي سي عربية), Dubai: business television."""

    name = "cnbcarabia"
    name_ar = "سي إن بي سي عربية"
    country = "int"
    timezone = "Asia/Dubai"
    domains = ["cnbcarabia.com"]
    feeds = ["https://www.cnbcarabia.com/rss.xml"]
