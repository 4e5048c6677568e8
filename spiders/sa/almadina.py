"""Al Madina."""

from crawler.spider import NewsSpider


class AlMadina(NewsSpider):
    """Al Madina (المدينة), Jeddah: private daily."""

    name = "almadina"
    name_ar = "المدينة"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["al-madina.com"]
    feeds = ["https://www.al-madina.com/rssFeed/193"]
