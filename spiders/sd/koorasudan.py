"""Koora Sudaniya."""

from crawler.spider import NewsSpider


class KooraSudan(NewsSpider):
    """Koora Sudaniya (كورة سودانية), Sudan: sports news site. WordPress."""

    name = "koorasudan"
    name_ar = "كورة سودانية"
    country = "sd"
    timezone = "Africa/Khartoum"
    domains = ["koorasudan.net"]
    # Where WordPress keeps its feed: it was seen to run the site, the feed was not.
    feeds = ["https://koorasudan.net/?feed=rss2"]
