"""JSON Lines: one article a line, either as people want it or as `scrapy import` reads it back.

A line that imports back is the record (`Article.record`) and, under `_store`, what the store keeps beside it: every
other field of the document, its earlier versions and its counter's readings, in MongoDB's Extended JSON. Fields that
are computed from the text are computed again.
"""

import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from bson import json_util
from bson.codec_options import CodecOptions
from bson.errors import BSONError
from bson.json_util import JSONMode, JSONOptions
from pymongo.database import Database

from crawler.items import Article
from crawler.store.documents import searched
from crawler.store.fields import RECORD, Column, plain_value

Document = dict[str, Any]

STORE = "_store"
HISTORY = {"revisions": ("number",), "read_counts": ("at", "alias")}
"""Collections whose documents belong to an `article`, and what tells those of one apart; the first orders them."""
_EXTENDED = JSONOptions(json_mode=JSONMode.RELAXED, tz_aware=True, tzinfo=UTC)
_OFFSETS = {column.zone for column in RECORD.values() if column.zone}
EXCEPT_COMPUTED: Document = dict.fromkeys([*searched(Article(url="-", title="-", body="-")), "unlinked"], 0)
"""What is not read for a line that imports back: fields that are made of the record's text, and a passing mark."""

AWARE: "CodecOptions[Document]" = CodecOptions(tz_aware=True, tzinfo=UTC)


def _extended(value: Any) -> Any:
    return json_util.default(value, _EXTENDED)


def plain_line(document: Document, columns: Sequence[Column]) -> str:
    """The columns as one line of JSON."""
    row = {column.name: plain_value(column, document) for column in columns}
    return json.dumps(row, ensure_ascii=False, default=_extended)


def full_line(document: Document, history: dict[str, list[Document]]) -> str:
    """One line that imports back.

    Args:
        document: as stored, with aware datetimes.
        history: the article's documents of each collection in `HISTORY`.
    """
    row = {name: plain_value(column, document) for name, column in RECORD.items()}
    kept = {name: value for name, value in document.items() if name not in RECORD and name not in _OFFSETS}
    # A date of which no offset is known would come back as one in UTC.
    kept |= {
        column.zone: None
        for name, column in RECORD.items()
        if column.zone and document.get(name) is not None and document.get(column.zone) is None
    }
    row[STORE] = kept | {name: documents for name, documents in history.items() if documents}
    return json.dumps(row, ensure_ascii=False, default=_extended)


def read_histories(
    database: Database[Document], articles: Sequence[Document]
) -> dict[bytes, dict[str, list[Document]]]:
    """The earlier versions and readings of these articles, by `_id`; one query a collection."""
    keys = [article["_id"] for article in articles]
    found: dict[bytes, dict[str, list[Document]]] = {bytes(key): {name: [] for name in HISTORY} for key in keys}
    for name, key in HISTORY.items():
        for document in (
            database[name].find({"article": {"$in": keys}}).sort([("article", 1), *((field, 1) for field in key)])
        ):
            found[bytes(document.pop("article"))][name].append(document)
    return found


def from_extended(kept: Document) -> Document:
    """What stands under `_store` as MongoDB has it, instants aware.

    Raises:
        ValueError: for what is no Extended JSON.
    """
    try:
        decoded: Document = json_util.loads(json.dumps(kept), json_options=_EXTENDED)
    except (TypeError, KeyError, OverflowError, BSONError) as error:
        raise ValueError(f"its {STORE} is no Extended JSON: {error}") from None
    return decoded
