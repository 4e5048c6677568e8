"""El Fagr."""

from crawler.spider import NewsSpider


class ElFagr(NewsSpider):
    """El Fagr (الفجر), Cairo: private weekly and news site."""

    name = "elfagr"
    name_ar = "الفجر"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["elfagr.org"]
    feeds = ["https://www.elfagr.org/rss.aspx"]
