"""Al Rai."""

from crawler.spider import NewsSpider


class AlRaiJo(NewsSpider):
    """Al Rai (الرأي), Amman: state-owned daily."""

    name = "alraijo"
    name_ar = "الرأي"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["alrai.com"]
    feeds = ["https://alrai.com/rss.xml"]
