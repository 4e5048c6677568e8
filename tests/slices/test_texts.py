"""Any text comes back from a sheet and from a line as it went in."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Article
from crawler.slices.lines import from_extended, full_line
from crawler.slices.sheet import SheetRows, guard, unguard
from crawler.store.fields import choose_columns, plain_value

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
texts = st.text(st.characters(exclude_categories=["Cs"])) | st.text("=+-@'\t\r\n\",;؛ ＝اب")
instants = st.integers(-(2**41), 2**42).map(lambda ms: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms))


@given(texts)
def test_a_guarded_text_is_no_formula_and_comes_back(text):
    cell = guard(text)
    assert unguard(cell) == CONTROL.sub("\ufffd", text)
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}


@given(st.lists(st.tuples(texts, texts, st.lists(texts)), min_size=1))
def test_rows_come_back_from_a_sheet(rows):
    sheet = SheetRows(choose_columns(["title", "body", "tags"]))
    documents = [{"title": title, "body": body, "tags": tags} for title, body, tags in rows]
    text = sheet.header() + sheet.rows(documents)
    read = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(read) == len(rows)
    for row, document in zip(read, documents, strict=True):
        assert unguard(row["title"]) == CONTROL.sub("\ufffd", document["title"])
        assert unguard(row["body"]) == CONTROL.sub("\ufffd", document["body"])
        assert unguard(row["tags"]) == CONTROL.sub("\ufffd", "; ".join(document["tags"]))


@given(texts, instants, st.integers(-840, 840), st.binary(min_size=16, max_size=16), st.floats(allow_nan=False))
def test_a_document_comes_back_from_a_line(text, moment, offset, key, number):
    document = {
        "_id": key,
        "title": text,
        "published_at": moment,
        "published_utc_offset": offset,
        "aliases": [{"key": key, "url": text}],
        "first_seen": moment,
        "read_growth": number,
        "$odd": {"nested": [1, 2**40, None, True]},
    }
    history = {"revisions": [{"number": 1, "title": text, "fetched_at": moment}], "read_counts": []}
    line = full_line(document, history)
    assert "\n" not in line
    row = json.loads(line)
    store = from_extended(row.pop("_store"))
    assert row["title"] == text
    published = datetime.fromisoformat(row["published_at"])
    assert published == moment
    assert published.utcoffset() == timedelta(minutes=offset)
    assert store.pop("revisions") == history["revisions"]
    known = ("title", "published_at", "published_utc_offset")
    assert store == {name: value for name, value in document.items() if name not in known}


def test_a_date_without_a_known_offset_does_not_get_one():
    moment = datetime(2018, 2, 13, 12, tzinfo=UTC)
    line = full_line({"_id": b"", "published_at": moment, "published_utc_offset": None}, {})
    assert json.loads(line)["_store"]["published_utc_offset"] is None


def test_a_day_at_the_end_of_the_calendar():
    column = choose_columns(["published_on"])[0]
    document = {"published_at": datetime(9999, 12, 31, 23, 30, tzinfo=UTC), "published_utc_offset": 60}
    assert plain_value(column, document) == "9999-12-31"


def test_every_field_of_a_record_is_a_column_with_a_meaning():
    columns = {column.name: column for column in choose_columns(None)}
    assert set(Article.field_names()) <= set(columns)
    assert all(column.meaning for column in columns.values())
    zone = timezone(timedelta(hours=1))
    record = Article(url="u", title="ت", body="ن", published_at=datetime(2018, 2, 13, 22, tzinfo=zone), tags=["ا"])
    document = record.model_dump() | {"published_at": record.published_at.astimezone(UTC), "published_utc_offset": 60}
    assert {name: plain_value(columns[name], document) for name in Article.field_names()} == record.record()
