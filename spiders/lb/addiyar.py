"""Ad Diyar."""

from crawler.spider import NewsSpider


class AdDiyar(NewsSpider):
    """Ad Diyar (الديار), Beirut: private daily."""

    name = "addiyar"
    name_ar = "الديار"
    country = "lb"
    timezone = "Asia/Beirut"
    domains = ["addiyar.com"]
    article_address = r"/article/\d+"
    home = "https://addiyar.com/"
