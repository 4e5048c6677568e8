"""Donia Al Watan."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlWatanVoice(NewsSpider):
    """Donia Al Watan (دنيا الوطن), Gaza: news site."""

    name = "alwatanvoice"
    name_ar = "دنيا الوطن"
    country = "ps"
    timezone = "Asia/Gaza"
    domains = ["alwatanvoice.com"]
    article_address = r"/\d{4}/\d{2}/\d{2}/\d+"
    home = "https://www.alwatanvoice.com/"
    page = PageRules(body="#fulltext", published_at="div.publish-date")
