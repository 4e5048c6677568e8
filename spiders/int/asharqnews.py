"""Asharq News."""

from crawler.spider import NewsSpider


class AsharqNews(NewsSpider):
    """Asharq News (الشرق للأخبار), Riyadh: satellite news television."""

    name = "asharqnews"
    name_ar = "الشرق للأخبار"
    country = "int"
    timezone = "Asia/Riyadh"
    domains = ["asharq.com"]
    feeds = ["https://asharq.com/snapchat/rss.xml", "https://asharq.com/feed"]
