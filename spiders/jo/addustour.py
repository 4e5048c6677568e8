"""Ad Dustour."""

from crawler.spider import NewsSpider


class AdDustour(NewsSpider):
    """Ad Dustour (الدستور), Amman: daily."""

    name = "addustour"
    name_ar = "الدستور"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["addustour.com"]
    feeds = ["https://www.addustour.com/rss.xml"]
