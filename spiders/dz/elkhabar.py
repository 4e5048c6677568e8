"""El Khabar."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class ElKhabar(NewsSpider):
    """El Khabar (الخبر), Algiers: private daily."""

    name = "elkhabar"
    name_ar = "الخبر"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["elkhabar.com"]
    sections = ["https://www.elkhabar.com/archive/"]
    article_links = "h3.panel-title a"
    article_address = r"/[a-z-]+/[^/]+-\d+$"
    next_page = "?page={page}"
    sitemaps = ["https://www.elkhabar.com/sitemap.xml"]
    page = PageRules(body="#article_body_content", published_at="time.relative_time")
