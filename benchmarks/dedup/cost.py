"""What it costs to deduplicate and store one article in a small collection and in a large one, turn by turn."""

import hashlib
import random
import struct
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from bson.binary import Binary
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.write_concern import WriteConcern

from benchmarks.dedup.press import Press
from crawler.items import Article
from crawler.similarity import BANDS, HALF_BANDS, ROWS, VERSION
from crawler.store.articles import ArticleWriter
from crawler.store.schema import prepare
from crawler.store.signatures import FIELDS, WINDOW, Signatures, Subject

Document = dict[str, Any]

_NOW = datetime(2025, 6, 1, tzinfo=UTC)
A_DAY = 1_000
"""Articles published: a million are those of three years."""
_LINES = 9
"""Paragraphs of a stored article that have keys."""
_BULK = 2_000
BATCH = 20
_COPIES = 5
"""One in so many of the measured articles is a copy of the one before."""
_SITES = 200


@dataclass(slots=True)
class Cost:
    """Of one collection."""

    stored: int
    database: AsyncDatabase[Document]
    writing: list[float] = field(default_factory=list)
    """Seconds an article: matched, written and acknowledged by a journaled majority, signed, looked for, tied."""
    serving: list[float] = field(default_factory=list)
    """The server's processor seconds an article, its work in the background meanwhile too."""
    pages: int = 0
    """Pages of all that is stored which the server read from the disk meanwhile."""
    looking: list[float] = field(default_factory=list)
    """Seconds in which one article's candidates were looked up."""
    index_bytes: float = 0.0
    """Of the signatures' indexes, an article."""
    row_bytes: float = 0.0
    """Of the signatures' rows as they lie on the disk, an article."""


class Bulk:
    """Generated articles and signatures, as the schema has them: short texts, but as many keys as a real one."""

    def __init__(self, seed: int, stored: int, a_day: int) -> None:
        self.random = random.Random(f"bulk {seed}")  # noqa: S311 - a seed, no secret
        self.press = Press(seed)
        self.stored = stored
        self.a_day = a_day

    def rows(self) -> Iterator[tuple[Document, Document]]:
        """An article's document and its signature, in the order of publication, up to `_NOW`."""
        for number in range(self.stored):
            at = _NOW - timedelta(days=(self.stored - number) / self.a_day)
            key = Binary(hashlib.sha256(f"{self.stored} {number}".encode()).digest()[:16])
            yield self._article(key, number, at), self._signature(key, number, at)

    def _article(self, key: Binary, number: int, at: datetime) -> Document:
        words = self.press.some_words(40)
        return {
            "_id": key,
            "url": f"https://s{number % _SITES}.example/{number}",
            "site": f"s{number % _SITES}",
            "title": " ".join(words[:8]),
            "body": " ".join(words),
            "text_hash": key,
            "number": 1,
            **dict.fromkeys(("published_at", "first_seen", "last_seen", "fetched_at"), at),
            "aliases": [],
            "terms": words[:20],
            "title_terms": words[:5],
            "terms_v": 1,
        }

    def _signature(self, key: Binary, number: int, at: datetime) -> Document:
        fortnight = (at - datetime(1970, 1, 1, tzinfo=UTC)) // WINDOW
        count = BANDS + 2 * HALF_BANDS + _LINES
        drawn = struct.unpack(f"{count}Q", self.random.randbytes(8 * count))
        parts = [number >> 16 & ~1 if i >= _LINES else number >> 16 | 1 for i, number in enumerate(drawn)]
        return {
            "_id": key,
            "site": f"s{number % _SITES}",
            "at": at,
            "stamp": self.random.getrandbits(62),
            "version": VERSION,
            "sketch": Binary(self.random.randbytes(2 * BANDS * ROWS)),
            "keys": sorted(fortnight << 48 | part for part in parts),
        }


async def fill(database: AsyncDatabase[Document], stored: int, seed: int, a_day: int) -> None:
    """Store so many generated articles with their signatures, in the order in which they came.

    The indexes are built when all is there: a million entry by entry take hours on a busy machine.
    """
    unsafe = WriteConcern(w=1, j=False)
    articles, signatures = (database.get_collection(name, write_concern=unsafe) for name in ("articles", "signatures"))
    rows, begin, done = Bulk(seed, stored, a_day).rows(), time.monotonic(), 0
    while batch := list(islice(rows, _BULK)):
        await articles.insert_many([article for article, _ in batch], ordered=False)
        await signatures.insert_many([signature for _, signature in batch], ordered=False)
        done += len(batch)
        if done % 50_000 == 0:
            print(f"  {done:,} stored, {done / (time.monotonic() - begin):,.0f} a second", file=sys.stderr)
    begin = time.monotonic()
    await prepare(database)
    print(f"  {stored:,} stored and indexed, the indexes in {time.monotonic() - begin:.0f} s", file=sys.stderr)


def _batches(press: Press, count: int) -> Iterator[list[Article]]:
    """Articles of today, some of them copies of the one before on another site."""
    story: list[str] = []
    for batch in range(count):
        articles = []
        for place in range(BATCH):
            number = batch * BATCH + place
            story = press.reprint("another lead", story) if number % _COPIES == 1 else press.story()
            articles.append(
                Article(
                    url=f"https://s{number % _SITES}.example/today/{number}",
                    title=" ".join(story[0].split()[:9]),
                    body="\n\n".join(story),
                    site=f"s{number % _SITES}",
                    published_at=_NOW + timedelta(seconds=number),
                    fetched_at=_NOW + timedelta(hours=1),
                )
            )
        yield articles


async def measure(costs: Sequence[Cost], batches: int, seed: int) -> None:
    """Store the same articles in each collection, a batch here and a batch there, so that all meet the same machine."""
    writers = [ArticleWriter(cost.database) for cost in costs]
    for number, batch in enumerate(_batches(Press(f"cost {seed}"), batches)):
        turn = list(zip(costs, writers, strict=True))
        for cost, writer in turn if number % 2 else reversed(turn):
            before, pages = await _work(cost.database)
            begin = time.perf_counter()
            outcomes = await writer.write(batch)
            elapsed = time.perf_counter() - begin
            after, more_pages = await _work(cost.database)
            assert set(outcomes) == {"new"}, outcomes
            if number >= batches // 10:  # the first ones open what the others find open
                cost.writing.append(elapsed / len(batch))
                cost.serving.append((after - before) / len(batch))
                cost.pages += more_pages - pages
    for cost in costs:
        await _look(cost)


async def _work(database: AsyncDatabase[Document]) -> tuple[float, int]:
    """What the server has done since its start: processor seconds, and pages that it read from the disk."""
    status = await database.command("serverStatus")
    used = status["extra_info"]
    seconds = (used["user_time_us"] + used["system_time_us"]) / 1e6
    return seconds, status["wiredTiger"]["cache"]["pages read into cache"]


async def _look(cost: Cost) -> None:
    """Look up one article's candidates at a time, and read the sizes."""
    signatures = Signatures(cost.database)
    cursor = cost.database["articles"].find({"published_at": {"$gte": _NOW}}, FIELDS).limit(500)
    for subject in [Subject.of(document) async for document in cursor]:
        begin = time.perf_counter()
        await signatures.candidates([subject])
        cost.looking.append(time.perf_counter() - begin)
    stats = await cost.database.command("collStats", "signatures")
    cost.index_bytes = sum(stats["indexSizes"].values()) / stats["count"]
    cost.row_bytes = stats["storageSize"] / stats["count"]
