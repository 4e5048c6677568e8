"""The orders in which articles are shown, page after page: a page begins after the last article of the one before.

An order is a list of streams, one after another. Each is what MongoDB can answer from an index: the articles that meet
a condition, by one field. Equal values are put in order of `_id`, within the group of that value alone, so the
index needs not hold `_id`; articles without a value come last, in the next stream.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pymongo import ASCENDING, DESCENDING

from crawler.addresses import KEY_BYTES
from crawler.errors import UserError

Document = dict[str, Any]
Sort = Literal["newest", "oldest", "reads", "growth", "relevance"]
SORTS: tuple[Sort, ...] = ("newest", "oldest", "reads", "growth", "relevance")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
RANKED = 3
"""Terms that rank by relevance, the rarest of those asked for: each more would double the streams."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Articles that meet a condition, by one field."""

    condition: Document
    holds: Callable[[Document], bool]
    """The condition, of a document in hand."""
    field: str | None = None
    """None: by `_id` alone."""
    direction: int = ASCENDING

    def rank(self, document: Document) -> tuple[Any, bytes]:
        """The document's place in the stream."""
        value = to_json(document[self.field]) if self.field else 0
        return value * self.direction, bytes(document["_id"])


def to_json(value: Any) -> Any:
    """A value of a stream's field as a number: an instant as milliseconds since 1970."""
    return (value - _EPOCH) // timedelta(milliseconds=1) if isinstance(value, datetime) else value


def _by(field: str, direction: int = DESCENDING) -> Stream:
    kind = "date" if field == "published_at" else "number"
    return Stream({field: {"$type": kind}}, lambda document: document.get(field) is not None, field, direction)


def _within(condition: Document, holds: Callable[[Document], bool], streams: Sequence[Stream]) -> list[Stream]:
    """The streams, of those articles alone that meet the condition."""

    def both(stream: Stream) -> Callable[[Document], bool]:
        return lambda document: holds(document) and stream.holds(document)

    return [Stream({"$and": [condition, one.condition]}, both(one), one.field, one.direction) for one in streams]


_UNDATED = Stream({"published_at": None}, lambda document: document.get("published_at") is None)
_NEWEST = [_by("published_at"), _UNDATED]
_ORDERS: dict[str, list[Stream]] = {
    "newest": _NEWEST,
    "oldest": [_by("published_at", ASCENDING), _UNDATED],
    "reads": [
        _by("read_count"),
        *_within({"read_count": None}, lambda document: document.get("read_count") is None, _NEWEST),
    ],
    "growth": [
        _by("read_growth"),
        *_within({"read_growth": None}, lambda document: document.get("read_growth") is None, _NEWEST),
    ],
}
PLACING = ("published_at", "read_count", "read_growth", "title_terms", "story")
"""What of a document tells its place."""


def title_order(weights: Sequence[float]) -> list[int]:
    """The sets of terms that a headline may have, the heaviest first; bit i of a set is the term i."""
    sets = range(1 << len(weights))
    return sorted(sets, key=lambda bits: (-sum(w for i, w in enumerate(weights) if bits >> i & 1), -bits))


def by_title(terms: Sequence[str], sets: Sequence[int]) -> list[Stream]:
    """By which of the terms the headline has, then the newest.

    Args:
        terms: at most RANKED.
        sets: what `title_order` gave for their weights.
    """
    streams: list[Stream] = []
    for bits in sets:
        has = [term for i, term in enumerate(terms) if bits >> i & 1]
        lacks = [term for term in terms if term not in has]
        wanted: Document = ({"$all": has} if has else {}) | ({"$nin": lacks} if lacks else {})
        streams += _within({"title_terms": wanted}, _title_has(has, lacks), _NEWEST)
    return streams


def _title_has(has: Sequence[str], lacks: Sequence[str]) -> Callable[[Document], bool]:
    def holds(document: Document) -> bool:
        title = document.get("title_terms") or ()
        return all(term in title for term in has) and not any(term in title for term in lacks)

    return holds


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended."""

    stream: int
    value: Any
    """Of the stream's field, as `to_json` gives it."""
    id: bytes


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one question."""

    sort: Sort
    ranked: tuple[str, ...] = ()
    """Terms that rank by relevance."""
    sets: tuple[int, ...] = ()

    def streams(self) -> list[Stream]:
        """The order's streams."""
        return (
            by_title(self.ranked, self.sets)
            if self.ranked
            else _ORDERS["newest" if self.sort == "relevance" else self.sort]
        )

    def token(self, question: str, place: Place) -> str:
        """What the next page is asked for with: opaque, safe in an address.

        Args:
            question: what was asked; the token is good for no other.
            place: the last article of this page.
        """
        fields = [self.sort, _digest(question), self.ranked, self.sets, place.stream, place.value, place.id.hex()]
        return base64.urlsafe_b64encode(json.dumps(fields, ensure_ascii=False).encode()).decode().rstrip("=")


def read_token(token: str, question: str, sort: Sort) -> tuple[Order, Place]:
    """Read what `Order.token` wrote.

    Raises:
        UserError: when it is none, or another question's.
    """
    try:
        text = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
        given_sort, digest, ranked, sets, stream, value, key = json.loads(text)
        place = Place(int(stream), value, bytes.fromhex(key))
        order = Order(given_sort, tuple(ranked), tuple(sets))
        is_sound = _is_sound(order, place)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
        is_sound = False
    if not is_sound:
        raise UserError("the page's token is damaged: copy it whole, or begin with the first page")
    if given_sort != sort or digest != _digest(question):
        raise UserError("the page's token belongs to another question or order: begin with the first page")
    return order, place


def _is_sound(order: Order, place: Place) -> bool:
    """Whether `Order.token` can have written it."""
    ranked, sets = order.ranked, order.sets
    if len(ranked) > RANKED or not all(isinstance(term, str) for term in ranked):
        return False
    if ranked and sorted(sets) != list(range(1 << len(ranked))):
        return False
    if place.stream < 0 or len(place.id) != KEY_BYTES:
        return False
    stream = order.streams()[place.stream]
    return (from_json(stream, place.value) is None) == (stream.field is None)


def from_json(stream: Stream, value: Any) -> Any:
    """What `to_json` was given, for a stream's field.

    Raises:
        ValueError, TypeError, OverflowError: when it can be none.
    """
    if stream.field == "published_at":
        return _EPOCH + timedelta(milliseconds=value)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise TypeError(value)
    return value


def _digest(question: str) -> str:
    return hashlib.sha256(question.encode()).hexdigest()[:8]
