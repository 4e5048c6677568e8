"""The record accepts what is true of a page and nothing else."""

import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itemadapter import ItemAdapter
from pydantic import ValidationError

from crawler.items import Article, WarcReference

MINIMAL = {"url": "https://example.com/1", "title": "عنوان", "body": "نص."}
DESIGN = [
    "url",
    "canonical_url",
    "site",
    "country",
    "language",
    "title",
    "kicker",
    "summary",
    "body",
    "published_at",
    "modified_at",
    "published_raw",
    "authors",
    "author_initials",
    "byline",
    "agency",
    "read_count",
    "section",
    "tags",
    "image_url",
    "fetched_at",
]


def test_record_has_every_field_of_the_design_in_its_order():
    assert list(Article(**MINIMAL).record()) == DESIGN


def test_what_is_not_given_is_none_and_lists_are_empty():
    record = Article(**MINIMAL).record()
    assert {name for name, value in record.items() if value is None} == set(DESIGN) - {
        "url",
        "title",
        "body",
        "authors",
        "tags",
    }
    assert record["authors"] == record["tags"] == []


@pytest.mark.parametrize("name", ["kicker", "summary", "author_initials", "section"])
def test_a_text_of_white_space_is_none(name):
    assert getattr(Article(**MINIMAL, **{name: " \u00a0\n"}), name) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "  "},
        {"body": ""},
        {"published_at": datetime(2018, 2, 13)},  # noqa: DTZ001 - a naive datetime is what must be refused
        {"read_count": -1},
        {"views": 3},
    ],
)
def test_what_cannot_be_true_is_refused(wrong):
    with pytest.raises(ValidationError):
        Article(**(MINIMAL | wrong))


def test_assignment_is_validated_too():
    article = Article(**MINIMAL)
    with pytest.raises(ValidationError):
        article.read_count = -5


@given(st.text())
def test_text_is_nfc(text):
    kicker = Article(**MINIMAL, kicker=text).kicker
    assert kicker is None or unicodedata.is_normalized("NFC", kicker)


def test_json_shows_the_sites_offset():
    algiers = datetime(2018, 2, 13, 22, 18, tzinfo=timezone(timedelta(hours=1)))
    record = Article(**MINIMAL, published_at=algiers, fetched_at=datetime(2018, 2, 14, tzinfo=UTC)).record()
    assert record["published_at"] == "2018-02-13T22:18:00+01:00"
    assert record["fetched_at"] == "2018-02-14T00:00:00+00:00"


def test_bookkeeping_is_not_part_of_the_record():
    article = Article(**MINIMAL, archived=WarcReference(file="a.warc.gz", offset=7), extractor="1")
    assert list(article.record()) == DESIGN


def test_scrapy_handles_it_as_an_item():
    assert ItemAdapter(Article(**MINIMAL))["title"] == "عنوان"
