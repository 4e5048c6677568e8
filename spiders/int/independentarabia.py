"""Independent Arabia."""

from crawler.spider import NewsSpider


class IndependentArabia(NewsSpider):
    """Independent Arabia (اندبندنت عربية), Riyadh: pan-Arab news site. Drupal."""

    name = "independentarabia"
    name_ar = "اندبندنت عربية"
    country = "int"
    timezone = "Asia/Riyadh"
    domains = ["independentarabia.com"]
    article_address = r"/node/\d+"
    feeds = ["https://www.independentarabia.com/rss.xml"]
    sitemaps = ["https://www.independentarabia.com/sitemap.xml"]
