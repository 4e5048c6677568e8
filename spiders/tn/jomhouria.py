"""Al Jomhouria."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class Jomhouria(NewsSpider):
    """Al Jomhouria (الجمهورية), Tunis: news site."""

    name = "jomhouria"
    name_ar = "الجمهورية"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["jomhouria.com"]
    sections = [
        "https://www.jomhouria.com/index.php?go=rub&id_rub=41",
        "https://www.jomhouria.com/index.php?go=rub&id_rub=32",
        "https://www.jomhouria.com/index.php?go=rub&id_rub=40",
        "https://www.jomhouria.com/index.php?go=rub&id_rub=43",
    ]
    article_links = "h2 a"
    next_page = "&page={page}"
    page = PageRules(published_at="//img[contains(@src, 'cal.png')]/parent::div", section="#mainCol a[href^='rub']")
