"""Al Watan."""

from crawler.spider import NewsSpider


class AlWatanSa(NewsSpider):
    """Al Watan (الوطن), Abha: private daily."""

    name = "alwatansa"
    name_ar = "الوطن"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["alwatan.com.sa"]
    feeds = ["https://www.alwatan.com.sa/feed", "https://www.alwatan.com.sa/rss"]
