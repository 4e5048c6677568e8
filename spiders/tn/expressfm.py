"""Express FM."""

from crawler.spider import NewsSpider


class ExpressFm(NewsSpider):
    """Express FM (إكسبريس أف أم), Tunis: business radio. WordPress."""

    name = "expressfm"
    name_ar = "إكسبريس أف أم"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["radioexpressfm.com"]
    feeds = ["https://radioexpressfm.com/ar/feed/"]
