"""Yemen Monitor."""

from crawler.spider import NewsSpider


class YemenMonitor(NewsSpider):
    """Yemen Monitor (يمن مونيتور), Yemen: independent news site."""

    name = "yemenmonitor"
    name_ar = "يمن مونيتور"
    country = "ye"
    timezone = "Asia/Aden"
    domains = ["yemenmonitor.com"]
    feeds = ["https://www.yemenmonitor.com/rss.xml"]
