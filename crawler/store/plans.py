"""What a reading of an article comes to, given what is stored of it. Pure: nothing here asks or writes."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

import bson
from bson import ObjectId
from bson.binary import Binary
from pymongo import UpdateOne

from crawler.addresses import address_key
from crawler.edits import EDITORIAL, changed_fields, is_new_version
from crawler.identity import Identity
from crawler.items import Article
from crawler.store.documents import to_document
from crawler.store.matching import Match
from crawler.store.readings import COUNTER_FIELDS, Reading, beside, of_new, standing

Document = dict[str, Any]
Outcome = Literal["new", "updated", "unchanged", "duplicate"]

_MAX_DOCUMENT = 16 * 1024 * 1024  # bytes; MongoDB's limit


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write of one reading, and what it comes to if nobody else writes."""

    outcome: Outcome
    article: Binary
    """`_id` of the article."""
    condition: Document
    change: Document
    guard: tuple[int, datetime] | None = None
    """The condition holds as long as the article has this number and no newer reading."""
    upsert: bool = False
    replaces_text: bool = False
    """The article's text key changes with it: written by itself, for it may become another article's."""
    revision: Document | None = None
    """The version that the change replaces; kept before."""
    older: Document | None = None
    """What an older reading found: perhaps a version of its own."""
    alias: UpdateOne | None = None
    """Adds the address that a known article was read under."""
    counter: UpdateOne | None = None
    """Puts the reading's count beside the article."""
    readings: tuple[Reading, ...] = ()
    """Of the counter; kept before the article is written, of a new article after it."""

    @property
    def operation(self) -> UpdateOne:
        """The article's write."""
        return UpdateOne(self.condition, self.change, upsert=self.upsert)


def plan(reading: Article, found: Match, *, crawl: str | None, mark: ObjectId) -> Plan:
    """What to write.

    Args:
        reading: the article as it was read.
        found: what is stored of it.
        crawl: id of the run.
        mark: for what is to be tied to its story anew.

    Raises:
        ValueError, OverflowError: when no document can hold the reading.
    """
    document = to_document(reading, found.identity)
    if (size := len(bson.encode(document))) > _MAX_DOCUMENT:
        raise ValueError(f"it has {size} bytes")
    document["crawl"] = crawl
    seen = document["fetched_at"] or datetime.now(UTC)
    if found.stored is None:
        return _plan_new(found.identity, document | {"unlinked": mark}, seen)
    if found.by_text:
        return _plan_duplicate(found, document, seen)
    if found.identity.key != found.stored["_id"]:  # read under another of its addresses: it keeps its own
        document["canonical_url"] = found.stored["canonical_url"]
    planned = _with_count(_plan_known(found, document, seen, mark), found, document)
    if found.identity.alternative in {found.stored["_id"], *(alias["key"] for alias in found.stored["aliases"])}:
        return planned
    condition, change = _add_alias(found, reading.url)
    return replace(planned, alias=UpdateOne(condition, change))


def _plan_new(identity: Identity, document: Document, seen: datetime) -> Plan:
    # The address as fetched stays known: an edit of the headline must not make it another article.
    aliases = [] if identity.alternative == identity.key else [_alias(identity.alternative, document["url"])]
    counted = _reading(identity.key, document)
    times: Document = dict.fromkeys(("first_seen", "last_seen", "version_seen"), seen)
    fields = document | {"number": 1, "aliases": aliases} | times | of_new(counted)
    key = Binary(identity.key)
    readings = (counted,) if counted else ()
    return Plan("new", key, {"_id": key}, {"$setOnInsert": fields}, upsert=True, readings=readings)


def _alias(key: bytes, url: str) -> Document:
    return {"key": Binary(key), "url": url}


def _add_alias(found: Match, url: str) -> tuple[Document, Document]:
    key = found.identity.alternative
    condition = {"_id": _stored(found)["_id"], "aliases.key": {"$ne": Binary(key)}}
    return condition, {"$push": {"aliases": _alias(key, url)}}


