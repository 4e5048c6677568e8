"""Saudi Press Agency."""

from crawler.spider import NewsSpider


class Spa(NewsSpider):
    """Saudi Press Agency (واس), Riyadh: state news agency."""

    name = "spa"
    name_ar = "واس"
    country = "sa"
    timezone = "Asia/Riyadh"
    domains = ["spa.gov.sa"]
    feeds = ["https://www.spa.gov.sa/rss.xml", "https://www.spa.gov.sa/rss"]
