"""Al Ahed."""

from crawler.spider import NewsSpider


class AlAhed(NewsSpider):
    """Al Ahed (العهد), Beirut: news site of Hezbollah."""

    name = "alahed"
    name_ar = "العهد"
    country = "lb"
    timezone = "Asia/Beirut"
    domains = ["alahednews.com.lb"]
    feeds = ["https://www.alahednews.com.lb/rss/"]
