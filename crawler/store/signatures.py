"""What finds the copies of a text: a row an article, its banded keys in one index.

| field | holds |
|---|---|
| `_id` | the article's |
| `keys` | the bands of its signature and its paragraphs, each with the fortnight of its publication in front |
| `sketch` | what estimates the Jaccard index before a text is fetched |
| `site`, `at` | of the article; `at` is when it was published, or first seen |
| `stamp` | hash of what was signed: a link made to an earlier text does not count |
| `links` | articles that were found to be copies of it; a link holds when both rows have it |

The fortnight in front keeps new keys together, so that the cost of one more does not grow with the collection, and
bounds the search: copies lie at most `WINDOW` apart. All of it can be computed again from `articles`.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bson.binary import Binary
from pymongo import UpdateOne
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError
from xxhash import xxh3_64_intdigest

from crawler.similarity import VERSION, Text, estimate, read
from crawler.store.patience import raise_if_away

Document = dict[str, Any]

WINDOW = timedelta(days=14)
"""Between the publication of two copies, at the most. What is printed again later is an article of its own."""
STANDING = 4
"""Articles of one site, each with a text of its own, that make a paragraph common to them a standing one."""
FIELDS = dict.fromkeys(("site", "title", "body", "published_at", "first_seen"), 1)
"""What of an article a subject is made from."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HASH_BITS = 48
_HASH = (1 << _HASH_BITS) - 1
_LINES = 24
"""Paragraphs of an article that have keys: half of them its first, half its last."""
_TITLED = 10  # words; a shorter text says nothing without its headline
_CANDIDATES = 24  # that are read in full for one article, the likest first
_ROWS = 256  # that are looked at for one article
_LEAST = 0.15  # estimated Jaccard index; copies have 0.29 and over
_SITES = 1000
_ROUNDS = 5
_DUPLICATE_KEY = 11000


