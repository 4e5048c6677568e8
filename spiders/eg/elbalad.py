"""Sada El Balad."""

from crawler.spider import NewsSpider


class ElBalad(NewsSpider):
    """Sada El Balad (صدى البلد), Cairo: news site of the television."""

    name = "elbalad"
    name_ar = "صدى البلد"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["elbalad.news"]
    feeds = ["https://www.elbalad.news/rss.aspx"]
