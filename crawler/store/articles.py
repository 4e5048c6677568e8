"""Writing readings so that every article is stored once, whoever else writes at the same moment.

A reading is matched with what is stored (`match`), then written (`write`). Two unique keys hold whatever the
timing: the address (`_id`) and the text within a site. A write that loses a race is matched again and written as
what it turned out to be.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, repeat
from typing import Any, Literal

import bson
from bson import ObjectId
from bson.binary import Binary
from pymongo import UpdateOne
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import AutoReconnect, BulkWriteError, DuplicateKeyError, PyMongoError

from crawler.addresses import KEY_BYTES
from crawler.arabic.letters import words
from crawler.identity import Identity, identify
from crawler.items import Article
from crawler.store.connection import brief, raise_if_away
from crawler.store.documents import to_document
from crawler.store.stories import Mode, Stories

Document = dict[str, Any]
Outcome = Literal["new", "updated", "unchanged", "duplicate"]

logger = logging.getLogger(__name__)

_DUPLICATE_KEY = 11000
# A reading loses a race at most a few times: each loss means that another process wrote the same article.
_ROUNDS = 8
# Seconds between attempts while the server is away: a local server that died is back within about two.
_RECONNECT_DELAYS = (0.5, 1, 2, 4, 8)
_MAX_DOCUMENT = 16 * 1024 * 1024  # bytes; MongoDB's limit
# What an edit changes. Counters, times and the archive's place are no edit.
_EDITORIAL = (
    *("title", "kicker", "summary", "body", "published_at", "modified_at", "authors", "author_initials"),
    *("byline", "agency", "section", "tags", "image_url"),
)
_KNOWN = dict.fromkeys((*_EDITORIAL, "url", "canonical_url", "text_hash", "number", "fetched_at", "aliases", "site"), 1)


class WriteFailedError(Exception):
    """The server refused one reading, or could not be reached in time."""


@dataclass(frozen=True, slots=True)
class Match:
    """What is stored of a reading."""

    identity: Identity
    stored: Document | None
    """The article's document (without terms), or None for a new one."""
    by_text: bool = False
    """Found by its text under another address: the reading's address becomes an alias."""


async def match(articles: AsyncCollection[Document], readings: Sequence[Article]) -> list[Match]:
    """Find what is stored of each reading, in one query.

    The address that the page calls canonical is believed unless an article with another headline is stored there: some
    systems name the same address on every page.
    """
    identities = [identify(reading) for reading in readings]
    keys = {Binary(key) for identity in identities for key in (identity.key, identity.alternative)}
    texts = [
        {"site": reading.site, "text_hash": Binary(identity.text_hash)}
        for reading, identity in zip(readings, identities, strict=True)
    ]
    by_key: dict[bytes, Document] = {}
    by_text: dict[tuple[str | None, bytes], Document] = {}
    query = {"$or": [{"_id": {"$in": list(keys)}}, {"aliases.key": {"$in": list(keys)}}, *texts]}
    async for stored in articles.find(query, _KNOWN):
        by_key[bytes(stored["_id"])] = stored
        by_key |= {bytes(alias["key"]): stored for alias in stored["aliases"]}
        by_text[stored["site"], bytes(stored["text_hash"])] = stored
    return [
        _choose(reading, identity, by_key, by_text.get((reading.site, identity.text_hash)))
        for reading, identity in zip(readings, identities, strict=True)
    ]


def _choose(reading: Article, identity: Identity, by_key: dict[bytes, Document], same_text: Document | None) -> Match:
    at_canonical, at_own = by_key.get(identity.key), by_key.get(identity.alternative)
    if (
        at_canonical is not None
        and identity.key != identity.alternative
        and _differ(at_canonical["title"], reading.title)
    ):
        identity = Identity(identity.alternative, identity.alternative, identity.text_hash)
        at_canonical = None
    stored = at_own or at_canonical
    if stored is not None:
        return Match(identity, stored)
    return Match(identity, same_text, by_text=same_text is not None)


