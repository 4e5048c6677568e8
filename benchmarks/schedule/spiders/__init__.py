"""Spiders of the thirty fictional newspapers, at the kiosk whose address is in NABA_TEST_SITE."""

import os

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider

BASE = os.environ.get("NABA_TEST_SITE", "http://127.0.0.1:1")
PAPERS = 30


class _Paper(NewsSpider):
    """Al-Kushk (الكشك), served by a benchmark."""

    name_ar = "الكشك"
    country = "ma"
    timezone = "UTC"
    domains = ["127.0.0.1"]  # noqa: RUF012 - a declaration
    page = PageRules(kicker=".kicker", body=".text", byline=".author", read_count=".reads", tags=".tags a")


def _spider(name: str) -> type[NewsSpider]:
    own = {"name": name, "feeds": [f"{BASE}/{name}/feed"], "__doc__": _Paper.__doc__}
    return type(name.capitalize(), (_Paper,), own)


for _number in range(PAPERS):
    globals()[f"Paper{_number:02d}"] = _spider(f"paper{_number:02d}")
