"""Al Akhbar."""

from crawler.spider import NewsSpider


class AlAkhbarMa(NewsSpider):
    """Al Akhbar (الأخبار), Casablanca: private daily. WordPress."""

    name = "alakhbarma"
    name_ar = "الأخبار"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["alakhbar.press.ma"]
    feeds = ["https://alakhbar.press.ma/feed"]
