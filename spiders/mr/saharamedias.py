"""Sahara Medias."""

from crawler.spider import NewsSpider


class SaharaMedias(NewsSpider):
    """Sahara Medias (صحراء ميديا), Nouakchott: news agency and radio. WordPress."""

    name = "saharamedias"
    name_ar = "صحراء ميديا"
    country = "mr"
    timezone = "Africa/Nouakchott"
    domains = ["saharamedias.net"]
    # Its sitemaps are a file a year (sitemap-posttype-post.2025.xml): an address that no declaration can hold.
    home = "https://www.saharamedias.net/"
