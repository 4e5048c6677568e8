"""Al Khaleej."""

from crawler.spider import NewsSpider


class AlKhaleejKw(NewsSpider):
    """Al Khaleej (الخليج), Kuwait City: news site. WordPress."""

    name = "alkhaleejkw"
    name_ar = "الخليج"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["al-khaleej-kw.com"]
    sections = [
        "http://al-khaleej-kw.com/category/محليات-الخليج-الورقية/",
        "http://al-khaleej-kw.com/category/اقتصاد/",
        "http://al-khaleej-kw.com/category/رياضة/",
    ]
    article_links = ".post-title a"
    next_page = "/page/{page}/"
