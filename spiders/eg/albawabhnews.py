"""Al Bawaba News."""

from crawler.spider import NewsSpider


class AlBawabhNews(NewsSpider):
    """Al Bawaba News (البوابة نيوز), Cairo: news site and daily."""

    name = "albawabhnews"
    name_ar = "البوابة نيوز"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["albawabhnews.com"]
    feeds = ["https://www.albawabhnews.com/rss/section/18"]
