"""A newspaper whose pages only scripts write, at the address in NABA_TEST_SITE."""

import os

from crawler.spider import NewsSpider

BASE = os.environ.get("NABA_TEST_SITE", "http://127.0.0.1:1")


class Rendered(NewsSpider):
    """Al-Waraq (الورق), served by a test."""

    name = "rendered"
    name_ar = "الورق"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["127.0.0.1"]  # noqa: RUF012 - a declaration
    sections = [f"{BASE}/latest"]  # noqa: RUF012 - a declaration
    article_links = "h2 a"
    javascript = True
