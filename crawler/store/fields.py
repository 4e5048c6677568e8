"""The columns that a slice of the collection can have: the record's fields, and what the store keeps beside them."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Literal

from crawler.errors import UserError
from crawler.items import Article

Document = dict[str, Any]
Kind = Literal["text", "texts", "instant", "day", "count", "offset", "number", "key"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a slice."""

    name: str
    kind: Kind
    """'key' is binary in MongoDB and hexadecimal outside; 'offset' is minutes; 'instant' is UTC in MongoDB."""
    meaning: str
    stored_as: tuple[str, ...]
    """What is read from a document for it."""
    zone: str | None = None
    """Name of the stored offset that an instant is shown in; None: UTC."""


_KINDS: dict[str, Kind] = {
    **dict.fromkeys(["published_at", "modified_at", "fetched_at"], "instant"),
    **dict.fromkeys(["authors", "tags"], "texts"),
    "read_count": "count",
}
_MEANINGS = {"section": "as the paper names it", "tags": "keywords of the page", "image_url": "its first picture"}
_ZONES = {"published_at": "published_utc_offset", "modified_at": "modified_utc_offset"}


def _record_columns() -> Iterable[Column]:
    for name in Article.field_names():
        zone = _ZONES.get(name)
        meaning = Article.model_fields[name].description or _MEANINGS[name]
        yield Column(name, _KINDS.get(name, "text"), meaning, (name, zone) if zone else (name,), zone)


def _own(name: str, kind: Kind, meaning: str, stored_as: str | None = None) -> Column:
    return Column(name, kind, meaning, (stored_as or name,))


RECORD: dict[str, Column] = {column.name: column for column in _record_columns()}
"""The record's fields, in the order of the design."""

COLUMNS: dict[str, Column] = {
    "id": _own("id", "key", "the article's key: 16 bytes of its address's hash", "_id"),
    **RECORD,
    "published_on": Column(
        "published_on", "day", "day of publication in the site's zone", ("published_at", "published_utc_offset")
    ),
    **{
        column.name: column
        for column in (
            _own("published_utc_offset", "offset", "the site's offset from UTC at published_at, in minutes"),
            _own("modified_utc_offset", "offset", "the same at modified_at"),
            _own("words", "count", "words of the body"),
            _own("number", "count", "number of the text's version: 1 was never edited"),
            _own("duplicate_of", "key", "id of the earliest article of the same story, where this one is a copy"),
            _own("story", "key", "what the articles of one story share"),
            _own("read_growth", "number", "reads an hour between its last two readings"),
            _own("first_seen", "instant", "when it was first fetched"),
            _own("last_seen", "instant", "when it was last fetched"),
            _own("gone_at", "instant", "when the site was found to have it no more"),
            _own("extractor", "text", "version of the extraction that read the page"),
        )
    },
}
"""All columns, in the order of a table."""


def choose_columns(names: Sequence[str] | None) -> list[Column]:
    """The columns of these names; all for None.

    Raises:
        UserError: for a name that is no column, with the nearest one, or for none at all.
    """
    if names is None:
        return list(COLUMNS.values())
    if not names:
        raise UserError(f"no field is named: take some of {', '.join(COLUMNS)}")
    for name in names:
        if name not in COLUMNS:
            near = difflib.get_close_matches(name.lower(), COLUMNS, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(COLUMNS)}"
            raise UserError(f"no field is called {name!r}: {hint}")
    return [COLUMNS[name] for name in dict.fromkeys(names)]


def projection(columns: Iterable[Column]) -> Document:
    """What MongoDB need send for these columns."""
    names = {name for column in columns for name in column.stored_as}
    return dict.fromkeys(sorted(names | {"_id"}), 1)


def shown_instant(moment: datetime | None, offset: int | None) -> datetime | None:
    """A stored instant (naive or aware UTC) as aware datetime in the paper's own offset.

    Args:
        moment: as MongoDB has it.
        offset: minutes; None: UTC.
    """
    if moment is None:
        return None
    zone = timezone(timedelta(minutes=offset or 0))
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(zone)
    except OverflowError:  # year 1 or 9999: the offset leads out of the calendar
        return aware


def day_of(document: Document) -> date | None:
    """The day of publication in the site's zone."""
    moment = shown_instant(document.get("published_at"), document.get("published_utc_offset"))
    return moment.date() if moment else None


def plain_value(column: Column, document: Document) -> Any:
    """A column's value for JSON and CSV: text, number, list of texts, or None.

    Instants are ISO 8601 with an offset: the paper's where it is known, else UTC.
    """
    value = document.get(column.stored_as[0])
    if value is None:
        return [] if column.kind == "texts" else None
    if column.kind == "key":
        return bytes(value).hex()
    if column.kind == "day":
        day = day_of(document)
        return day.isoformat() if day else None
    if column.kind == "instant":
        moment = shown_instant(value, document.get(column.zone) if column.zone else None)
        return moment.isoformat() if moment else None
    return value
