"""Ammon News."""

from crawler.spider import NewsSpider


class Ammon(NewsSpider):
    """Ammon News (عمون), Amman: news site."""

    name = "ammon"
    name_ar = "عمون"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["ammonnews.net"]
    feeds = ["https://www.ammonnews.net/rss.php?type=news&id=12", "https://www.ammonnews.net/rss"]
