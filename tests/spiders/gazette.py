"""A newspaper of any size, at the address in NABA_TEST_SITE: benchmarks/discovery/newspaper.py."""

import os

from crawler.spider import NewsSpider

BASE = os.environ.get("NABA_TEST_SITE", "http://127.0.0.1:1")


class Gazette(NewsSpider):
    """Al-Jarida (الجريدة), served by a test."""

    name = "gazette"
    name_ar = "الجريدة"
    country = "ma"
    timezone = "UTC"
    domains = ["127.0.0.1"]  # noqa: RUF012 - a declaration
    sections = [f"{BASE}/latest"]  # noqa: RUF012 - a declaration
    article_rows = ".list li"
    article_links = "h3 a"
    article_dates = "time"
    next_page = "/page/{page}"
    feeds = [f"{BASE}/feed"]  # noqa: RUF012 - a declaration
    sitemaps = [f"{BASE}/news-sitemap.xml", f"{BASE}/sitemap.xml"]  # noqa: RUF012 - a declaration
