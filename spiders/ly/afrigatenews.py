"""Afrigate News."""

from crawler.spider import NewsSpider


class AfrigateNews(NewsSpider):
    """Afrigate News (بوابة إفريقيا الإخبارية), Libya: news site."""

    name = "afrigatenews"
    name_ar = "بوابة إفريقيا الإخبارية"
    country = "ly"
    timezone = "Africa/Tripoli"
    domains = ["afrigatenews.net"]
    feeds = ["https://www.afrigatenews.net/feed"]
