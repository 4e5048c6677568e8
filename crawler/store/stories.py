"""Ties the copies of a story together, whoever else does so at the same moment.

An article that is new or edited is stored with a mark (`unlinked`). `Stories.link` signs it, finds its copies, links
them, and takes the mark away in the end: after a death at any point in between, the mark has the next run do it again,
and all of it may be repeated. Of two processes that store two copies at the same moment, each writes its signature
before it looks for others, so one of them sees the other's.

A story is what links hold together. Its articles carry `story` (the least `_id` among them) and, but for the one that
was published first, `duplicate_of` (that one's `_id`). Both follow from the links alone, whatever the order in which
articles came: who wrote them looks afterwards whether they still do.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple

from bson import ObjectId
from bson.binary import Binary
from pymongo import UpdateMany, UpdateOne
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError

from crawler.identity import identify
from crawler.items import Article
from crawler.similarity import has_own_line, is_copy
from crawler.store.patience import raise_if_away
from crawler.store.signatures import FIELDS, WINDOW, Signatures, Subject

Document = dict[str, Any]
Mode = Literal["link", "drop", "off"]
MODES: tuple[Mode, ...] = ("link", "drop", "off")
"""What DEDUPLICATE may be."""

SERIES = timedelta(hours=18)
"""Two articles of one site that lie further apart and have each a paragraph of its own are two of a series."""
SHORT_WINDOW = timedelta(days=2)
"""Between two short texts that are the same, at the most: what comes back each week is not a copy."""

logger = logging.getLogger(__name__)

_BATCH = 20
_ROUNDS = 10


class _Label(NamedTuple):
    story: bytes
    first: bytes


class Stories:
    """One process' door to the stories."""

    def __init__(self, database: AsyncDatabase[Document]) -> None:
        self._articles = database["articles"]
        self._signatures = Signatures(database)

    async def link(self, ids: Iterable[bytes]) -> None:
        """Tie these articles to their copies, where they have the mark.

        About 1 ms of the event loop an article, given back between two of them. Repeatable.
        """
        todo = [Binary(one) for one in ids]
        while todo:
            batch, todo = todo[:_BATCH], todo[_BATCH:]
            # Ends: each time a line was learnt that was not known before.
            again = await self._link(batch)
            todo += await self._mark(again.difference(todo))

    async def link_marked(self, marks: Sequence[ObjectId]) -> None:
        """Tie the articles that have one of these marks. Repeatable."""
        query = {"unlinked": {"$in": list(marks), "$exists": True}}
        await self.link([row["_id"] async for row in self._articles.find(query, {"_id": 1})])

    async def link_waiting(self) -> AsyncIterator[int]:
        """Tie what earlier runs stored and did not come to tie; yields the number done after each batch."""
        query = {"unlinked": {"$exists": True}}
        before: set[bytes] = set()
        while found := [row["_id"] async for row in self._articles.find(query, {"_id": 1}).limit(_BATCH)]:
            if before == set(found):
                logger.warning("%d articles could not be tied to their stories: the next run tries again", len(found))
                break
            await self.link(found)
            before = set(found)
            yield len(found)

    async def is_outdated(self) -> bool:
        """Whether what is stored was signed by another version of Naba, so that its copies are not found."""
        return await self._signatures.is_outdated()

    async def forget(self) -> None:
        """Drop all that was computed of stories, and mark every article: `link_waiting` then computes it anew."""
        mark = {"$set": {"unlinked": ObjectId()}}
        # Twice: whatever happens in between, an article without a row has a mark.
        await self._articles.update_many({}, mark)
        await self._signatures.clear()
        await self._articles.update_many({"unlinked": {"$exists": False}}, mark)

    async def find_copy(self, article: Article) -> Document | None:
        """What is stored of the same story, the first that was published: its `_id`, `url` and `site`; None if nothing.

        Nothing is written.
        """
        document = article.model_dump(include={"site", "title", "body", "published_at"})
        seen = article.fetched_at or datetime.now(UTC)
        subject = Subject.of(document | {"_id": identify(article).key, "first_seen": seen})
        await self._signatures.strip([subject])
        (copies,), _ = await self._copies([subject])
        query = {"_id": {"$in": [Binary(one) for one in copies]}}
        return await self._articles.find_one(query, {"url": 1, "site": 1}, sort=[("published_at", 1), ("_id", 1)])

    async def _mark(self, ids: set[bytes]) -> list[Binary]:
        """Have articles judged again: should this process die, the next one does it."""
        marked = [Binary(one) for one in ids]
        if marked:
            await self._articles.update_many({"_id": {"$in": marked}}, {"$set": {"unlinked": ObjectId()}})
        return marked

    async def _link(self, ids: Sequence[Binary]) -> set[bytes]:
        """Link one batch; answers the articles that are to be judged again."""
        query = {"_id": {"$in": ids}, "unlinked": {"$exists": True}}
        documents = [row async for row in self._articles.find(query, FIELDS | {"unlinked": 1, "story": 1})]
        if not documents:
            return set()
        subjects = await _subjects(documents)
        again = await self._sign(subjects)
        linked = await self._signatures.links(subject.id for subject in subjects)
        for subject in subjects:
            subject.links = linked.get(subject.id, set())
        copies, more = await self._copies(subjects)
        await self._write_links(subjects, copies)
        labelled = {document["_id"] for document in documents if "story" in document}
        for subject, found in zip(subjects, copies, strict=True):
            if found or subject.links:
                labelled |= {subject.id, *found, *subject.links}
        await self._label(labelled)
        await self._unmark(documents)
        return again | more

    async def _sign(self, subjects: Sequence[Subject]) -> set[bytes]:
        self._signatures.show(subjects)
        signed = [subject.shown for subject in subjects]
        await self._signatures.put(subjects)
        # After the own rows are written: of two processes that do so at once, the later one sees both.
        again = await self._signatures.strip(subjects)
        changed = [one for one, shown in zip(subjects, signed, strict=True) if len(one.shown.lines) != len(shown.lines)]
        await self._signatures.put(changed)
        return again

    async def _copies(self, subjects: Sequence[Subject]) -> tuple[list[dict[bytes, Subject]], set[bytes]]:
        """The copies of each subject, by id; and the articles that are to be judged again."""
        found = await self._signatures.candidates(subjects)
        likely = [some | subject.links for some, subject in zip(found, subjects, strict=True)]
        ids = [Binary(one) for one in set().union(*likely)]
        documents = [row async for row in self._articles.find({"_id": {"$in": ids}}, FIELDS)] if ids else []
        others = {other.id: other for other in await _subjects(documents)}
        again = await self._signatures.strip(list(others.values())) if others else set()
        copies: list[dict[bytes, Subject]] = []
        for subject, some in zip(subjects, likely, strict=True):
            known = [others[one] for one in some if one in others]
            copies.append({other.id: other for other in known if are_copies(subject, other)})
            if known:
                await asyncio.sleep(0)
        return copies, again

    async def _write_links(self, subjects: Sequence[Subject], copies: Sequence[dict[bytes, Subject]]) -> None:
        """Link each subject with its copies, and no longer with what is none.

        A row takes a link only with the text that was compared: who signs another text afterwards finds the link in
        the row, and judges it anew.
        """
        writes: list[UpdateOne] = []

        def add(subject: Subject, other: Subject) -> None:
            if other.id not in subject.links:
                row = {"_id": Binary(subject.id), "stamp": subject.stamp}
                writes.append(UpdateOne(row, {"$addToSet": {"links": Binary(other.id)}}))

        for subject, found in zip(subjects, copies, strict=True):
            for other in found.values():
                add(other, subject)
                add(subject, other)
            for lost in subject.links - found.keys():
                for one, two in ((subject.id, lost), (lost, subject.id)):
                    writes.append(UpdateOne({"_id": Binary(one)}, {"$pull": {"links": Binary(two)}}))
        await self._signatures.bulk(writes)

    # --- labels

    async def _label(self, ids: set[bytes]) -> None:
        """Write `story` and `duplicate_of` into all articles that links tie to these, until the links say the same."""
        written: dict[bytes, _Label | None] = {}
        for _ in range(_ROUNDS):
            labels = await self._labels(ids)
            if labels == written:
                return
            await self._write_labels(labels)
            written = labels
        logger.warning("a story of %d articles was changed by others again and again", len(written))

    async def _labels(self, ids: set[bytes]) -> dict[bytes, _Label | None]:
        """What each of the articles, and what is tied to it, has to carry; None for one without copies."""
        graph: dict[bytes, set[bytes]] = {}
        todo = set(ids)
        while todo:
            rows = await self._signatures.links(todo)
            graph |= {one: rows.get(one, set()) for one in todo}
            todo = {link for links in rows.values() for link in links} - graph.keys()
        fields = {"published_at": 1, "first_seen": 1}
        stored = self._articles.find({"_id": {"$in": [Binary(one) for one in graph]}}, fields)
        published = {row["_id"]: row.get("published_at") or row["first_seen"] async for row in stored}
        labels: dict[bytes, _Label | None] = {}
        for one in graph:
            if one not in labels:
                story = [member for member in _tied(one, graph) if member in published]
                label = None
                if len(story) > 1:
                    label = _Label(min(story), min(story, key=lambda member: (published[member], member)))
                labels |= dict.fromkeys(story, label)
        return labels

    async def _write_labels(self, labels: dict[bytes, _Label | None]) -> None:
        writes: list[UpdateOne | UpdateMany] = []
        for label in set(labels.values()):
            members = [Binary(one) for one, own in labels.items() if own == label and (not label or one != label.first)]
            if label is None:
                change: Document = {"$unset": {"story": "", "duplicate_of": ""}}
                writes.append(UpdateMany({"_id": {"$in": members}, "story": {"$exists": True}}, change))
                continue
            story, first = Binary(label.story), Binary(label.first)
            wrong: list[Document] = [{"story": {"$ne": story}}, {"duplicate_of": {"$ne": first}}]
            change = {"$set": {"story": story, "duplicate_of": first}}
            writes.append(UpdateMany({"_id": {"$in": members}, "$or": wrong}, change))
            wrong = [{"story": {"$ne": story}}, {"duplicate_of": {"$exists": True}}]
            change = {"$set": {"story": story}, "$unset": {"duplicate_of": ""}}
            writes.append(UpdateOne({"_id": first, "$or": wrong}, change))
        await self._bulk(writes)

    async def _unmark(self, documents: Sequence[Document]) -> None:
        """Take the marks away, but for those that an edit has renewed meanwhile."""
        marks: dict[Any, list[bytes]] = {}
        for document in documents:
            marks.setdefault(document["unlinked"], []).append(document["_id"])
        await self._bulk(
            [
                UpdateMany({"_id": {"$in": ids}, "unlinked": mark}, {"$unset": {"unlinked": ""}})
                for mark, ids in marks.items()
            ]
        )

    async def _bulk(self, writes: Sequence[UpdateOne | UpdateMany]) -> None:
        if writes:
            try:
                await self._articles.bulk_write(writes, ordered=False)
            except BulkWriteError as error:
                raise_if_away(error)
                raise


async def _subjects(documents: Iterable[Document]) -> list[Subject]:
    """Take texts apart, with the event loop given back between two of them."""
    subjects = []
    for document in documents:
        subjects.append(Subject.of(document))
        await asyncio.sleep(0)
    return subjects


def _tied(one: bytes, graph: dict[bytes, set[bytes]]) -> set[bytes]:
    """What links tie to an article, itself too; a link counts when both have it."""
    found, todo = {one}, [one]
    while todo:
        here = todo.pop()
        for link in graph[here] - found:
            if here in graph[link]:
                found.add(link)
                todo.append(link)
    return found


def are_copies(one: Subject, other: Subject) -> bool:
    """Whether two articles print the same text, near enough in time and not as parts of a series."""
    apart = abs(one.at - other.at)
    short = one.shown.is_short or other.shown.is_short
    if apart > (SHORT_WINDOW if short else WINDOW) or not is_copy(one.shown, other.shown):
        return False
    if one.site != other.site or apart < SERIES:
        return True
    return not (has_own_line(one.shown, other.shown) and has_own_line(other.shown, one.shown))
