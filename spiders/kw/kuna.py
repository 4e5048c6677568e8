"""Kuwait News Agency."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class Kuna(NewsSpider):
    """Kuwait News Agency (كونا), Kuwait City: state news agency."""

    name = "kuna"
    name_ar = "كونا"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["kuna.net.kw"]
    feeds = ["https://www.kuna.net.kw/rss.aspx?language=ar"]
    page = PageRules(title="h1.post-title", body=".post-content", published_at=".article-info-bar time")
