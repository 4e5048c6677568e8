"""Al Anba."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlAnba(NewsSpider):
    """Al Anba (الأنباء), Kuwait City: private daily."""

    name = "alanba"
    name_ar = "الأنباء"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["alanba.com.kw"]
    sections = [
        "https://www.alanba.com.kw/ar/kuwait-news/official/",
        "https://www.alanba.com.kw/ar/kuwait-news/parliament/",
        "https://www.alanba.com.kw/ar/kuwait-news/municipal-council/",
    ]
    article_links = ".field_group h2 a"
    page = PageRules(title="#dvOrgArticle h1", body="#maincontent", published_at=".post_date")
