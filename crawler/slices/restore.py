"""`scrapy import`: articles of a JSON Lines export back into a collection, as they were.

What is not stored is written as the file has it, with its earlier versions and readings. What is stored stays unless
the file's is the same article further on; everything else is one more reading, and goes the way of readings
(`ArticleWriter`), which never puts an older one in a newer one's place.
"""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from bson import ObjectId
from bson.binary import Binary
from pymongo import InsertOne, UpdateOne
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import AutoReconnect, BulkWriteError

from crawler.items import Article
from crawler.slices.lines import EXCEPT_COMPUTED, HISTORY, STORE, from_extended, full_line
from crawler.slices.rows import Line, key_of, parse
from crawler.store.articles import ArticleWriter, WriteFailedError
from crawler.store.matching import match
from crawler.store.patience import Patience, raise_if_away

if TYPE_CHECKING:
    from crawler.store.stories import Mode, Stories

Document = dict[str, Any]


_OF_STORIES = ("story", "duplicate_of")  # they follow from what else is stored


class Restorer:
    """Writes batches of lines; each may be repeated, so an import that was killed is simply run again.

    Args:
        database: where, prepared.
        deduplicate: whether articles are tied to their stories, as of `ArticleWriter`.
        is_stopped: whether the server was stopped on purpose: then nothing waits for it.
        patience: seconds that each step of a batch waits for a server that is away.
    """

    def __init__(
        self,
        database: AsyncDatabase[Document],
        *,
        deduplicate: "Mode" = "link",
        is_stopped: Callable[[], bool] = lambda: False,
        patience: float = 60.0,
    ) -> None:
        self._database = database
        self._articles = database["articles"]
        self._writer = ArticleWriter(database, deduplicate=deduplicate, is_stopped=is_stopped, patience=patience)
        self._patience = Patience(patience, is_stopped)
        from crawler.store.stories import Stories  # loads NumPy: not for who only loads the command

        self._stories = None if deduplicate == "off" else Stories(database)
        self.unmerged = 0
        """Articles of the file whose earlier versions stay out, as the collection has versions of its own."""

    async def write(self, lines: Sequence[Line]) -> None:
        """Write a batch, and tell each line's fate."""
        patiently = self._patience.call  # each step by itself: what it did is known, when the next has to wait
        stored = await patiently(self._stored, lines)
        known = {line.number: stored.get(key_of(line.row)) for line in lines}
        for line in lines:
            if (there := known[line.number]) is not None and _same(line.row, there):
                line.fate = "unchanged"
                kept = from_extended(line.row[STORE])
                line.history = {name: kept.get(name) or [] for name in HISTORY}
            else:
                parse(line)
        await patiently(self._insert, [line for line in lines if line.document and known[line.number] is None])
        for line in lines:
            if line.fate is None and line.document and (there := known[line.number]) is not None:
                await patiently(self._advance, line, there)
        await self._read([line for line in lines if line.fate is None], known)
        same = [line for line in lines if line.fate == "unchanged" and line.document is None and line.history]
        await patiently(self._add_history, same)
        if self._stories is not None:
            put = [line.document["_id"] for line in lines if line.document and line.fate in {"new", "updated"}]
            await patiently(self._stories.link, put)

    async def finish(self) -> None:
        """Tie to their stories what an import that was killed stored and did not come to tie."""
        if self._stories is not None:
            await self._patience.call(self._link_waiting, self._stories)

    @staticmethod
    async def _link_waiting(stories: "Stories") -> None:
        async for _ in stories.link_waiting():
            pass

    def _mark(self) -> Document:
        """What has an article tied to its story in this collection, by this process or, after its death, the next."""
        return {} if self._stories is None else {"unlinked": ObjectId()}

    async def _stored(self, lines: Sequence[Line]) -> dict[str, Document]:
        """What is stored under the lines' keys, by hexadecimal key."""
        keys = [Binary(bytes.fromhex(key)) for line in lines if (key := key_of(line.row))]
        cursor = self._articles.find({"_id": {"$in": keys}}, EXCEPT_COMPUTED)
        return {bytes(document["_id"]).hex(): document async for document in cursor}

    async def _taken(self, lines: Sequence[Line]) -> set[int]:
        """Numbers of lines whose text or address is stored under another key: no article of their own."""
        taken: set[int] = set()
        conditions: list[Document] = [
            {"site": line.document["site"], "text_hash": line.document["text_hash"]} for line in lines if line.document
        ]
        own = {bytes(line.document["_id"]): line.number for line in lines if line.document}
        addresses = {
            bytes(alias["key"]): line.number for line in lines if line.document for alias in line.document["aliases"]
        } | own
        texts = {
            (line.document["site"], bytes(line.document["text_hash"])): line.number for line in lines if line.document
        }
        conditions.append({"aliases.key": {"$in": [Binary(key) for key in addresses]}})
        fields = {"site": 1, "text_hash": 1, "aliases": 1}
        async for document in self._articles.find({"$or": conditions}, fields):
            if (place := (document["site"], bytes(document["text_hash"]))) in texts:
                taken.add(texts[place])
            taken |= {addresses[key] for alias in document["aliases"] if (key := bytes(alias["key"])) in addresses}
        return taken

    async def _insert(self, lines: Sequence[Line]) -> None:
        """Write what is not stored; what turns out to be stored otherwise is left without a fate."""
        if not lines:
            return
        taken = await self._taken(lines)
        lines = [line for line in lines if line.number not in taken]
        # The history first: an article that is there has its history there.
        await self._add_history(lines)
        errors: dict[int, Document] = {}
        if lines:
            try:
                await self._articles.bulk_write(
                    [InsertOne(line.document | self._mark()) for line in lines if line.document], ordered=False
                )
            except BulkWriteError as error:
                raise_if_away(error)
                errors = {item["index"]: item for item in error.details["writeErrors"]}
        for i, line in enumerate(lines):
            if i not in errors:
                line.fate = "new"
            elif errors[i]["code"] != 11000:  # else another process was first
                line.fail(str(errors[i].get("errmsg", "refused")))

    async def _advance(self, line: Line, there: Document) -> None:
        """Put the file's state in the place of an earlier state of the same article; else leave it without a fate."""
        new, history = line.document, line.history
        assert new is not None
        assert history is not None
        if not _is_newer(new, there) or not _goes_on_from(new, history, there):
            return
        await self._add_history([line])
        merged = (
            new
            | self._mark()
            | {
                "first_seen": min(new["first_seen"], there["first_seen"]),
                "last_seen": max(new["last_seen"], there["last_seen"]),
                "aliases": list({bytes(one["key"]): one for one in (*there["aliases"], *new["aliases"])}.values()),
            }
        )
        guard = {"_id": new["_id"], "number": there["number"], "fetched_at": there["fetched_at"]}
        try:
            result = await self._articles.bulk_write([UpdateOne(guard, {"$set": _without_id(merged)})])
        except BulkWriteError as error:
            raise_if_away(error)
            return
        if result.matched_count:
            line.fate = "updated"

    async def _read(self, lines: Sequence[Line], known: dict[int, Document | None]) -> None:
        """Write lines as readings."""
        readings = []
        undated = [
            line for line in lines if line.article and line.article.fetched_at is None and not known[line.number]
        ]
        asked = [line.article for line in undated if line.article]
        found = await self._patience.call(match, self._articles, asked) if asked else []
        there = known | {line.number: one.stored for line, one in zip(undated, found, strict=True)}
        for line in lines:
            stored = there[line.number]
            if line.article and (stored is None or _is_later(line.article, stored)):
                readings.append(line)
            else:
                line.fate = "unchanged"
        outcomes = await self._writer.write([line.article for line in readings if line.article])
        if self._writer.is_lost:  # the lines are not bad: the import ends, and is run again
            raise AutoReconnect(next(str(one) for one in outcomes if isinstance(one, WriteFailedError)))
        for line, outcome in zip(readings, outcomes, strict=True):
            if isinstance(outcome, WriteFailedError):
                line.fail(str(outcome))
            else:
                line.fate = outcome
        self.unmerged += sum(bool(line.history and line.history["revisions"]) for line in lines)

    async def _add_history(self, lines: Sequence[Line]) -> None:
        """Add versions and readings that are not there; those that are stay."""
        for name, fields in HISTORY.items():
            operations = [
                UpdateOne(
                    {"article": key} | {field: one.get(field) for field in fields}, {"$setOnInsert": one}, upsert=True
                )
                for line in lines
                for key in [Binary(bytes.fromhex(key_of(line.row)))]
                for one in (line.history or {}).get(name, [])
            ]
            if not operations:
                continue
            try:
                await self._database[name].bulk_write(operations, ordered=False)
            except BulkWriteError as error:
                raise_if_away(error)
                if other := [item for item in error.details["writeErrors"] if item["code"] != 11000]:
                    raise ValueError(str(other[0].get("errmsg"))) from None


def _same(row: Document, stored: Document) -> bool:
    """Whether a row is what an export would write of the stored document now, its history and story aside."""
    there = json.loads(full_line(stored, {}))
    for line in (row := row | {STORE: dict(row[STORE])}, there):
        for name in (*HISTORY, *_OF_STORIES):
            line[STORE].pop(name, None)
    return bool(row == there)


def _is_newer(new: Document, there: Document) -> bool:
    if not new["fetched_at"] or not there["fetched_at"]:
        return False
    return bool((new["fetched_at"], new["number"]) > (there["fetched_at"], there["number"]))


def _is_later(article: Article, there: Document) -> bool:
    """Whether a reading is known to be newer than what is stored."""
    return article.fetched_at is not None and (not there["fetched_at"] or article.fetched_at > there["fetched_at"])


def _goes_on_from(new: Document, history: dict[str, list[Document]], there: Document) -> bool:
    """Whether what is stored is the file's article, or one of its earlier versions."""
    versions = {one["number"]: one for one in history["revisions"]} | {new["number"]: new}
    version = versions.get(there["number"])
    return version is not None and all(version.get(name) == there[name] for name in ("title", "body"))


def _without_id(document: Document) -> Document:
    return {name: value for name, value in document.items() if name != "_id"}
