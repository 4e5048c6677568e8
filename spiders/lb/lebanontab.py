"""Lebanon Tab."""

from crawler.spider import NewsSpider


class LebanonTab(NewsSpider):
    """Lebanon Tab (ليبانون تاب), Beirut: news site."""

    name = "lebanontab"
    name_ar = "ليبانون تاب"
    country = "lb"
    timezone = "Asia/Beirut"
    domains = ["lebanontab.com"]
    article_address = r"/ar/\d+/"
    home = "https://www.lebanontab.com/ar"
