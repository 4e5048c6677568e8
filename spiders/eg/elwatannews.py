"""El Watan."""

from crawler.spider import NewsSpider


class ElWatanNews(NewsSpider):
    """El Watan (الوطن), Cairo: private daily."""

    name = "elwatannews"
    name_ar = "الوطن"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["elwatannews.com"]
    sections = ["https://www.elwatannews.com/"]
    article_address = r"/news/details/\d+"
    feeds = ["https://www.elwatannews.com/rss/section/77"]
