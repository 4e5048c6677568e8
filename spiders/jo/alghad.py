"""Al Ghad."""

from crawler.spider import NewsSpider


class AlGhad(NewsSpider):
    """Al Ghad (الغد), Amman: private daily. WordPress."""

    name = "alghad"
    name_ar = "الغد"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["alghad.com"]
    feeds = ["https://alghad.com/rss/"]
