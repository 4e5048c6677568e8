"""Al Mujtama."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlMujtama(NewsSpider):
    """Al Mujtama (المجتمع), Kuwait City: weekly magazine. Joomla with K2."""

    name = "almujtama"
    name_ar = "المجتمع"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["mugtama.com"]
    sections = ["https://mugtama.com/kuwait/eslah.html"]
    article_links = ".catItemTitle a"
    next_page = "?start={offset}"
    page = PageRules(
        title="h2.itemTitle",
        body=".itemIntroText, .itemFullText",
        byline=".itemAuthor a",
        published_at=".itemDateCreated",
    )
