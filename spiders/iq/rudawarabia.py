"""Rudaw Arabia."""

from crawler.spider import NewsSpider


class RudawArabia(NewsSpider):
    """Rudaw Arabia (رووداو عربية), Erbil: television and news site."""

    name = "rudawarabia"
    name_ar = "رووداو عربية"
    country = "iq"
    timezone = "Asia/Baghdad"
    domains = ["rudawarabia.net"]
    article_address = r"/arabic/[a-z/]+/\d+$"
    home = "https://www.rudawarabia.net/arabic"
