"""Al Akhbar."""

from crawler.spider import NewsSpider


class AlAkhbarMr(NewsSpider):
    """Al Akhbar (الأخبار), Nouakchott: independent news agency. Drupal."""

    name = "alakhbarmr"
    name_ar = "الأخبار"
    country = "mr"
    timezone = "Africa/Nouakchott"
    domains = ["alakhbar.info"]
    sections = ["http://alakhbar.info/?q=news", "http://alakhbar.info/?q=eco", "http://alakhbar.info/?q=international"]
    article_links = "h1 a"
    next_page = "li.pager-next a"
