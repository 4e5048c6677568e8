"""Al Ittihad Al Ichtiraki."""

from crawler.spider import NewsSpider


class AlIttihadAlIchtiraki(NewsSpider):
    """Al Ittihad Al Ichtiraki (الاتحاد الاشتراكي), Casablanca: daily of the USFP. WordPress."""

    name = "alittihadalichtiraki"
    name_ar = "الاتحاد الاشتراكي"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["alittihad.press.ma"]
    feeds = ["https://alittihad.press.ma/feed"]