@dataclass(slots=True)
class Subject:
    """An article as it is compared."""

    id: bytes
    site: str | None
    at: datetime
    stamp: int
    """Signed 64-bit hash of what decides on its copies."""
    fortnight: int
    """Which one since 1970 it was published in."""
    text: Text
    shown: Text
    """Without what is known to be standing lines of its site."""
    links: set[bytes] = field(default_factory=set)

    @classmethod
    def of(cls, document: Document) -> "Subject":
        """The subject in an article's document, which holds at least `FIELDS`."""
        text = read(document["body"])
        if len(text.words) < _TITLED:
            text = read(f"{document['title']}\n{document['body']}")
        published = document.get("published_at")
        stamp = xxh3_64_intdigest(f"{text.exact} {published}".encode()) - (1 << 63)
        at = published or document["first_seen"]
        return cls(document["_id"], document.get("site"), at, stamp, (at - _EPOCH) // WINDOW, text, text)

    def lines(self) -> list[int]:
        """Keys of the paragraphs that are asked about."""
        found = list(dict.fromkeys(line.key for line in self.text.lines if line.key))
        return found if len(found) <= _LINES else found[: _LINES // 2] + found[-_LINES // 2 :]

    def line_hash(self, line: int) -> int:
        """A paragraph's part of a key: odd, and its site's own."""
        return (line ^ xxh3_64_intdigest((self.site or "").encode())) & _HASH | 1


def _key(fortnight: int, part: int) -> int:
    return (fortnight % (1 << 15)) << _HASH_BITS | part


def _band(band: int) -> int:
    return band & _HASH & ~1


def _around(subject: Subject, part: int) -> tuple[int, int, int]:
    """The keys of what was published up to a fortnight before or after."""
    fortnight = subject.fortnight
    return _key(fortnight - 1, part), _key(fortnight, part), _key(fortnight + 1, part)


class Signatures:
    """The collection, and what one process has learnt from it."""

    def __init__(self, database: AsyncDatabase[Document]) -> None:
        self._rows = database["signatures"]
        # Learnt standing lines by site and fortnight; what is forgotten is learnt again.
        self._standing: OrderedDict[tuple[str | None, int], set[int]] = OrderedDict()

    # --- writing

    async def put(self, subjects: Sequence[Subject]) -> None:
        """Write the rows; what is answered is acknowledged. Links that were there stay."""
        writes = []
        for subject in subjects:
            signature = subject.shown.signature
            parts = {_band(band) for band in signature.bands} | {subject.line_hash(line) for line in subject.lines()}
            fields = {
                "site": subject.site,
                "at": subject.at,
                "stamp": subject.stamp,
                "version": VERSION,
                "sketch": Binary(signature.sketch),
                "keys": sorted(_key(subject.fortnight, part) for part in parts),
            }
            writes.append(UpdateOne({"_id": Binary(subject.id)}, {"$set": fields}, upsert=True))
        await self.bulk(writes)

    async def bulk(self, writes: Sequence[UpdateOne]) -> None:
        """Unordered writes, each of which may be repeated."""
        if not writes:
            return
        try:
            await self._rows.bulk_write(writes, ordered=False)
        except BulkWriteError as error:
            raise_if_away(error)
            refused = error.details["writeErrors"]
            if any(item["code"] != _DUPLICATE_KEY for item in refused):
                raise
            # Another process wrote the same article's row first: now it is there.
            await self._rows.bulk_write([writes[item["index"]] for item in refused], ordered=False)

    async def is_outdated(self) -> bool:
        """Whether the oldest row was signed in another way than today's."""
        row = await self._rows.find_one({}, {"version": 1})
        return row is not None and row["version"] != VERSION

    async def clear(self) -> None:
        """Delete all rows; what this process learnt from them is forgotten too."""
        await self._rows.delete_many({})
        self._standing.clear()

    async def links(self, ids: Iterable[bytes]) -> dict[bytes, set[bytes]]:
        """The links in these articles' rows."""
        cursor = self._rows.find({"_id": {"$in": [Binary(one) for one in ids]}}, {"links": 1})
        return {row["_id"]: set(row.get("links", ())) async for row in cursor}

    # --- standing lines

    def show(self, subjects: Iterable[Subject]) -> None:
        """Leave what is known to be standing lines out of what is shown of each subject."""
        for subject in subjects:
            if known := self._known(subject):
                subject.shown = subject.text.without(known)

    async def strip(self, subjects: Sequence[Subject]) -> set[bytes]:
        """Learn the standing lines among the subjects' paragraphs, and leave them out of what is shown.

        A paragraph is standing where `STANDING` articles of the site around that time have it, and each of them has
        one that the others lack. A text and its copies are contained in each other, so they make nothing standing.

        Answers:
            Articles that have links and a line that was not known to be standing: they are to be judged again.
        """
        linked: set[bytes] = set()
        for _ in range(_ROUNDS):
            asked = {
                key
                for subject in subjects
                for line in subject.lines()
                if line not in self._known(subject)
                for key in _around(subject, subject.line_hash(line))
            }
            limit = _ROWS * max(1, len(subjects))
            cursor = self._rows.find({"keys": {"$in": sorted(asked)}}, {"keys": 1, "links": 1}).limit(limit)
            rows = [row async for row in cursor] if asked else []
            learnt, touched = self._learn(subjects, rows)
            linked |= touched
            if len(rows) < limit or not learnt:
                break
        self.show(subjects)
        return linked

    def _learn(self, subjects: Sequence[Subject], rows: Sequence[Document]) -> tuple[bool, set[bytes]]:
        holders: defaultdict[int, list[tuple[Document, frozenset[int]]]] = defaultdict(list)
        for row in rows:
            lines = frozenset(key & _HASH for key in row["keys"] if key & 1)
            for part in lines:
                holders[part].append((row, lines))
        learnt, linked = False, set()
        for subject in subjects:
            own = frozenset(map(subject.line_hash, subject.lines()))
            known = self._known(subject)
            for line in subject.lines():
                having = holders.get(subject.line_hash(line), ())
                if line in known or len(having) < STANDING - 1:
                    continue
                if _differ(own, [lines for row, lines in having if row["_id"] != subject.id]):
                    known.add(line)
                    learnt = True
                    linked |= {row["_id"] for row, _ in having if row.get("links")}
        return learnt, linked

    def _known(self, subject: Subject) -> set[int]:
        place = (subject.site, subject.fortnight)
        known = self._standing.setdefault(place, set())
        self._standing.move_to_end(place)
        if len(self._standing) > _SITES:
            self._standing.popitem(last=False)
        return known

    # --- candidates

    async def candidates(self, subjects: Sequence[Subject]) -> list[set[bytes]]:
        """The articles that may be copies of each subject: those that share a band, the likest first up to a number."""
        wanted: defaultdict[int, list[int]] = defaultdict(list)
        asked: set[int] = set()
        signatures = [subject.shown.signature for subject in subjects]
        for i, (subject, signature) in enumerate(zip(subjects, signatures, strict=True)):
            for part in map(_band, signature.bands):
                wanted[part].append(i)
                asked.update(_around(subject, part))
        limit = _ROWS * len(subjects)
        fields = {"keys": 1, "sketch": 1, "at": 1}
        cursor = self._rows.find({"keys": {"$in": sorted(asked)}}, fields).limit(limit)
        rows = [row async for row in cursor] if asked else []
        if len(rows) == limit and len(subjects) > 1:  # one that is like very many does not hide the others' copies
            return [(await self.candidates([subject]))[0] for subject in subjects]
        found: list[list[tuple[float, bytes]]] = [[] for _ in subjects]
        for row in rows:
            for i in {i for key in row["keys"] for i in wanted.get(key & _HASH, ())}:
                likeness = estimate(signatures[i].sketch, row["sketch"])
                near = abs(row["at"] - subjects[i].at) <= WINDOW
                if row["_id"] != subjects[i].id and near and likeness >= _LEAST:
                    found[i].append((likeness, row["_id"]))
        return [{one for _, one in sorted(some, reverse=True)[:_CANDIDATES]} for some in found]


def _differ(own: frozenset[int], others: Iterable[frozenset[int]]) -> bool:
    """Whether there are enough articles of which none has all paragraphs of another."""
    apart = [own]
    for lines in others:
        if all(lines - one and one - lines for one in apart):
            apart.append(lines)
            if len(apart) >= STANDING:
                return True
    return False
