"""El Bilad."""

from crawler.spider import NewsSpider


class ElBilad(NewsSpider):
    """El Bilad (البلاد), Algiers: private daily and television."""

    name = "elbilad"
    name_ar = "البلاد"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["elbilad.net"]
    sections = ["https://www.elbilad.net/national"]
    article_links = "#categoryArticles h3 a"
