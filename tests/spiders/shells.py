"""A newspaper whose pages show no text, at the address in NABA_TEST_SITE."""

import os

from crawler.spider import NewsSpider

BASE = os.environ.get("NABA_TEST_SITE", "http://127.0.0.1:1")


class Shells(NewsSpider):
    """Al-Asdaf (الأصداف), served by a test."""

    name = "shells"
    name_ar = "الأصداف"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["127.0.0.1"]  # noqa: RUF012 - a declaration
    feeds = [f"{BASE}/feed"]  # noqa: RUF012 - a declaration
