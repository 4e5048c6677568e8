"""El Massa."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class ElMassa(NewsSpider):
    """El Massa (المساء), Algiers: state daily. Joomla with K2."""

    name = "elmassa"
    name_ar = "المساء"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["el-massa.com"]
    sections = ["https://www.el-massa.com/dz/الأخيرة"]
    article_rows = ".item-list .item-list-row"
    article_links = "h3.item-title a"
    article_dates = ".item-date time"
    next_page = "?start={offset}"
    page = PageRules(
        # No class is known for the kicker; it is the element with text right before the headline.
        kicker="//h3[contains(@class, 'item-title')]/preceding-sibling::*[1][not(self::ul or self::time)]",
        title="h3.item-title",
        body=".itemIntroText, .itemFullText",
        published_at=".item-date time",
        read_count="//li[contains(., 'القراءات')]",
    )
