"""Al Omk Al Maghribi."""

from crawler.spider import NewsSpider


class Al3omk(NewsSpider):
    """Al Omk Al Maghribi (العمق المغربي), Morocco: news site. WordPress."""

    name = "al3omk"
    name_ar = "العمق المغربي"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["al3omk.com"]
    feeds = ["https://al3omk.com/feed"]
