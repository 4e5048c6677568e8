"""Sahara Medias."""

from crawler.spider import NewsSpider


class SaharaMedias(NewsSpider):
    """Sahara Medias (صحراء ميديا), Nouakchott: news agency and radio. WordPress."""

    name = "saharamedias"
    name_ar = "صحراء ميديا"
    country = "mr"
    timezone = "Africa/Nouakchott"
    domains = ["saharamedias.net"]
    # A file a year.
    sitemaps = [
        "https://www.saharamedias.net/sitemap-posttype-post.2026.xml",
        "https://www.saharamedias.net/sitemap-posttype-post.2025.xml",
    ]
