"""Address Libya."""

from crawler.spider import NewsSpider


class AddressLibya(NewsSpider):
    """Address Libya (العنوان), Libya: news site. WordPress."""

    name = "addresslibya"
    name_ar = "العنوان"
    country = "ly"
    timezone = "Africa/Tripoli"
    domains = ["addresslibya.com"]
    feeds = ["https://www.addresslibya.com/feed"]
