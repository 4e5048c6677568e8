"""Libya Al Ahrar."""

from crawler.spider import NewsSpider


class LibyaAlAhrar(NewsSpider):
    """Libya Al Ahrar (ليبيا الأحرار), Libya: news television. WordPress."""

    name = "libyaalahrar"
    name_ar = "ليبيا الأحرار"
    country = "ly"
    timezone = "Africa/Tripoli"
    domains = ["libyaalahrar.tv"]
    feeds = ["https://libyaalahrar.tv/feed"]
