"""Al Qabas."""

from crawler.spider import NewsSpider


class AlQabas(NewsSpider):
    """Al Qabas (القبس), Kuwait City: private daily."""

    name = "alqabas"
    name_ar = "القبس"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["alqabas.com"]
    sections = [
        "https://alqabas.com/categories/22-محليات",
        "https://alqabas.com/categories/28-مجلس-الأمة",
        "https://alqabas.com/categories/25-أمن-ومحاكم",
    ]
    article_address = r"/article/\d+"
