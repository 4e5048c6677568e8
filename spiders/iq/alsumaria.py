"""Alsumaria."""

from crawler.spider import NewsSpider


class AlSumaria(NewsSpider):
    """Alsumaria (السومرية), Baghdad: private television."""

    name = "alsumaria"
    name_ar = "السومرية"
    country = "iq"
    timezone = "Asia/Baghdad"
    domains = ["alsumaria.tv"]
    feeds = ["https://www.alsumaria.tv/Rss/iraq-latest-news/ar"]
