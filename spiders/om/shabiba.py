"""Al Shabiba."""

from crawler.spider import NewsSpider


class Shabiba(NewsSpider):
    """Al Shabiba (الشبيبة), Muscat: private newspaper."""

    name = "shabiba"
    name_ar = "الشبيبة"
    country = "om"
    timezone = "Asia/Muscat"
    domains = ["shabiba.com"]
    article_address = r"/article/\d+"
    home = "https://shabiba.com/"