def _differ(one: str, other: str) -> bool:
    return one != other and words(one) != words(other)


class ArticleWriter:
    """Writes batches of readings; journaled majority writes, as the connection is set.

    Args:
        database: where.
        crawl: id of the run that writes.
        patience: seconds that a batch waits for a server that is away, once in the writer's life.
        is_stopped: whether the server was stopped on purpose: then nothing waits for it.
        deduplicate: "off" leaves what is written to be tied to its story by a later run.
    """

    def __init__(
        self,
        database: AsyncDatabase[Document],
        crawl: str | None = None,
        *,
        patience: float = 60.0,
        is_stopped: Callable[[], bool] = lambda: False,
        deduplicate: Mode = "link",
    ) -> None:
        self._articles = database["articles"]
        self._revisions = database["revisions"]
        self._crawl = crawl
        self._patience = patience
        self._is_stopped = is_stopped
        self._stories = None if deduplicate == "off" else Stories(database)
        self.is_lost = False
        """The server stayed away: nothing waits for it any more."""

    async def write(
        self, readings: Sequence[Article], matches: Sequence[Match | None] = ()
    ) -> list[Outcome | WriteFailedError]:
        """Write a batch and tie it to its stories; what is answered is acknowledged by a journaled majority.

        An article that could not be tied is stored all the same, and tied by a later run.

        Args:
            readings: in any order; the same article may come several times.
            matches: what `match` found, when that was just asked of each; None where it could not be.
        """
        results: list[Outcome | WriteFailedError | None] = [None] * len(readings)
        pending = list(range(len(readings)))
        known = [found for found in matches if found is not None]
        marks = []
        for _ in range(_ROUNDS):
            batch = [readings[i] for i in pending]
            marks.append(ObjectId())
            try:
                found = known if len(known) == len(batch) else await self._patiently(match, self._articles, batch)
                outcomes = await self._patiently(self._write_once, batch, found, marks[-1])
            except PyMongoError as error:
                self.is_lost = self.is_lost or isinstance(error, AutoReconnect)
                failed = WriteFailedError(brief(error))
                return [failed if result is None else result for result in results]
            for i, outcome in zip(pending, outcomes, strict=True):
                results[i] = outcome
            pending, known = [i for i in pending if results[i] is None], []
            if not pending:
                break
        await self._tie(marks)
        lost = WriteFailedError(f"the article was changed by others {_ROUNDS} times while it was written")
        return [lost if result is None else result for result in results]

    async def _tie(self, marks: Sequence[ObjectId]) -> None:
        """Find the copies of what was marked while it was written. What fails here is stored, and waits for that."""
        if self._stories is None:
            return
        try:
            await self._patiently(self._stories.link_marked, marks)
        except PyMongoError as error:
            self.is_lost = self.is_lost or isinstance(error, AutoReconnect)
            logger.warning("articles are stored, but not tied to their stories; the next run does it: %s", brief(error))

    async def _patiently(self, function: Any, *arguments: Any) -> Any:
        """Call again while the server is away: every write here may be repeated."""
        deadline = time.monotonic() + self._patience
        for delay in chain(_RECONNECT_DELAYS, repeat(_RECONNECT_DELAYS[-1])):
            if self._is_stopped():
                raise AutoReconnect("the server was stopped")
            try:
                return await function(*arguments)
            except AutoReconnect as error:
                if self.is_lost or time.monotonic() + delay > deadline:
                    raise
                logger.warning("MongoDB is away, trying again in %g s: %s", delay, brief(error))
            await asyncio.sleep(delay)
        raise AssertionError("the delays have no end")

    async def _write_once(
        self, readings: Sequence[Article], matches: Sequence[Match], mark: ObjectId
    ) -> list[Outcome | WriteFailedError | None]:
        """One round: an outcome, a refusal, or None for a reading that must be matched again."""
        outcomes: list[Outcome | WriteFailedError | None] = [None] * len(readings)
        plans: dict[int, _Plan] = {}
        for i, (reading, found) in enumerate(zip(readings, matches, strict=True)):
            try:
                plans[i] = self._plan(reading, found, mark)
            except (ValueError, OverflowError) as error:  # one that BSON cannot hold does not take the batch along
                outcomes[i] = WriteFailedError(f"no document can hold it: {error}")
        # What else a reading brings is written before its article: a death between the two leaves a reading that is
        # repeated, not an article that nobody reads again.
        await self._write_aliases(plans, outcomes)
        bulk = [i for i, plan in plans.items() if plan.revision is None]
        if bulk:
            for i, outcome in zip(bulk, await self._bulk([plans[i] for i in bulk]), strict=True):
                outcomes[i] = outcome
        for i, plan in plans.items():
            if plan.revision is not None:
                outcomes[i] = await self._edit(plan)
        return outcomes

    def _plan(self, reading: Article, found: Match, mark: ObjectId) -> "_Plan":
        """What to write.

        Raises:
            ValueError, OverflowError: when no document can hold the reading.
        """
        document = to_document(reading, found.identity)
        if (size := len(bson.encode(document))) > _MAX_DOCUMENT:
            raise ValueError(f"it has {size} bytes")
        document["crawl"] = self._crawl
        seen = document["fetched_at"] or datetime.now(UTC)
        if found.stored is None:
            return _plan_new(found.identity, document | {"unlinked": mark}, seen)
        if found.by_text:
            return _plan_duplicate(found.stored, found.identity.alternative, reading.url, seen)
        if found.identity.key != found.stored["_id"]:  # read under another of its addresses: it keeps its own
            document["canonical_url"] = found.stored["canonical_url"]
        plan = _plan_known(found.stored, document, seen, mark)
        if found.identity.alternative in {found.stored["_id"], *(alias["key"] for alias in found.stored["aliases"])}:
            return plan
        return replace(plan, alias=_add_alias(found.stored, found.identity.alternative, reading.url))

    async def _write_aliases(
        self, plans: "dict[int, _Plan]", outcomes: list[Outcome | WriteFailedError | None]
    ) -> None:
        """Add addresses under which known articles were read. One that became another article's is planned again."""
        operations = {i: plan.alias for i, plan in plans.items() if plan.alias is not None}
        if not operations:
            return
        try:
            await self._articles.bulk_write(list(operations.values()), ordered=False)
        except BulkWriteError as error:
            raise_if_away(error)
            places = list(operations)
            for item in error.details["writeErrors"]:
                i = places[item["index"]]
                outcomes[i] = _bulk_outcome(plans.pop(i), item, inserted=False)

    async def _bulk(self, plans: "Sequence[_Plan]") -> list[Outcome | WriteFailedError | None]:
        errors: dict[int, Document] = {}
        try:
            result = await self._articles.bulk_write([plan.operation for plan in plans], ordered=False)
            inserted = set(result.upserted_ids or {})
        except BulkWriteError as error:
            raise_if_away(error)
            errors = {item["index"]: item for item in error.details["writeErrors"]}
            inserted = {item["index"] for item in error.details["upserted"]}
        return [_bulk_outcome(plan, errors.get(i), inserted=i in inserted) for i, plan in enumerate(plans)]

    async def _edit(self, plan: "_Plan") -> Outcome | None:
        """Replace an article's text. The guard on its number finds out when another process did so meanwhile."""
        assert plan.revision is not None
        # The earlier text is kept before it is replaced: a death between the two loses nothing.
        key = {"article": plan.revision["article"], "number": plan.revision["number"]}
        await self._revisions.update_one(key, {"$setOnInsert": plan.revision}, upsert=True)
        condition, change = plan.edit
        try:
            result = await self._articles.update_one(condition, change)
        except DuplicateKeyError:
            # The edit made it the same text as another article of the site: both stay, tied as copies.
            own_hash = hashlib.sha256(change["$set"]["text_hash"] + condition["_id"]).digest()[:KEY_BYTES]
            change["$set"] |= {"text_hash": own_hash}
            result = await self._articles.update_one(condition, change)
        return plan.outcome if result.matched_count else None


