"""Med Radio."""

from crawler.spider import NewsSpider


class MedRadio(NewsSpider):
    """Med Radio (ميد راديو), Casablanca: private radio. WordPress."""

    name = "medradio"
    name_ar = "ميد راديو"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["medradio.ma"]
    feeds = ["https://medradio.ma/feed"]
