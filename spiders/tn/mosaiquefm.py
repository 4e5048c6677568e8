"""Mosaïque FM."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class MosaiqueFm(NewsSpider):
    """Mosaïque FM (موزاييك أف أم), Tunis: private radio."""

    name = "mosaiquefm"
    name_ar = "موزاييك أف أم"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["mosaiquefm.net"]
    feeds = ["https://www.mosaiquefm.net/ar/rss"]
    # Scripts write the text; the AMP version holds it.
    page = PageRules(body="div.desc")
