"""Al Arabiya."""

from crawler.spider import NewsSpider


class AlArabiya(NewsSpider):
    """Al Arabiya (العربية), Dubai: satellite news television."""

    name = "alarabiya"
    name_ar = "العربية"
    country = "int"
    timezone = "Asia/Dubai"
    domains = ["alarabiya.net"]
    feeds = ["https://www.alarabiya.net/feed/rss2/ar.xml"]
