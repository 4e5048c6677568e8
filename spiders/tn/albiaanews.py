"""Al Biaa News."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlBiaaNews(NewsSpider):
    """Al Biaa News (البيئة نيوز), Tunis: environmental news site. WordPress, theme Avada."""

    name = "albiaanews"
    name_ar = "البيئة نيوز"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["albiaanews.com.tn"]
    sections = ["https://albiaanews.com.tn/ar/"]
    article_links = "h2.fusion-post-title a"
    page = PageRules(published_at="meta[itemprop='datePublished'], p.fusion-single-line-meta")
