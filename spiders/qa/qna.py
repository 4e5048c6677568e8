"""Qatar News Agency."""

from crawler.spider import NewsSpider


class Qna(NewsSpider):
    """Qatar News Agency (وكالة الأنباء القطرية), Doha: state news agency."""

    name = "qna"
    name_ar = "وكالة الأنباء القطرية"
    country = "qa"
    timezone = "Asia/Qatar"
    domains = ["qna.org.qa"]
    feeds = ["https://www.qna.org.qa/RSS?language=ar"]
