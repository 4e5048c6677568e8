"""Academia."""

from crawler.spider import NewsSpider


class Academia(NewsSpider):
    """Academia (أكاديميا), Kuwait City: news site of education. WordPress."""

    name = "academia"
    name_ar = "أكاديميا"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["acakuw.com"]
    feeds = ["https://acakuw.com/?feed=rss2"]
