"""Echaab."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class Echaab(NewsSpider):
    """Echaab (الشعب), Algiers: state daily. WordPress."""

    name = "echaab"
    name_ar = "الشعب"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["echaab.dz", "ech-chaab.com"]
    # The domain that the paper had before.
    feeds = ["https://www.ech-chaab.com/feed/"]
    # The index of the post-sitemapN.xml that are known.
    sitemaps = ["https://www.echaab.dz/sitemap_index.xml"]
    page = PageRules(body="div.content-inner")
