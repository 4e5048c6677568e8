"""A newspaper that declares nowhere to start, at the address in NABA_TEST_SITE."""

import os

from crawler.spider import NewsSpider


class Unknown(NewsSpider):
    """Al-Majhul (المجهول), served by a test."""

    name = "unknown"
    name_ar = "المجهول"
    country = "ma"
    timezone = "UTC"
    domains = ["127.0.0.1"]  # noqa: RUF012 - a declaration
    home = os.environ.get("NABA_TEST_SITE", "http://127.0.0.1:1") + "/"