@dataclass(frozen=True, slots=True)
class _Plan:
    """One write and what it comes to if nobody else writes."""

    outcome: Outcome
    operation: UpdateOne
    edit: tuple[Document, Document] = ({}, {})
    revision: Document | None = None
    alias: UpdateOne | None = None
    """Adds the address that a known article was read under."""


def _plan_new(identity: Identity, document: Document, seen: datetime) -> _Plan:
    # The address as fetched stays known: an edit of the headline must not make it another article.
    aliases = [] if identity.alternative == identity.key else [_alias(identity.alternative, document["url"])]
    fields = document | {"number": 1, "first_seen": seen, "last_seen": seen, "aliases": aliases}
    return _Plan("new", UpdateOne({"_id": Binary(identity.key)}, {"$setOnInsert": fields}, upsert=True))


def _alias(key: bytes, url: str) -> Document:
    return {"key": Binary(key), "url": url}


def _add_alias(stored: Document, key: bytes, url: str, **more: Document) -> UpdateOne:
    condition = {"_id": stored["_id"], "aliases.key": {"$ne": Binary(key)}}
    return UpdateOne(condition, {"$push": {"aliases": _alias(key, url)}, **more})


def _plan_duplicate(stored: Document, key: bytes, url: str, seen: datetime) -> _Plan:
    return _Plan("duplicate", _add_alias(stored, key, url, **{"$max": {"last_seen": seen}}))


