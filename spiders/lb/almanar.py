"""Al Manar."""

from crawler.spider import NewsSpider


class AlManar(NewsSpider):
    """Al Manar (المنار), Beirut: television of Hezbollah."""

    name = "almanar"
    name_ar = "المنار"
    country = "lb"
    timezone = "Asia/Beirut"
    domains = ["almanar.com.lb"]
    feeds = ["https://www.almanar.com.lb/rss"]
