"""Al Qatiba."""

from crawler.spider import NewsSpider


class AlQatiba(NewsSpider):
    """Al Qatiba (الكتيبة), Tunis: investigative news site. WordPress."""

    name = "alqatiba"
    name_ar = "الكتيبة"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["alqatiba.com"]
    feeds = ["https://alqatiba.com/feed"]
