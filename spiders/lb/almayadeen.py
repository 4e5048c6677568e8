"""Al Mayadeen."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlMayadeen(NewsSpider):
    """Al Mayadeen (الميادين), Beirut: satellite news television."""

    name = "almayadeen"
    name_ar = "الميادين"
    country = "lb"
    timezone = "Asia/Beirut"
    domains = ["almayadeen.net"]
    feeds = ["https://www.almayadeen.net/rss/all"]
    sitemaps = ["https://www.almayadeen.net/sitemaps/all.xml"]
    page = PageRules(body="div.p-content")
