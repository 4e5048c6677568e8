"""Algeria Press Service."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class Aps(NewsSpider):
    """Algeria Press Service (وكالة الأنباء الجزائرية), Algiers: state news agency. Joomla with K2."""

    name = "aps"
    name_ar = "وكالة الأنباء الجزائرية"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["aps.dz"]
    sections = ["https://www.aps.dz/ar/algerie"]
    article_links = "h2.tagItemTitle a, h3.catItemTitle a"
    next_page = "?start={offset}"
    feeds = ["https://www.aps.dz/ar/rss.xml"]
    page = [
        PageRules(body="#txt_depeche", when="#txt_depeche"),
        PageRules(title="h2.itemTitle", body=".itemIntroText, .itemFullText"),
    ]
