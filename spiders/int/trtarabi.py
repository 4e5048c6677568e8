"""TRT Arabi."""

from crawler.spider import NewsSpider


class TrtArabi(NewsSpider):
    """TRT Arabi (تي آر تي عربي), Istanbul: Turkish public television."""

    name = "trtarabi"
    name_ar = "تي آر تي عربي"
    country = "int"
    timezone = "Europe/Istanbul"
    domains = ["trtarabi.com"]
    feeds = ["https://www.trtarabi.com/rss"]
