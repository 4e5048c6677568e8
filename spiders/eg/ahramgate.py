"""Ahram Gate."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class AhramGate(NewsSpider):
    """Ahram Gate (بوابة الأهرام), Cairo: state news site of Al Ahram. ASP.NET."""

    name = "ahramgate"
    name_ar = "بوابة الأهرام"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["gate.ahram.org.eg"]
    feeds = ["https://gate.ahram.org.eg/rss.aspx", "https://gate.ahram.org.eg/RSS/News.aspx"]
    page = PageRules(
        title="#ContentPlaceHolder1_divTitle",
        body="#ContentPlaceHolder1_divContent",
        byline="#ContentPlaceHolder1_spnSource",
        published_at="#ContentPlaceHolder1_divdate",
    )
