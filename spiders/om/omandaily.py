"""Oman Daily."""

from crawler.spider import NewsSpider


class OmanDaily(NewsSpider):
    """Oman Daily (عمان), Muscat: state daily."""

    name = "omandaily"
    name_ar = "عمان"
    country = "om"
    timezone = "Asia/Muscat"
    domains = ["omandaily.om"]
    sections = ["https://www.omandaily.om/morearticles/الاقتصادية"]
    article_links = "a[href*='/na/']"
    next_page = "?pgno={page}"
