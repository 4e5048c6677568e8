"""Palestine News and Information Agency."""

from crawler.spider import NewsSpider


class Wafa(NewsSpider):
    """Palestine News and Information Agency (وفا), Ramallah: state news agency."""

    name = "wafa"
    name_ar = "وفا"
    country = "ps"
    timezone = "Asia/Gaza"
    domains = ["wafa.ps"]
    sections = ["https://www.wafa.ps/Pages/LastNews"]
    article_address = r"/Pages/Details/\d+"
