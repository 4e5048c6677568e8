"""A re-extraction: documents go to worker processes, which read their pages; what changed comes back and is written.

Parent and workers exchange documents and changes; pages are read from disk in the worker that takes them apart.
A run that is killed has written some articles and not the others, and the next takes the others.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import bson
from bson.binary import Binary
from bson.raw_bson import RawBSONDocument
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import PyMongoError

from crawler.catalogue import find_site
from crawler.extraction.pool import ExtractionPool, WorkerDiedError
from crawler.extraction.rules import Site
from crawler.extraction.version import VERSION, version_of
from crawler.reextraction.reading import guarding, renew
from crawler.reextraction.tally import Tally
from crawler.store.patience import DELAYS, Patience, is_away
from crawler.store.reextracted import Renewal, due, find_raw, without_page, write_renewals

if TYPE_CHECKING:
    from crawler.store.stories import Mode

Document = dict[str, Any]

_BATCH = 16  # articles that go to a worker at once: what a kill reads in vain is a few times as many
_PROGRESS_SECONDS = 10.0


class Reextraction:
    """One run.

    Args:
        database: prepared, unless nothing is to be written.
        sites: of the catalogue, by name.
        archive: folder that references are relative to.
        pool: workers; closed by whoever made it.
        workers: how many.
        patience: how long a server that is away is waited for.
        deduplicate: whether copies are tied: DEDUPLICATE.
        dry_run: nothing is written.
    """

    def __init__(
        self,
        database: AsyncDatabase[Document],
        sites: dict[str, Site],
        archive: Path,
        pool: ExtractionPool,
        *,
        workers: int,
        patience: Patience,
        deduplicate: "Mode",
        dry_run: bool,
    ) -> None:
        self.database = database
        self.sites = sites
        self.by_domain = {domain.lower(): site for site in sites.values() for domain in site.domains}
        self.archive = archive
        self.pool = pool
        self.patience = patience
        self.dry_run = dry_run
        self.versions = [VERSION, *map(version_of, sites.values())]
        from crawler.store.stories import Stories  # loads NumPy: not for who only loads the command

        self.stories = None if deduplicate == "off" else Stories(database)
        self.tally = Tally()
        self.in_work: set[bytes] = set()
        self.slots = asyncio.Semaphore(2 * workers)

    async def count(self, query: Document, *, again: bool) -> tuple[int, int]:
        """How many articles of the query are due, and how many would be, had their page been kept."""
        count = self.database["articles"].count_documents
        return (
            await self.patience.call(count, due(query, self.versions, again=again)),
            await self.patience.call(count, without_page(query, self.versions)),
        )

    async def run(
        self, query: Document, *, again: bool, done: Callable[[Sequence[tuple[Renewal, str | None]]], None]
    ) -> None:
        """Read every due article of the query.

        Args:
            query: which articles.
            again: those that are current, too.
            done: called with some articles when they are settled.
        """
        wanted = due(query, self.versions, again=again)
        async with asyncio.TaskGroup() as tasks:
            # Where nothing is written, or all is read again, what was read stays due: a place to go on from is needed.
            async for batch in self._batches(wanted, sorted_=again or self.dry_run):
                await self.slots.acquire()
                self.in_work |= (ids := {one["_id"] for one in batch})
                tasks.create_task(self._settle(batch, ids, done))

    async def _batches(self, query: Document, *, sorted_: bool) -> AsyncIterator[list[RawBSONDocument]]:
        """The documents, some at a time, each once.

        A cursor that the server lost is opened anew: behind what it gave, or without it, where what is written is not
        due any more and the rest is in work.
        """
        after: Binary | None = None
        batch: list[RawBSONDocument] = []
        known: set[bytes] = set()
        lost_at: float | None = None
        while True:
            try:
                async for document in find_raw(self.database, query, after=after, sorted_=sorted_):
                    after, lost_at = document["_id"] if sorted_ else None, None
                    if document["_id"] in known:
                        continue
                    batch.append(document)
                    if len(batch) == _BATCH:
                        yield batch
                        batch = []
            except PyMongoError as error:
                lost_at = lost_at or monotonic()
                is_over = self.patience.is_lost or monotonic() - lost_at > self.patience.seconds
                if is_over or not is_away(error):
                    raise
                known |= self.in_work | {one["_id"] for one in batch}
                await asyncio.sleep(DELAYS[0])
                continue
            if batch:
                yield batch
            return

    async def _settle(
        self,
        batch: Sequence[RawBSONDocument],
        ids: set[bytes],
        done: Callable[[Sequence[tuple[Renewal, str | None]]], None],
    ) -> None:
        try:
            await self._renew(batch, done)
        finally:
            self.in_work -= ids
            self.slots.release()

    async def _renew(
        self, batch: Sequence[RawBSONDocument], done: Callable[[Sequence[tuple[Renewal, str | None]]], None]
    ) -> None:
        renewals = await self._read(batch)
        outcomes: dict[int, str] = {}
        if not self.dry_run:
            places = [place for place, one in enumerate(renewals) if one.reason is None or one.is_final]
            written = [renewals[place] for place in places]
            refused = await self.patience.call(write_renewals, self.database, written)
            outcomes = {places[place]: outcome for place, outcome in refused.items()}
            if self.stories is not None:
                others = [one.stored["_id"] for one in written if one.is_other_text]
                await self.patience.call(self.stories.link, others)
        settled = [(one, outcomes.get(place)) for place, one in enumerate(renewals)]
        for one, outcome in settled:
            self.tally.take(one, outcome)
        done(settled)

    async def _read(self, batch: Sequence[RawBSONDocument]) -> list[Renewal]:
        articles = [(bytes(document.raw), self._site(document)) for document in batch]
        try:
            return await self.pool.call(partial(renew, articles, self.archive))
        except WorkerDiedError:  # one of them did it: each for itself
            return [await self._read_one(*article) for article in articles]

    async def _read_one(self, raw: bytes, site: Site | None) -> Renewal:
        try:
            (renewal,) = await self.pool.call(partial(renew, [(raw, site)], self.archive))
        except WorkerDiedError as death:
            stored = guarding(bson.decode(raw, self.database.codec_options))
            reason = death.kind.replace(" ", "_")
            return Renewal(stored, reason=reason, detail=str(death), version=version_of(site), is_final=True)
        return renewal

    def _site(self, document: RawBSONDocument) -> Site | None:
        """The site that the article was stored with, else the one that has its address today."""
        return self.sites.get(document.get("site") or "") or find_site(document["url"], self.by_domain)


class RunRecord:
    """The run in `crawls`: begun, told how far it is now and then, ended."""

    def __init__(
        self, database: AsyncDatabase[Document], beginning: Document, tally: Tally, patience: Patience
    ) -> None:
        self.crawls = database["crawls"]
        self.id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        self.beginning = beginning
        self.tally = tally
        self.patience = patience
        self._telling: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Write it for the first time."""
        record = {**self.beginning, "counts": self.tally.counts(), "notes": []}
        await self.patience.call(self.crawls.update_one, {"_id": self.id}, {"$setOnInsert": record}, upsert=True)
        self._telling = asyncio.create_task(self._tell_now_and_then())

    async def _tell_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(_PROGRESS_SECONDS)
            with contextlib.suppress(PyMongoError):
                await self._tell({})

    async def _tell(self, fields: Document) -> None:
        change = {"counts": self.tally.counts(), "notes": self.tally.notes} | fields
        await self.crawls.update_one({"_id": self.id}, {"$set": change, "$currentDate": {"alive_at": True}})

    async def end(self, reason: str) -> None:
        """Write it for the last time."""
        if self._telling is not None:
            self._telling.cancel()
        await self.patience.call(self._tell, {"ended_at": datetime.now(UTC), "reason": reason})
