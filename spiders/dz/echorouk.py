"""Echorouk Online."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class Echorouk(NewsSpider):
    """Echorouk Online (الشروق أونلاين), Algiers: private daily. WordPress."""

    name = "echorouk"
    name_ar = "الشروق أونلاين"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["echoroukonline.com"]
    feeds = ["https://www.echoroukonline.com/feed/"]
    sitemaps = ["https://www.echoroukonline.com/sitemap_index.xml"]
    page = PageRules(body="div.ech-artx")
