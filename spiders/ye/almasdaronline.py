"""Al Masdar Online."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlMasdarOnline(NewsSpider):
    """Al Masdar Online (المصدر أونلاين), Yemen: independent news site."""

    name = "almasdaronline"
    name_ar = "المصدر أونلاين"
    country = "ye"
    timezone = "Asia/Aden"
    domains = ["almasdaronline.com"]
    feeds = ["https://almasdaronline.com/rss"]
    page = PageRules(title="h1#title", body="div.contents")
