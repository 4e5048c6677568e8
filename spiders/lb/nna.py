"""National News Agency."""

from crawler.spider import NewsSpider


class Nna(NewsSpider):
    """National News Agency (الوكالة الوطنية للإعلام), Beirut: state news agency."""

    name = "nna"
    name_ar = "الوكالة الوطنية للإعلام"
    country = "lb"
    timezone = "Asia/Beirut"
    domains = ["nna-leb.gov.lb"]
    feeds = ["https://www.nna-leb.gov.lb/ar/rss"]
    sitemaps = ["https://nna-leb.gov.lb/ar/sitemap/news.xml"]
