"""Publisher, a WordPress theme of BetterStudio."""

from crawler.spider import NewsSpider


class Publisher(NewsSpider):
    """What the papers on the theme have in common: how their sections list articles and go on."""

    article_links = "h2.title a"
    next_page = "/page/{page}/"
