"""Babnet."""

from crawler.spider import NewsSpider


class Babnet(NewsSpider):
    """Babnet (باب نات), Tunis: news site."""

    name = "babnet"
    name_ar = "باب نات"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["babnet.net"]
    sections = [
        "https://www.babnet.net/politique.php",
        "https://www.babnet.net/economie.php",
        "https://www.babnet.net/regions.php",
        "https://www.babnet.net/social.php",
        "https://www.babnet.net/sante.php",
        "https://www.babnet.net/monde.php",
        "https://www.babnet.net/justice.php",
        "https://www.babnet.net/tribune.php",
    ]
    article_links = "h2.post-title.arabi a"
    next_page = "?p={offset}"
