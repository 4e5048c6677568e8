"""Al Watan."""

from crawler.spider import NewsSpider


class AlWatanBh(NewsSpider):
    """Al Watan (الوطن), Manama: private daily."""

    name = "alwatanbh"
    name_ar = "الوطن"
    country = "bh"
    timezone = "Asia/Bahrain"
    domains = ["alwatannews.net"]
    sections = ["https://alwatannews.net/"]
    article_address = r"/article/\d+"
    feeds = ["https://alwatannews.net/rssFeed/100"]
