"""Writing readings so that every article is stored once, whoever else writes at the same moment.

A reading is matched with what is stored (`match`), then written (`write`). Two unique keys hold whatever the
timing: the address (`_id`) and the text within a site. A write that loses a race is matched again and written as
what it turned out to be.
"""

import asyncio
import hashlib
import logging
import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from bson import ObjectId
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError, DuplicateKeyError, PyMongoError

from crawler.addresses import KEY_BYTES
from crawler.items import Article
from crawler.store.connection import brief
from crawler.store.matching import Match, match
from crawler.store.older import keep_older
from crawler.store.patience import Patience, raise_if_away
from crawler.store.plans import Outcome, Plan, plan
from crawler.store.readings import keep

if TYPE_CHECKING:
    from crawler.store.stories import Mode

Document = dict[str, Any]

logger = logging.getLogger(__name__)

_DUPLICATE_KEY = 11000
# A reading loses a race at most a few times: each loss means that another process wrote the same article.
_ROUNDS = 40
_STEP_ASIDE = 0.01  # seconds, times the rounds that were lost: of many that want the same article one must be first
# How the times of a version that is kept are joined with those that are there.
_SEEN = {"first_seen": "$min", "fetched_at": "$max"}


class WriteFailedError(Exception):
    """The server refused one reading, or could not be reached in time."""


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
        deduplicate: "Mode" = "link",
    ) -> None:
        self._database = database
        self._articles = database["articles"]
        self._revisions = database["revisions"]
        self._crawl = crawl
        self._patience = Patience(patience, is_stopped)
        # Imported here: commands that are loaded and not run do not pay for NumPy.
        from crawler.store.stories import Stories

        self._stories = None if deduplicate == "off" else Stories(database)

    @property
    def is_lost(self) -> bool:
        """Whether the server stayed away: nothing waits for it any more."""
        return self._patience.is_lost

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
        for lost in range(_ROUNDS):
            if lost > 1:
                await asyncio.sleep(random.uniform(0, lost * _STEP_ASIDE))  # noqa: S311 - no secret
            batch = [readings[i] for i in pending]
            marks.append(ObjectId())
            try:
                found = known if len(known) == len(batch) else await self._patience.call(match, self._articles, batch)
                outcomes = await self._patience.call(self._write_once, batch, found, marks[-1])
            except PyMongoError as error:
                failed = WriteFailedError(brief(error))
                return [failed if result is None else result for result in results]
            for i, outcome in zip(pending, outcomes, strict=True):
                results[i] = outcome
            pending, known = [i for i in pending if results[i] is None], []
            if not pending:
                break
        await self._tie(marks)
        failed = WriteFailedError(f"the article was changed by others {_ROUNDS} times while it was written")
        return [failed if result is None else result for result in results]

    async def _tie(self, marks: Sequence[ObjectId]) -> None:
        """Find the copies of articles that were written with one of these marks in `unlinked`.

        What fails here is stored, and waits for the next run.
        """
        if self._stories is None:
            return
        try:
            await self._patience.call(self._stories.link_marked, marks)
        except PyMongoError as error:
            logger.warning("articles are stored, but not tied to their stories; the next run does it: %s", brief(error))
        except Exception:  # an error of ours: what is stored is stored, and must not be told as failed
            logger.exception("articles are stored, but not tied to their stories")

    async def _write_once(
        self, readings: Sequence[Article], matches: Sequence[Match], mark: ObjectId
    ) -> list[Outcome | WriteFailedError | None]:
        """One round: an outcome, a refusal, or None for a reading that must be matched again."""
        outcomes: list[Outcome | WriteFailedError | None] = [None] * len(readings)
        plans: dict[int, Plan] = {}
        for i, (reading, found) in enumerate(zip(readings, matches, strict=True)):
            try:
                plans[i] = plan(reading, found, crawl=self._crawl, mark=mark)
            except (ValueError, OverflowError) as error:  # one that BSON cannot hold does not take the batch along
                outcomes[i] = WriteFailedError(f"no document can hold it: {error}")
        # What else a reading brings is written before its article: a death between the two leaves a reading that is
        # repeated, not an article that nobody reads again.
        await keep(
            self._database, [one for planned in plans.values() if not planned.upsert for one in planned.readings]
        )
        await self._write_beside(plans, outcomes)
        bulk = [i for i, planned in plans.items() if not planned.replaces_text]
        if bulk:
            for i, outcome in zip(bulk, await self._bulk([plans[i] for i in bulk]), strict=True):
                outcomes[i] = outcome
        for i, planned in plans.items():
            if planned.replaces_text:
                outcomes[i] = await self._replace(planned)
            elif planned.older is not None and not await keep_older(self._database, planned.article, planned.older):
                outcomes[i] = None
        new = [planned for i, planned in plans.items() if planned.upsert and outcomes[i] == "new"]
        await keep(self._database, [one for planned in new for one in planned.readings])
        return outcomes

    async def _write_beside(self, plans: dict[int, Plan], outcomes: list[Outcome | WriteFailedError | None]) -> None:
        """Add addresses and counts to known articles. An address that became another article's is planned again."""
        places = [(i, write) for i, planned in plans.items() for write in (planned.alias, planned.counter) if write]
        if not places:
            return
        try:
            await self._articles.bulk_write([write for _, write in places], ordered=False)
        except BulkWriteError as error:
            raise_if_away(error)
            for item in error.details["writeErrors"]:
                i, _ = places[item["index"]]
                if (planned := plans.pop(i, None)) is not None:
                    outcomes[i] = _bulk_outcome(planned, item)

    async def _bulk(self, plans: Sequence[Plan]) -> list[Outcome | WriteFailedError | None]:
        errors: dict[int, Document] = {}
        try:
            result = await self._articles.bulk_write([planned.operation for planned in plans], ordered=False)
            inserted, matched = set(result.upserted_ids or {}), result.matched_count
        except BulkWriteError as error:
            raise_if_away(error)
            errors = {item["index"]: item for item in error.details["writeErrors"]}
            inserted, matched = {item["index"] for item in error.details["upserted"]}, error.details["nMatched"]
        overtaken: set[bytes] = set()
        if matched < len(plans) - len(inserted) - len(errors):
            overtaken = await self._overtaken([planned for planned in plans if planned.guard])
        return [
            _bulk_outcome(planned, errors.get(i), was_there=planned.upsert and i not in inserted)
            if planned.guard is None or planned.article not in overtaken
            else None
            for i, planned in enumerate(plans)
        ]

    async def _overtaken(self, plans: Sequence[Plan]) -> set[bytes]:
        """Articles that others wrote meanwhile, so that their guard may not have held."""
        query = {"_id": {"$in": [planned.article for planned in plans]}}
        now = {row["_id"]: row async for row in self._articles.find(query, {"number": 1, "fetched_at": 1})}
        result: set[bytes] = set()
        for planned in plans:
            assert planned.guard is not None
            number, at = planned.guard
            row = now.get(planned.article)
            if row is None or row["number"] != number or (row["fetched_at"] and row["fetched_at"] > at):
                result.add(planned.article)
        return result

    async def _replace(self, planned: Plan) -> Outcome | None:
        """Replace an article's text. The guard finds out when another process did so meanwhile."""
        if (revision := planned.revision) is not None:
            # The earlier text is kept before it is replaced: a death between the two loses nothing.
            key = {"article": revision["article"], "number": revision["number"]}
            # One that a writer left that died is there already; it may have been read at more times since.
            kept = {name: value for name, value in revision.items() if name not in _SEEN}
            seen = {name: revision[name] for name in _SEEN if revision[name] is not None}
            times = {_SEEN[name]: {name: moment} for name, moment in seen.items()}
            await self._revisions.update_one(key, {"$setOnInsert": kept} | times, upsert=True)
        change = planned.change
        try:
            result = await self._articles.update_one(planned.condition, change)
        except DuplicateKeyError:
            # It has the same text as another article of the site now: both stay, tied as copies.
            own_hash = hashlib.sha256(change["$set"]["text_hash"] + planned.article).digest()[:KEY_BYTES]
            change = change | {"$set": change["$set"] | {"text_hash": own_hash}}
            result = await self._articles.update_one(planned.condition, change)
        return planned.outcome if result.matched_count else None


def _bulk_outcome(
    planned: Plan, error: Document | None, *, was_there: bool = False
) -> Outcome | WriteFailedError | None:
    if error is not None:
        return None if error["code"] == _DUPLICATE_KEY else WriteFailedError(_refusal(error))
    return None if was_there else planned.outcome  # another process, or another reading in this batch, was first


def _refusal(error: Document) -> str:
    """Why the server refused a document, with the fields that its validator names."""
    details = error.get("errInfo", {}).get("details", {})
    rules = details.get("schemaRulesNotSatisfied", [])
    names = [prop["propertyName"] for rule in rules for prop in rule.get("propertiesNotSatisfied", [])]
    missing = [name for rule in rules for name in rule.get("missingProperties", [])]
    return str(error.get("errmsg", "refused")) + (f": {', '.join(names + missing)}" if names or missing else "")
