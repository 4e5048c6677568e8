"""Real pages, recorded: what a careful reader wrote down of them is what extraction reads, without a site rule."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.extraction.measures import body_scores
from crawler.extraction import extract

PAGES = Path(__file__).parents[3] / "shared" / "pages"
RECORDS = sorted(path for path in PAGES.glob("*.json") if path.with_suffix(".html").exists())
pytestmark = pytest.mark.skipif(not RECORDS, reason=f"no recorded pages in {PAGES}")


@pytest.fixture(params=RECORDS, ids=lambda path: path.stem)
def pair(request):
    expected = json.loads(request.param.read_text("utf-8"))
    extraction = extract(
        request.param.with_suffix(".html").read_bytes(), expected["url"], now=datetime(2026, 11, 24, tzinfo=UTC)
    )
    assert extraction.article is not None, extraction.error
    return extraction.article.record(), expected


def test_the_text_is_the_article_and_nothing_else(pair):
    record, expected = pair
    f1, _, _ = body_scores(record["body"], expected["body"])
    assert f1 >= 0.99


def test_title_day_and_people_are_right_and_nothing_is_invented(pair):
    record, expected = pair
    for name in ("title", "kicker", "summary", "authors", "author_initials", "read_count", "section"):
        assert record[name] == expected[name], name
    assert record["published_at"][:10] == expected["published_at"][:10]
    assert (record["modified_at"] or "")[:10] == (expected["modified_at"] or "")[:10]


def test_a_listing_gives_no_article():
    page = PAGES / "jannah-theme-listing.html"
    if not page.exists():
        pytest.skip(f"{page} is not here")
    extraction = extract(page.read_bytes(), "https://theme.example/")
    assert extraction.article is None
    assert extraction.kind == "listing"
