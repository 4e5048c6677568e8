"""Al Ittihad."""

from crawler.spider import NewsSpider


class AlIttihad(NewsSpider):
    """Al Ittihad (الاتحاد), Abu Dhabi: state daily."""

    name = "alittihad"
    name_ar = "الاتحاد"
    country = "ae"
    timezone = "Asia/Dubai"
    domains = ["alittihad.ae"]
    feeds = ["https://www.alittihad.ae/rss"]
