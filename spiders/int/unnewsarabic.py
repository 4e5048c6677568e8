"""UN News Arabic."""

from crawler.spider import NewsSpider


class UnNewsArabic(NewsSpider):
    """UN News Arabic (أخبار الأمم المتحدة), New York: news service of the United Nations."""

    name = "unnewsarabic"
    name_ar = "أخبار الأمم المتحدة"
    country = "int"
    timezone = "America/New_York"
    domains = ["news.un.org"]
    feeds = [
        "https://news.un.org/feed/subscribe/ar/news/all/rss.xml",
        "https://news.un.org/feed/subscribe/ar/news/topic/health/feed/rss.xml",
    ]
