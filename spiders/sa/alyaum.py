"""Al Yaum."""

from crawler.spider import NewsSpider


class AlYaum(NewsSpider):
    """Al Yaum (اليوم), Dammam: private daily."""

    name = "alyaum"
    name_ar = "اليوم"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["alyaum.com"]
    verified = "recorded page, 2020-12"
    sections = [
        "https://www.alyaum.com/morearticles/المملكة%20اليوم",
        "https://www.alyaum.com/morearticles/القارات-السبع",
    ]
    article_address = r"/articles/\d+/"
    next_page = "?pgno={page}"
    feeds = ["https://www.alyaum.com/rss"]
