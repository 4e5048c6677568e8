"""Akhbar El Yom."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AkhbarElYom(NewsSpider):
    """Akhbar El Yom (بوابة أخبار اليوم), Cairo: state newspaper group."""

    name = "akhbarelyom"
    name_ar = "بوابة أخبار اليوم"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["akhbarelyom.com"]
    sections = ["https://akhbarelyom.com/"]
    article_address = r"/news/newdetails/\d+/"
    feeds = ["https://akhbarelyom.com/rss?sectionId=69"]
    page = PageRules(
        body=".entry-content.HtmlDecode",
        byline=".post-meta-author h5",
        published_at="meta[property='article:published_time']",
    )
