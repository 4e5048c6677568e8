"""Sky News Arabia."""

from crawler.spider import NewsSpider


class SkyNewsArabia(NewsSpider):
    """Sky News Arabia (سكاي نيوز عربية), Abu Dhabi: satellite news television."""

    name = "skynewsarabia"
    name_ar = "سكاي نيوز عربية"
    country = "int"
    timezone = "Asia/Dubai"
    domains = ["skynewsarabia.com"]
    article_address = r"/[a-z-]+/\d+-"
    feeds = ["https://www.skynewsarabia.com/rss"]
    sitemaps = ["https://www.skynewsarabia.com/sitemap.xml"]
