"""Lines of a JSON Lines file that somebody imports: read, checked, and what became of each."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from crawler.addresses import KEY_BYTES
from crawler.identity import Identity
from crawler.items import Article
from crawler.slices.compression import Decompressed
from crawler.slices.lines import HISTORY, STORE, from_extended
from crawler.store.documents import to_document
from crawler.store.fields import COLUMNS, RECORD

Document = dict[str, Any]
LONGEST = 64 * 1024 * 1024
"""Bytes of a line; MongoDB's documents have 16 MB."""
Fate = Literal["new", "updated", "unchanged", "duplicate", "failed"]

_BESIDE = {STORE, "snippet", "snippet_marks"}  # the last two are of `scrapy search`
_REQUIRED = ("_id", "text_hash", "number", "first_seen", "last_seen", "aliases")


@dataclass(slots=True)
class Line:
    """One line of the file."""

    number: int
    row: Document
    fate: Fate | None = None
    reason: str = ""
    """Of one that failed."""
    document: Document | None = None
    """To be stored as it is; None for a line that no store wrote."""
    article: Article | None = None
    history: dict[str, list[Document]] | None = None

    def fail(self, reason: str) -> None:
        """It does not go in."""
        self.fate, self.reason = "failed", " ".join(reason.split())


def read_row(text: str) -> Document:
    """A line as JSON.

    Raises:
        ValueError: for what is no JSON object.
    """
    row = json.loads(text)
    if not isinstance(row, dict):
        raise ValueError(f"it is no object but {text[:20]!r}")  # noqa: TRY004 - the file's fault, not the caller's
    return row


def parse(line: Line) -> None:
    """Decode a line; one that cannot be is marked as failed."""
    try:
        kept = line.row.get(STORE)
        record = {name: value for name, value in line.row.items() if name in RECORD}
        unknown = line.row.keys() - RECORD.keys() - COLUMNS.keys() - _BESIDE
        if unknown:
            raise ValueError(f"no field is called {min(unknown)!r}")  # noqa: TRY301
        line.article = Article.model_validate(record)
        if kept is not None:
            line.document, line.history = _restore(line.article, kept)
    except ValidationError as error:
        first = error.errors()[0]
        line.fail(f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
    except (ValueError, OverflowError) as error:
        line.fail(str(error))


def _restore(article: Article, kept: Any) -> tuple[Document, dict[str, list[Document]]]:
    """The article's document and its history.

    Raises:
        ValueError: when `_store` is not what an export writes.
    """
    if not isinstance(kept, dict):
        raise ValueError(f"{STORE} is no object")  # noqa: TRY004 - the file's fault
    store = from_extended(kept)
    if lacking := [name for name in _REQUIRED if name not in store]:
        raise ValueError(f"its {STORE} lacks {lacking[0]}")
    key = store["_id"]
    if not isinstance(key, bytes) or len(key) != KEY_BYTES:
        raise ValueError(f"its {STORE} has an _id that is no key of {KEY_BYTES} bytes")
    history: dict[str, list[Document]] = {}
    for name, (order, *_) in HISTORY.items():
        history[name] = store.pop(name, None) or []
        if not all(isinstance(one, dict) and order in one for one in history[name]):
            raise ValueError(f"its {STORE} has {name} without {order}")
    return to_document(article, Identity(key, key, store["text_hash"])) | store, history


def key_of(row: Document) -> str:
    """The hexadecimal `_id` that a row's `_store` names; empty when it names none."""
    try:
        return bytes(from_extended({"_id": row[STORE]["_id"]})["_id"]).hex()
    except (KeyError, TypeError, ValueError):
        return ""


def read_lines(lines: Decompressed) -> Iterator[Line]:
    """Lines of a file; what is no line of a collection is marked as failed, empty lines are passed over.

    Raises:
        DecompressionError: where the file breaks off; what came before was handed out.
    """
    number, is_rest = 0, False
    for text in lines.lines(LONGEST):
        if is_rest:  # of a line that is too long
            is_rest = not text.endswith(b"\n")
            continue
        number += 1
        is_rest = len(text) >= LONGEST and not text.endswith(b"\n")
        if line := _line(number, text):
            yield line


def _line(number: int, text: bytes) -> Line | None:
    text = text.removeprefix(b"\xef\xbb\xbf") if number == 1 else text
    if not text.strip():
        return None
    line = Line(number, {})
    try:
        if len(text) >= LONGEST and not text.endswith(b"\n"):
            raise ValueError(f"it is longer than {LONGEST:,} bytes")  # noqa: TRY301
        line.row = read_row(text.decode())
    except (ValueError, RecursionError) as error:
        line.fail(f"no JSON: {error}" if isinstance(error, json.JSONDecodeError) else str(error))
    return line
