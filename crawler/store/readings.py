"""Read counts: every reading of an article's counter is kept, the newest stands beside the article.

A reading is its article, its instant and its count; written again it is the same one. What stands beside an article
(`read_count` at `counted_at`, the reading before it in `counted_before`, and `read_growth`) is only ever replaced after
it is in `read_counts`, so that a death at any instant loses no reading.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bson.binary import Binary
from pymongo import UpdateOne
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError

from crawler.store.patience import raise_if_away

Document = dict[str, Any]

COUNTER_FIELDS = ("read_count", "counted_at", "counted_before", "read_growth")
"""What stands beside an article; set by `beside` alone once the article is stored."""
_DUPLICATE_KEY = 11000
_HOUR = 3_600_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a counter."""

    article: bytes
    """Key of the article."""
    at: datetime
    """When its page was fetched; whole milliseconds, UTC."""
    count: int
    alias: bytes | None = None
    """Key of the address, where the same text stands under one that counts by itself."""


def growth(before: Reading, after: Reading) -> float | None:
    """Reads an hour between two readings; None when the counter fell, or where no time lies between."""
    hours = (after.at - before.at).total_seconds() / 3600
    return (after.count - before.count) / hours if hours > 0 and after.count >= before.count else None


async def keep(database: AsyncDatabase[Document], readings: Sequence[Reading]) -> None:
    """Write readings; journaled by a majority as the connection is set. Those that are there already stay one.

    Raises:
        PyMongoError: when the server is away or refuses one: then all may be written again.
    """
    writes = [_upsert(reading) for reading in dict.fromkeys(readings)]
    while writes:
        try:
            await database["read_counts"].bulk_write(writes, ordered=False)
        except BulkWriteError as error:
            raise_if_away(error)
            errors = error.details["writeErrors"]
            if any(item["code"] != _DUPLICATE_KEY for item in errors):
                raise
            # Another process wrote the same reading at the same moment.
            writes = [writes[item["index"]] for item in errors]
        else:
            return


def _upsert(reading: Reading) -> UpdateOne:
    alias = Binary(reading.alias) if reading.alias else None
    # Read anew from the same page, the later extraction knows better.
    return UpdateOne(
        {"article": Binary(reading.article), "at": reading.at, "alias": alias},
        {"$set": {"count": reading.count}},
        upsert=True,
    )


def standing(stored: Document) -> Reading | None:
    """The reading that stands beside a stored article: in `read_counts` it may be missing, if its writer died."""
    at = counted_at(stored)
    if stored.get("read_count") is None or at is None:
        return None
    return Reading(bytes(stored["_id"]), at, stored["read_count"])


async def keep_standing(database: AsyncDatabase[Document], articles: Sequence[bytes]) -> None:
    """Keep what stands beside these articles: their writer may have died before it could."""
    fields = {"read_count": 1, "counted_at": 1, "fetched_at": 1}
    query = {"_id": {"$in": [Binary(key) for key in articles]}, "read_count": {"$ne": None}}
    found = [standing(row) async for row in database["articles"].find(query, fields)]
    await keep(database, [reading for reading in found if reading is not None])


def counted_at(stored: Document) -> datetime | None:
    """When an article's newest count was read. Articles of earlier versions do not say: with all else of the page."""
    at: datetime | None = stored.get("counted_at") or stored.get("fetched_at")
    return at


def of_new(reading: Reading | None) -> Document:
    """The counter's fields of an article that is stored for the first time."""
    if reading is None:
        return {}
    return {"read_count": reading.count, "counted_at": reading.at, "read_growth": None}


def beside(stored: Document, reading: Reading) -> UpdateOne:
    """Put a reading beside its article, in its place among the last two; in one step, whoever else does so.

    Args:
        stored: the article as it was found.
        reading: of the article's own counter; an older one changes nothing but, perhaps, the one before the last.
    """
    at, count, before = "$counted_at", "$read_count", "$counted_before"
    # An article of an earlier version has a count and no instant of it; one that was never counted has neither.
    known_at = {"$ifNull": [at, counted_at(stored) if stored.get("read_count") is not None else None]}
    this = {"at": reading.at, "count": reading.count}
    is_first = {"$eq": [{"$ifNull": [count, None]}, None]}
    is_newest = {"$gt": [reading.at, known_at]}  # nothing at all is less than any instant
    is_same = {"$eq": [reading.at, known_at]}
    before_at = {"$ifNull": [f"{before}.at", None]}
    replaced = {
        "$switch": {
            "branches": [
                {"case": is_first, "then": "$$REMOVE"},
                {"case": is_newest, "then": {"at": known_at, "count": count}},
                {"case": {"$and": [{"$not": [is_same]}, {"$gte": [reading.at, before_at]}]}, "then": this},
            ],
            "default": {"$ifNull": [before, "$$REMOVE"]},
        }
    }
    takes_place = {"$or": [is_first, is_newest, is_same]}
    set_places = {
        "counted_before": replaced,
        "read_count": {"$cond": [takes_place, reading.count, count]},
        "counted_at": {"$cond": [{"$or": [is_first, is_newest]}, reading.at, known_at]},
    }
    return UpdateOne({"_id": stored["_id"]}, [{"$set": set_places}, {"$set": {"read_growth": _growth_expression()}}])


def _growth_expression() -> Document:
    """`growth` of the reading beside the article and the one before it, for the server; whole milliseconds."""
    grown = {"$subtract": ["$read_count", "$counted_before.count"]}
    hours = {"$divide": [{"$subtract": ["$counted_at", "$counted_before.at"]}, _HOUR]}
    has_both = {"$and": [{"$ifNull": ["$counted_before", False]}, {"$gte": [grown, 0]}, {"$gt": [hours, 0]}]}
    return {"$cond": [has_both, {"$divide": [grown, hours]}, None]}
