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
    feeds = ["https://www.alyaum.com/rss"]
