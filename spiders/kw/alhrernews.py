"""Al Hrer News."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlHrerNews(NewsSpider):
    """Al Hrer News (الحرير نيوز), Kuwait City: news site. WordPress, a theme of Momizat."""

    name = "alhrernews"
    name_ar = "الحرير نيوز"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["alhrernews.com"]
    sections = [
        "http://alhrernews.com/archives/category/محليات",
        "http://alhrernews.com/archives/category/مجلس-الأمة",
        "http://alhrernews.com/archives/category/رياضة",
    ]
    article_links = ".bp-head h2 a"
    next_page = "/page/{page}"
    page = PageRules(title="h1.post-tile", published_at=".mom-post-meta time")
