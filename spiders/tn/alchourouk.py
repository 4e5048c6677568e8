"""Al Chourouk."""

from crawler.spider import NewsSpider


class AlChourouk(NewsSpider):
    """Al Chourouk (الشروق), Tunis: private daily."""

    name = "alchourouk"
    name_ar = "الشروق"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["alchourouk.com"]
    feeds = ["https://www.alchourouk.com/rss"]
