"""Al Watan."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AlWatanKw(NewsSpider):
    """Al Watan (الوطن), Kuwait City: private daily, online only since 2015. ASP.NET."""

    name = "alwatankw"
    name_ar = "الوطن"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["alwatan.kuwait.tt"]
    sections = [
        "http://alwatan.kuwait.tt/categoryhome.aspx?catid=40",
        "http://alwatan.kuwait.tt/categoryhome.aspx?catid=39",
        "http://alwatan.kuwait.tt/categoryhome.aspx?catid=35",
    ]
    article_address = r"(?i)/articledetails\.aspx\?id=\d+"
    page = PageRules(title="#divMainTitle", body="#divArtContent")
