"""Al Masry Al Youm."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlMasryAlYoum(NewsSpider):
    """Al Masry Al Youm (المصري اليوم), Cairo: private daily."""

    name = "almasryalyoum"
    name_ar = "المصري اليوم"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["almasryalyoum.com"]
    feeds = ["https://www.almasryalyoum.com/rss/rssfeed", "https://www.almasryalyoum.com/rss/RssFeeds?sectionId=3"]
    page = PageRules(body="#NewsStory")
