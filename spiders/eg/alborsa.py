"""Al Borsa."""

from crawler.spider import NewsSpider


class AlBorsa(NewsSpider):
    """Al Borsa (البورصة), Cairo: business daily. WordPress."""

    name = "alborsa"
    name_ar = "البورصة"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["alborsanews.com"]
    feeds = ["https://www.alborsanews.com/feed"]
