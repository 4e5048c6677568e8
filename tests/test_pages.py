"""Every page under tests/pages/<country>/<site>/ gives the record beside it, and every listing the addresses beside it.

The pages were written for this project in the sites' markup.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from crawler.catalogue import spiders
from crawler.discovery.sections import read_section
from crawler.extraction import extract

PAGES = Path(__file__).parent / "pages"
# article.json belongs to tests/test_catalogue.py
RECORDS = sorted(path for path in PAGES.rglob("*.json") if not path.stem.startswith(("listing", "article")))
LISTINGS = sorted(PAGES.rglob("listing*.json"))


def name(path):
    return str(path.relative_to(PAGES).with_suffix(""))


@pytest.mark.parametrize("path", RECORDS, ids=name)
def test_page_gives_its_record(path):
    expected = json.loads(path.read_text("utf-8"))
    site = spiders()[path.parent.name].site()
    extraction = extract(path.with_suffix(".html").read_bytes(), expected["url"], site)
    assert extraction.article is not None, extraction.error
    record = extraction.article.record()
    # the raw texts are checked where they are printed: by the fields that are read from them
    for told in ("published_raw", "byline", "summary", "section", "image_url"):
        if expected[told] is None:
            record[told] = None
    assert record == expected


@pytest.mark.parametrize("path", LISTINGS, ids=name)
def test_listing_gives_its_addresses(path):
    expected = json.loads(path.read_text("utf-8"))
    spider = spiders()[path.parent.name]
    response = HtmlResponse(expected["url"], body=path.with_suffix(".html").read_bytes(), encoding="utf-8")
    listing = read_section(
        response,
        spider.section_rules(),
        section=expected["url"],
        page=1,
        listed=0,
        now=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert [[one.address, one.published_at.isoformat()] for one in listing.found] == expected["found"]
    assert listing.next_page == expected["next_page"]


def test_extract_prints_the_record_of_the_sample_el_massa_page(scrapy):
    path = PAGES / "dz" / "elmassa" / "2018-02-13.json"
    expected = json.loads(path.read_text("utf-8"))
    answer = scrapy("extract", path.with_suffix(".html"), "--url", expected["url"])
    assert answer.returncode == 0, answer.stderr
    record = json.loads(answer.stdout)
    for field in (
        "title",
        "kicker",
        "body",
        "published_at",
        "read_count",
        "author_initials",
        "authors",
        "site",
        "country",
    ):
        assert record[field] == expected[field]