def _plan_duplicate(found: Match, document: Document, seen: datetime) -> Plan:
    condition, change = _add_alias(found, document["url"])
    key = _stored(found)["_id"]
    counted = _reading(key, document, alias=found.identity.alternative)
    readings = (counted,) if counted else ()
    return Plan("duplicate", key, condition, change | {"$max": {"last_seen": seen}}, readings=readings)


def _plan_known(found: Match, document: Document, seen: datetime, mark: ObjectId) -> Plan:
    stored = _stored(found)
    key = stored["_id"]
    times: Document = {"$max": {"last_seen": seen}, "$min": {"first_seen": seen}}
    read_at = stored["fetched_at"]
    if read_at and seen < read_at:
        # An older reading (an archive imported after the crawl) does not replace a newer one.
        older = {name: document[name] for name in (*EDITORIAL, "fetched_at")} | {"first_seen": seen}
        return Plan("unchanged", key, {"_id": key}, times, older=older)
    times |= {"$unset": {"gone_at": "", "missed_at": ""}}  # it is there again
    # The first address and text key stay: an alias read again is the same article. Its counter is `beside`'s.
    fields = {name: value for name, value in document.items() if name not in {"url", "text_hash", *COUNTER_FIELDS}}
    if fields["fetched_at"] is None:
        del fields["fetched_at"]
    changed = changed_fields(stored, document)
    if not {"title", "body", "published_at"}.isdisjoint(changed):
        fields["unlinked"] = mark  # its copies may be others now, or another of them the first
    number = stored["number"]
    guard = (number, seen)
    condition = {"_id": key, "number": number, "$or": [{"fetched_at": None}, {"fetched_at": {"$lte": seen}}]}
    outcome: Outcome = "updated" if changed else "unchanged"
    if not is_new_version(stored, document):
        return Plan(outcome, key, condition, {"$set": fields} | times, guard)
    fields["text_hash"] = document["text_hash"]
    if read_at == document["fetched_at"] and address_key(stored["url"]) == found.identity.alternative:
        # The same page, read by better rules: the paper changed nothing.
        return Plan(outcome, key, condition, {"$set": fields} | times, guard, replaces_text=True)
    first_seen = stored.get("version_seen") or (stored["first_seen"] if number == 1 else None)
    revision: Document = {name: stored.get(name) for name in (*EDITORIAL, "fetched_at")} | {
        "article": key,
        "number": number,
        "first_seen": first_seen,
    }
    # Nothing at all may have happened to the version that is kept: one more reading of it would be forgotten.
    condition = {"_id": key, "number": number} | {name: stored.get(name) for name in ("fetched_at", "version_seen")}
    change = {"$set": fields | {"number": number + 1, "version_seen": seen}} | times
    return Plan(outcome, key, condition, change, guard, replaces_text=True, revision=revision)


def _with_count(planned: Plan, found: Match, document: Document) -> Plan:
    """The same with what becomes of the page's counter; a page that shows none says nothing of it."""
    stored = _stored(found)
    own = is_own(found)
    counted = _reading(stored["_id"], document, alias=None if own else found.identity.alternative)
    if counted is None:
        return planned
    # What stands beside the article was kept when it was written, unless its writer died or was of an earlier version.
    kept = [one for one in (standing(stored), counted) if one is not None and (one is counted or one.at != counted.at)]
    return replace(planned, readings=tuple(kept), counter=beside(stored, counted) if own else None)


def _reading(key: bytes, document: Document, alias: bytes | None = None) -> Reading | None:
    """The page's count; None where it has none, or was read at no known time."""
    if document["read_count"] is None or document["fetched_at"] is None:
        return None
    return Reading(bytes(key), document["fetched_at"], document["read_count"], alias)


def is_own(found: Match) -> bool:
    """Whether a known article was read under its own address.

    A second address with the same text may be a second entry in the paper's system, with a counter of its own.
    """
    stored, identity = _stored(found), found.identity
    own = {bytes(stored["_id"]), address_key(stored["url"])}
    return identity.key in own or identity.alternative in own


def _stored(found: Match) -> Document:
    assert found.stored is not None
    return found.stored
