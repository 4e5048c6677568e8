"""Al Wiam."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlWiam(NewsSpider):
    """Al Wiam (الوئام), Nouakchott: news site. Drupal."""

    name = "alwiam"
    name_ar = "الوئام"
    country = "mr"
    timezone = "Africa/Nouakchott"
    domains = ["alwiam.info"]
    sections = [
        "https://alwiam.info/cat/1007",
        "https://alwiam.info/cat/1006",
        "https://alwiam.info/cat/1008",
        "https://alwiam.info/cat/10470",
    ]
    article_links = "div.node-teaser a"
    next_page = "li.pager-next a"
    page = PageRules(body=".field-name-body")
