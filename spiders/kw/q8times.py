"""Q8 Times."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class Q8Times(NewsSpider):
    """Q8 Times (كويت تايمز), Kuwait City: news site. WordPress, theme Sahifa."""

    name = "q8times"
    name_ar = "كويت تايمز"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["q8times.com"]
    sections = [
        "https://q8times.com/category/أخبار-محليه",
        "https://q8times.com/category/اقتصاد",
        "https://q8times.com/category/أمن-ومحاكم",
    ]
    article_links = ".post-box-title a"
    next_page = "/page/{page}/"
    page = PageRules(body="div.entry")
