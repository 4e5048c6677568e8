"""Jordan News Agency."""

from crawler.spider import NewsSpider


class Petra(NewsSpider):
    """Jordan News Agency (بترا), Amman: state news agency."""

    name = "petra"
    name_ar = "بترا"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["petra.gov.jo"]
    feeds = ["https://www.petra.gov.jo/RSS.aspx?lang=ar"]
