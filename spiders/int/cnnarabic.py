"""CNN Arabic."""

from crawler.spider import NewsSpider


class CnnArabic(NewsSpider):
    """CNN Arabic (CNN بالعربية), Dubai: American television."""

    name = "cnnarabic"
    name_ar = "CNN بالعربية"
    country = "int"
    timezone = "Asia/Dubai"
    domains = ["arabic.cnn.com"]
    verified = "recorded page, 2013-08"
    feeds = [
        "https://arabic.cnn.com/api/v1/rss/rss.xml",
        "https://arabic.cnn.com/api/v1/rss/business/rss.xml",
        "https://arabic.cnn.com/api/v1/rss/sport/rss.xml",
        "https://arabic.cnn.com/api/v1/rss/tech/rss.xml",
        "https://arabic.cnn.com/api/v1/rss/science_and_health/rss.xml",
    ]
    sitemaps = ["https://arabic.cnn.com/sitemap.xml"]
