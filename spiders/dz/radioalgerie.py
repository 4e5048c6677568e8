"""Radio Algérie."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class RadioAlgerie(NewsSpider):
    """Radio Algérie (الإذاعة الجزائرية), Algiers: state radio."""

    name = "radioalgerie"
    name_ar = "الإذاعة الجزائرية"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["radioalgerie.dz"]
    feeds = ["https://www.radioalgerie.dz/news/ar/rss.xml"]
    page = PageRules(title="h3.title", body=".article-body")
