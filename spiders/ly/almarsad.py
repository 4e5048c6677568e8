"""Al Marsad."""

from crawler.spider import NewsSpider


class AlMarsad(NewsSpider):
    """Al Marsad (المرصد), Libya: news site. WordPress."""

    name = "almarsad"
    name_ar = "المرصد"
    country = "ly"
    timezone = "Africa/Tripoli"
    domains = ["almarsad.co"]
    feeds = ["https://almarsad.co/feed"]
