"""Al Rai."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlRaiKw(NewsSpider):
    """Al Rai (الراي), Kuwait City: private daily."""

    name = "alraikw"
    name_ar = "الراي"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["alraimedia.com"]
    sections = [
        "https://www.alraimedia.com/أخبار-محلية",
        "https://www.alraimedia.com/morearticles/رياضة",
        "https://www.alraimedia.com/morearticles/اقتصاد",
    ]
    article_links = ".container-details-text a"
    next_page = "?pgno={page}"
    page = PageRules(title=".article-title", body=".article-desc", published_at=".article-date")
