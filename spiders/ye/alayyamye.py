"""Al Ayyam."""

from crawler.spider import NewsSpider


class AlAyyamYe(NewsSpider):
    """Al Ayyam (الأيام), Aden: private daily."""

    name = "alayyamye"
    name_ar = "الأيام"
    country = "ye"
    timezone = "Asia/Aden"
    domains = ["alayyam.info"]
    feeds = ["https://www.alayyam.info/rss"]
