"""Nayrouz."""

from crawler.spider import NewsSpider


class Nayrouz(NewsSpider):
    """Nayrouz (نيروز), Amman: news site."""

    name = "nayrouz"
    name_ar = "نيروز"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["nayrouz.com"]
    article_address = r"/article/\d+"
    home = "https://nayrouz.com/"
