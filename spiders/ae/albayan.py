"""Al Bayan."""

from crawler.spider import NewsSpider


class AlBayan(NewsSpider):
    """Al Bayan (البيان), Dubai: state daily."""

    name = "albayan"
    name_ar = "البيان"
    country = "ae"
    timezone = "Asia/Dubai"
    domains = ["albayan.ae"]
    verified = "recorded page, 2020-06"
    feeds = ["https://www.albayan.ae/rss", "https://www.albayan.ae/cmlink/1.446"]
