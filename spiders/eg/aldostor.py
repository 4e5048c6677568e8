"""Al Dostor."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlDostor(NewsSpider):
    """Al Dostor (الدستور), Cairo: private daily."""

    name = "aldostor"
    name_ar = "الدستور"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["dostor.org"]
    sections = ["https://www.dostor.org/"]
    article_address = r"\.org/\d+$"
    feeds = ["https://www.dostor.org/rss.aspx?SecId=4"]
    page = PageRules(
        title=".news-article .cont h1",
        body=".paragraph-list",
        byline=".article-author .name",
        published_at=".publish time span",
    )
