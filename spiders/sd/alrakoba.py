"""Al Rakoba."""

from crawler.spider import NewsSpider


class AlRakoba(NewsSpider):
    """Al Rakoba (الراكوبة), Sudan: news site. WordPress."""

    name = "alrakoba"
    name_ar = "الراكوبة"
    country = "sd"
    timezone = "Africa/Khartoum"
    domains = ["alrakoba.net"]
    feeds = ["https://www.alrakoba.net/feed"]
