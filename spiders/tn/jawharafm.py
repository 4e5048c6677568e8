"""Jawhara FM."""

from crawler.spider import NewsSpider


class JawharaFm(NewsSpider):
    """Jawhara FM (جوهرة أف أم), Sousse: private radio."""

    name = "jawharafm"
    name_ar = "جوهرة أف أم"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["jawharafm.net"]
    feeds = ["https://www.jawharafm.net/ar/rss/showRss/88/1/1"]
