"""Akhbar Al Khaleej."""

from crawler.spider import NewsSpider


class AkhbarAlKhaleej(NewsSpider):
    """Akhbar Al Khaleej (أخبار الخليج), Manama: private daily."""

    name = "akhbaralkhaleej"
    name_ar = "أخبار الخليج"
    country = "bh"
    timezone = "Asia/Bahrain"
    domains = ["akhbar-alkhaleej.com"]
    sections = ["https://akhbar-alkhaleej.com/news/section/BUSI"]
    article_links = ".bah-news-box h3 a"
