"""RT Arabic."""

from crawler.spider import NewsSpider


class RtArabic(NewsSpider):
    """RT Arabic (آر تي عربي), Moscow: Russian international television."""

    name = "rtarabic"
    name_ar = "آر تي عربي"
    country = "int"
    timezone = "Europe/Moscow"
    domains = ["arabic.rt.com"]
    feeds = ["https://arabic.rt.com/rss/", "https://arabic.rt.com/rss/sport/"]
