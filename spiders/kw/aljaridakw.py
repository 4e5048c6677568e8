"""Al Jarida."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlJaridaKw(NewsSpider):
    """Al Jarida (الجريدة), Kuwait City: private daily."""

    name = "aljaridakw"
    name_ar = "الجريدة"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["aljarida.com"]
    sections = [
        "https://www.aljarida.com/channels/locals/",
        "https://www.aljarida.com/channels/parlement/",
        "https://www.aljarida.com/channels/economics/",
    ]
    article_address = r"/articles?/\d+"
    page = PageRules(body="#paragraphs", byline="li.writers a.tagname", published_at="li.time .date")
