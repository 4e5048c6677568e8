"""Al Eqtisadiah."""

from crawler.spider import NewsSpider


class AlEqtisadiah(NewsSpider):
    """Al Eqtisadiah (الاقتصادية), Riyadh: business daily."""

    name = "aleqtisadiah"
    name_ar = "الاقتصادية"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["aleqt.com"]
    feeds = ["https://www.aleqt.com/rss.xml"]
