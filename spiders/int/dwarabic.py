"""Deutsche Welle Arabic."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class DwArabic(NewsSpider):
    """Deutsche Welle Arabic (دويتشه فيله عربية), Berlin: German international service."""

    name = "dwarabic"
    name_ar = "دويتشه فيله عربية"
    country = "int"
    timezone = "Europe/Berlin"
    domains = ["dw.com"]
    feeds = ["https://rss.dw.com/xml/rss-ar-all", "https://rss.dw.com/rdf/rss-ar-all"]
    page = PageRules(body=".content-area")
