"""El Fadjr."""

from crawler.spider import NewsSpider


class ElFadjr(NewsSpider):
    """El Fadjr (الفجر), Algiers: private daily."""

    name = "elfadjr"
    name_ar = "الفجر"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["alfadjr.dz"]
    article_address = r"/article/[a-z0-9-]+$"
    home = "https://alfadjr.dz/"
