"""Al Jazirah."""

from crawler.spider import NewsSpider


class AlJazirah(NewsSpider):
    """Al Jazirah (الجزيرة), Riyadh: private daily."""

    name = "aljazirah"
    name_ar = "الجزيرة"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["al-jazirah.com"]
    feeds = [
        "https://www.al-jazirah.com/rss/ln.xml",
        "https://www.al-jazirah.com/rss/du.xml",
        "https://www.al-jazirah.com/rss/lp.xml",
    ]
