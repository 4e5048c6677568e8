"""Al Sudani."""

from crawler.spider import NewsSpider


class AlSudani(NewsSpider):
    """Al Sudani (السوداني), Khartoum: private daily. WordPress."""

    name = "alsudani"
    name_ar = "السوداني"
    country = "sd"
    timezone = "Africa/Khartoum"
    domains = ["alsudaninews.com"]
    # Where WordPress keeps its feed: it was seen to run the site, the feed was not.
    feeds = ["https://alsudaninews.com/?feed=rss2"]
