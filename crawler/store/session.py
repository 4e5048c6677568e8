"""One crawl's hold on the database: the connection that its components share, and the record of the run."""

import asyncio
import logging
import secrets
from collections import Counter
from datetime import UTC, datetime
from typing import Any, Self

import pymongo
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import PyMongoError
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.extraction.version import version_of
from crawler.store.connection import FAREWELL_SECONDS, Connection, brief, open_database
from crawler.store.crawls import beginning, mark_died
from crawler.store.measures import Measures
from crawler.store.patience import Patience
from crawler.store.schema import prepare

Document = dict[str, Any]

logger = logging.getLogger(__name__)

COUNTS = ("new", "updated", "unchanged", "duplicate", "dropped", "failed")
_PREFIX = "articles/"
_NOTES = 1000
"""Addresses that one run's record names; all are counted."""
_DETAIL = 500
"""Characters of a note's detail."""
_ADDRESS = 2000
"""Characters of a note's address."""
_PROGRESS_SECONDS = 10.0


def counts(stats: dict[str, Any]) -> Document:
    """What became of a crawl's articles, from its stats: numbers by kind, and by reason where there are reasons."""
    result: Document = dict.fromkeys(COUNTS, 0)
    reasons: dict[str, Counter[str]] = {}
    for name, value in stats.items():
        if not name.startswith(_PREFIX):
            continue
        kind, _, reason = name.removeprefix(_PREFIX).partition("/")
        result[kind] = result.get(kind, 0) + value
        if reason:
            reasons.setdefault(kind, Counter())[reason] += value
    return result | {f"{kind}_by_reason": dict(counter) for kind, counter in reasons.items()}


def discovery(stats: dict[str, Any]) -> Document:
    """What each way of discovery gave: listings asked for and unchanged, addresses named, the oldest instant told."""
    ways: Document = {}
    for name, value in stats.items():
        if name.startswith("discovery/"):
            _, way, what = name.split("/")
            ways.setdefault(way, {"asked": 0, "unchanged": 0, "found": 0, "oldest": None})[what] = value
    for way, told in ways.items():
        told["found"] = stats.get(f"{_PREFIX}found/{way}", 0)
    return ways


def _extractor(spider: Spider) -> str:
    """The version of what reads the spider's pages, its rules in it."""
    site = getattr(spider, "site", None)
    return version_of(site() if site else None)


class StoreSession:
    """Extension: opens the database when first asked, keeps the run in `crawls`, closes when the crawl ends.

    A run that is killed keeps `ended_at: null` until the next run of its site, or whoever looks, finds that its
    process is gone: see `mark_died`.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("STORE_ENABLED", default=True):
            raise NotConfigured
        self.crawler = crawler
        self.crawl_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        self.notes: list[Document] = []
        self._notes_written = 0
        self._connection: Connection | None = None
        self._database: AsyncDatabase[Document] | None = None
        self._opening = asyncio.Lock()
        self._progress: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the crawl's signals."""
        session = cls(crawler)
        crawler.signals.connect(session.spider_opened, signals.spider_opened)
        crawler.signals.connect(session.spider_closed, signals.spider_closed)
        return session

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The session of this crawl.

        Raises:
            NotConfigured: for a crawl that stores nothing (STORE_ENABLED off).
        """
        session = crawler.get_extension(cls)
        if session is None:
            raise NotConfigured("this crawl stores nothing")
        return session

    async def database(self) -> AsyncDatabase[Document]:
        """The database, with its collections and indexes in place.

        Raises:
            UserError: when it cannot be reached or prepared.
        """
        async with self._opening:
            if self._database is None:
                # Starting the local server takes a second: not on the event loop.
                self._connection = await asyncio.to_thread(open_database, self.crawler.settings)
                database = self._connection.async_database()
                await prepare(database)
                self._database = database
        return self._database

    def is_stopped(self) -> bool:
        """Whether the local server was stopped under this crawl, on purpose."""
        return self._connection is not None and self._connection.is_stopped()

    def note(self, address: str, reason: str, detail: str | None = None, archived: Document | None = None) -> None:
        """Remember an address that gave no article, so that `scrapy crawls` can name it.

        Args:
            address: of the page.
            reason: `failed/...` or `dropped/...`.
            detail: what went wrong, in a line.
            archived: file and offset of the page in the archive.
        """
        if len(self.notes) < _NOTES:
            note = {"address": address[:_ADDRESS], "reason": reason, "detail": detail[:_DETAIL] if detail else None}
            self.notes.append(note | {"archived": archived, "at": datetime.now(UTC)})

    async def spider_opened(self, spider: Spider) -> None:
        """Begin the run's record."""
        crawls = (await self.database())["crawls"]
        assert self._connection is not None
        await asyncio.to_thread(mark_died, self._connection.database(), spider.name)
        record = beginning(spider.name, getattr(spider, "given", {}), self.crawler.settings, _extractor(spider))
        record |= {"counts": counts({}), "notes": []}
        await crawls.update_one({"_id": self.crawl_id}, {"$setOnInsert": record}, upsert=True)
        self._progress = asyncio.create_task(self._report_progress())

    async def _report_progress(self) -> None:
        """Write the counts now and then: a run that is killed leaves how far it came."""
        while True:
            await asyncio.sleep(_PROGRESS_SECONDS)
            try:
                # Whoever took this run for dead, as its machine was cut off for a while, was wrong.
                await self._update({"ended_at": None, "reason": None})
            except PyMongoError as error:
                logger.warning("the run's record could not be written: %s", brief(error))

    async def _update(self, fields: Document) -> None:
        crawls = (await self.database())["crawls"]
        stats = self.crawler.stats.get_stats()
        change: Document = {"counts": counts(stats), "discovery": discovery(stats)} | fields
        if measures := self.crawler.get_extension(Measures):
            change |= measures.document()
        if (notes := len(self.notes)) > self._notes_written:
            change["notes"] = self.notes
        await crawls.update_one({"_id": self.crawl_id}, {"$set": change, "$currentDate": {"alive_at": True}})
        self._notes_written = notes

    async def spider_closed(self, reason: str) -> None:
        """End the run's record and let the database go."""
        if self._progress is not None:
            self._progress.cancel()
        try:
            if not self.is_stopped():
                # A crawl that ended because the server stayed away has waited for it.
                seconds = 0.0 if reason == "store_failed" else self.crawler.settings.getfloat("STORE_PATIENCE")
                ending = {"ended_at": datetime.now(UTC), "reason": reason}
                await Patience(seconds, self.is_stopped).call(self._update, ending)
        except PyMongoError as error:
            logger.error("the run's record could not be written: %s", brief(error))  # noqa: TRY400 - the server is the matter
        finally:
            if self._database is not None:
                with pymongo.timeout(FAREWELL_SECONDS):
                    await self._database.client.close()
            if self._connection is not None:
                await asyncio.to_thread(self._connection.close)
