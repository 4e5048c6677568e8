"""Jannah, a WordPress theme of TieLabs."""

from crawler.spider import NewsSpider


class Jannah(NewsSpider):
    """What the papers on the theme have in common: how their sections list articles and go on."""

    article_links = ".post-title a"
    next_page = "/page/{page}/"
