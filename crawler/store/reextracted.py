"""Stored articles whose pages are to be read anew, and what comes of it.

What was read anew is no edit by the paper: the record changes in place; its number, its earlier versions and the time
of its fetching stay. An article is current when its `extractor` is today's. One whose page gives no article today
keeps what it has, and says so in `unread`, so that it is not tried again by the same version.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bson import ObjectId
from bson.binary import Binary
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from pymongo import DeleteOne, UpdateOne
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.cursor import AsyncCursor
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError

from crawler.addresses import KEY_BYTES
from crawler.store.patience import raise_if_away
from crawler.store.readings import COUNTER_FIELDS, Reading, beside, keep

Document = dict[str, Any]

_RAW: CodecOptions[RawBSONDocument] = CodecOptions(RawBSONDocument, tz_aware=True, tzinfo=UTC)
_DUPLICATE_KEY = 11000
_OF_STORIES = {"site", "title", "body", "published_at"}
_GUARD = ("_id", "number", "fetched_at", "archived")
"""What a crawl changes when it reads an article again: then the article is the crawl's."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """What the page of one stored article gives today."""

    stored: Document
    """Of the article: what guards it, its address, its counter; no texts."""
    changes: Document = field(default_factory=dict)
    """Fields to set; the extractor always, unless `reason` is given."""
    before: Document = field(default_factory=dict)
    """What the record's fields among them were."""
    reason: str | None = None
    """Why the page gives no article, in a word; None when it does."""
    detail: str | None = None
    version: str = ""
    """The extractor's."""
    is_final: bool = False
    """Whether the same version need not try again."""

    @property
    def is_other_text(self) -> bool:
        """Whether something changed that makes copies copies."""
        return not _OF_STORIES.isdisjoint(self.before)


def due(query: Document, versions: Sequence[str], *, again: bool = False) -> Document:
    """The articles of a query whose pages are to be read anew.

    Args:
        query: which articles.
        versions: of today's extractor, with every site's rules and without.
        again: those that are current, too.
    """
    conditions: list[Document] = [{"archived": {"$ne": None}}]
    if not again:
        # A site's own version is never another's: its name is in it.
        conditions += [{"extractor": {"$nin": list(versions)}}, {"unread.extractor": {"$nin": list(versions)}}]
    return {"$and": [*conditions, *([query] if query else [])]}


def without_page(query: Document, versions: Sequence[str]) -> Document:
    """The articles that another version read, and of which no page is kept."""
    return {"$and": [{"extractor": {"$nin": list(versions)}}, {"archived": None}, *([query] if query else [])]}


def find_raw(
    database: AsyncDatabase[Document], query: Document, *, after: Binary | None, sorted_: bool
) -> AsyncCursor[RawBSONDocument]:
    """Documents as their bytes: they are taken apart where they are worked on."""
    articles: AsyncCollection[RawBSONDocument] = database.get_collection("articles", codec_options=_RAW)  # type: ignore[assignment]  # typed as the database's
    found = articles.find({"$and": [query, {"_id": {"$gt": after}}]} if after is not None else query, batch_size=64)
    return found.sort("_id", 1) if sorted_ else found


async def write_renewals(database: AsyncDatabase[Document], renewals: Sequence[Renewal]) -> dict[int, str]:
    """Write what was read; may be repeated.

    Args:
        database: where.
        renewals: those that give an article, or whose `is_final` is set.

    Returns:
        By place, what became of those that were not written as they are: `renewed` (a crawl was there meanwhile), or
        why the server refused.
    """
    await _keep_counts(database, renewals)
    writes = [UpdateOne(_guard(one), _change(one)) for one in renewals]
    refused: dict[int, str] = {}
    matched = 0
    if writes:
        try:
            matched = (await database["articles"].bulk_write(writes, ordered=False)).matched_count
        except BulkWriteError as error:
            raise_if_away(error)
            matched = error.details["nMatched"]
            for item in error.details["writeErrors"]:
                place = item["index"]
                if item["code"] == _DUPLICATE_KEY:
                    matched += await _write_twin(database, renewals[place])
                else:
                    refused[place] = str(item.get("errmsg", "refused"))
    if matched + len(refused) < len(renewals):
        refused |= await _renewed_by_others(database, renewals, refused)
    return refused


def _guard(one: Renewal) -> Document:
    return {name: one.stored.get(name) for name in _GUARD}


def _change(one: Renewal, **more: Any) -> Document:
    if one.reason is not None:
        return {"$set": {"unread": {"extractor": one.version, "reason": one.reason, "at": datetime.now(UTC)}}}
    changes = {name: value for name, value in one.changes.items() if name != "read_count"} | more
    if one.is_other_text:
        changes["unlinked"] = ObjectId()  # its copies may be others now: see `store.stories`
    if _is_uncounted(one):
        changes |= dict.fromkeys(COUNTER_FIELDS)
    return {"$set": changes, "$unset": {"unread": ""}}


def _is_uncounted(one: Renewal) -> bool:
    """Whether what stands beside the article as its counter is none, read rightly."""
    is_none = "read_count" in one.before and one.changes["read_count"] is None
    return is_none and one.stored.get("counted_at") in {None, one.stored.get("fetched_at")}


async def _write_twin(database: AsyncDatabase[Document], one: Renewal) -> int:
    """Read rightly, it has the same text as another article of the site: both stay, and are tied as copies."""
    own = hashlib.sha256(one.changes["text_hash"] + one.stored["_id"]).digest()[:KEY_BYTES]
    return (await database["articles"].update_one(_guard(one), _change(one, text_hash=own))).matched_count


async def _renewed_by_others(
    database: AsyncDatabase[Document], renewals: Sequence[Renewal], refused: dict[int, str]
) -> dict[int, str]:
    """Which of them a crawl changed, or somebody removed, before they were written."""
    ids = [one.stored["_id"] for one in renewals]
    now = {row["_id"]: row async for row in database["articles"].find({"_id": {"$in": ids}}, dict.fromkeys(_GUARD, 1))}
    return {
        place: "renewed"
        for place, one in enumerate(renewals)
        if place not in refused
        and any(now.get(one.stored["_id"], {}).get(name) != one.stored.get(name) for name in _GUARD)
    }


async def _keep_counts(database: AsyncDatabase[Document], renewals: Sequence[Renewal]) -> None:
    """Put right what the page's counter said: the reading of then, and what stands beside the article."""
    readings, writes, wrong = [], [], []
    for one in renewals:
        at, article = one.stored.get("fetched_at"), bytes(one.stored["_id"])
        if at is None or one.reason is not None or "read_count" not in one.before:
            continue
        if (count := one.changes["read_count"]) is None:
            wrong.append(DeleteOne({"article": Binary(article), "at": at, "alias": None}))
        else:
            readings.append(Reading(article, at, count))
            writes.append(beside(one.stored, readings[-1]))
    if wrong:
        await database["read_counts"].bulk_write(wrong, ordered=False)
    if readings:
        await keep(database, readings)
        await database["articles"].bulk_write(writes, ordered=False)
