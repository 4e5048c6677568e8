"""Aden Al Ghad."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AdenAlGhad(NewsSpider):
    """Aden Al Ghad (عدن الغد), Aden: private daily."""

    name = "adenalghad"
    name_ar = "عدن الغد"
    country = "ye"
    timezone = "Asia/Aden"
    domains = ["adengad.net"]
    feeds = ["https://adengad.net/rss"]
    page = PageRules(body=".contnews")
