"""Dasman News."""

from crawler.spider import NewsSpider


class DasmanNews(NewsSpider):
    """Dasman News (دسمان نيوز), Kuwait City: news site. WordPress, theme Newspaper."""

    name = "dasmannews"
    name_ar = "دسمان نيوز"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["dasmannews.com"]
    sections = [
        "https://dasmannews.com/category/محليات/",
        "https://dasmannews.com/category/مجلس-الأمة/",
        "https://dasmannews.com/category/الرياضة/",
    ]
    article_links = ".td-module-title a"
    next_page = "/page/{page}/"
