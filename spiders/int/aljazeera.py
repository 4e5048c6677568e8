"""Al Jazeera."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlJazeera(NewsSpider):
    """Al Jazeera (الجزيرة نت), Doha: satellite news television."""

    name = "aljazeera"
    name_ar = "الجزيرة نت"
    country = "int"
    timezone = "Asia/Qatar"
    domains = ["aljazeera.net"]
    article_address = r"/[a-z-]+/\d{4}/\d{1,2}/\d{1,2}/"
    feeds = [
        "https://www.aljazeera.net/aljazeerarss/a7c186be-1baa-4bd4-9d80-a84db769f779/73d0e1b4-532f-45ef-b135-bfdff8b8cab9",
        "https://www.aljazeera.net/rss",
    ]
    sitemaps = ["https://www.aljazeera.net/sitemap.xml"]
    page = PageRules(body=".wysiwyg", remove=".more-on")