def _plan_known(stored: Document, document: Document, seen: datetime, mark: ObjectId) -> _Plan:
    times: Document = {"$max": {"last_seen": seen}, "$min": {"first_seen": seen}}
    if stored["fetched_at"] and document["fetched_at"] and document["fetched_at"] < stored["fetched_at"]:
        # An older reading (an archive imported after the crawl) does not replace a newer one.
        return _Plan("unchanged", UpdateOne({"_id": stored["_id"]}, times))
    times |= {"$unset": {"gone_at": ""}}  # it is there again
    # The first address and text key stay: an alias read again is the same article.
    fields = {name: value for name, value in document.items() if name not in {"url", "text_hash"}}
    changed = [name for name in _EDITORIAL if document[name] != stored.get(name)]
    if not {"title", "body", "published_at"}.isdisjoint(changed):
        fields["unlinked"] = mark  # its copies may be others now, or another of them the first
    if "title" not in changed and "body" not in changed:
        operation = UpdateOne({"_id": stored["_id"]}, {"$set": fields} | times)
        return _Plan("updated" if changed else "unchanged", operation)
    number = stored["number"]
    revision = {name: stored.get(name) for name in (*_EDITORIAL, "fetched_at")} | {
        "article": stored["_id"],
        "number": number,
    }
    condition = {"_id": stored["_id"], "number": number}
    change = {"$set": fields | {"text_hash": document["text_hash"], "number": number + 1}} | times
    return _Plan(
        "updated",
        UpdateOne(condition, change),
        edit=(condition, change),
        revision=revision,
    )


def _bulk_outcome(plan: _Plan, error: Document | None, *, inserted: bool) -> Outcome | WriteFailedError | None:
    if error is not None:
        return None if error["code"] == _DUPLICATE_KEY else WriteFailedError(_refusal(error))
    if plan.outcome == "new" and not inserted:
        return None  # another process, or another reading in this batch, was first
    return plan.outcome


def _refusal(error: Document) -> str:
    """Why the server refused a document, with the fields that its validator names."""
    details = error.get("errInfo", {}).get("details", {})
    rules = details.get("schemaRulesNotSatisfied", [])
    names = [prop["propertyName"] for rule in rules for prop in rule.get("propertiesNotSatisfied", [])]
    missing = [name for rule in rules for name in rule.get("missingProperties", [])]
    return str(error.get("errmsg", "refused")) + (f": {', '.join(names + missing)}" if names or missing else "")
