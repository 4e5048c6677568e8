"""Jordan Zad."""

from crawler.spider import NewsSpider


class JordanZad(NewsSpider):
    """Jordan Zad (زاد الأردن), Amman: news site."""

    name = "jordanzad"
    name_ar = "زاد الأردن"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["jordanzad.com"]
    feeds = ["https://www.jordanzad.com/rss.php?type=main"]
