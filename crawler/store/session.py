"""One crawl's hold on the database: the connection that its components share, and the record of the run."""

import asyncio
import logging
import platform
import secrets
from collections import Counter
from datetime import UTC, datetime
from typing import Any, Self

import pymongo
import scrapy
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import PyMongoError
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler import __version__
from crawler.processes import holder
from crawler.store.connection import FAREWELL_SECONDS, Connection, brief, open_database
from crawler.store.schema import prepare

Document = dict[str, Any]

logger = logging.getLogger(__name__)

COUNTS = ("new", "updated", "unchanged", "duplicate", "dropped", "failed")
_PREFIX = "articles/"
_NOTES = 1000
"""Addresses that one run's record names; all are counted."""
_DETAIL = 500
"""Characters of a note's detail."""
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


class StoreSession:
    """Extension: opens the database when first asked, keeps the run in `crawls`, closes when the crawl ends.

    A run that was killed keeps `ended_at: null`; its process is named (`process`), so that others can tell.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("STORE_ENABLED", default=True):
            raise NotConfigured
        self.crawler = crawler
        self.crawl_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        self.notes: list[Document] = []
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

    def note(self, address: str, reason: str, detail: str | None = None) -> None:
        """Remember an address that gave no article, so that `scrapy crawls` can name it."""
        if len(self.notes) < _NOTES:
            told = detail[:_DETAIL] if detail else None
            self.notes.append({"address": address, "reason": reason, "detail": told, "at": datetime.now(UTC)})

    async def spider_opened(self, spider: Spider) -> None:
        """Begin the run's record."""
        crawls = (await self.database())["crawls"]
        arguments = getattr(spider, "given", {})
        await crawls.insert_one(
            {
                "_id": self.crawl_id,
                "site": spider.name,
                "arguments": arguments,
                "replay": self.crawler.settings.get("REPLAY"),
                "started_at": datetime.now(UTC),
                "ended_at": None,
                "reason": None,
                "counts": counts({}),
                "notes": [],
                "process": holder(),
                "versions": {"naba": __version__, "scrapy": scrapy.__version__, "python": platform.python_version()},
            }
        )
        self._progress = asyncio.create_task(self._report_progress())

    async def _report_progress(self) -> None:
        """Write the counts now and then: a run that is killed leaves how far it came."""
        while True:
            await asyncio.sleep(_PROGRESS_SECONDS)
            try:
                await self._update({})
            except PyMongoError as error:
                logger.warning("the run's record could not be written: %s", brief(error))

    async def _update(self, fields: Document) -> None:
        crawls = (await self.database())["crawls"]
        stats = self.crawler.stats.get_stats()
        change = {"counts": counts(stats), "discovery": discovery(stats), "notes": self.notes} | fields
        await crawls.update_one({"_id": self.crawl_id}, {"$set": change})

    async def spider_closed(self, reason: str) -> None:
        """End the run's record and let the database go."""
        if self._progress is not None:
            self._progress.cancel()
        try:
            if not self.is_stopped():
                await self._update({"ended_at": datetime.now(UTC), "reason": reason})
        except PyMongoError as error:
            logger.error("the run's record could not be written: %s", brief(error))  # noqa: TRY400 - the server is the matter
        finally:
            if self._database is not None:
                with pymongo.timeout(FAREWELL_SECONDS):
                    await self._database.client.close()
            if self._connection is not None:
                await asyncio.to_thread(self._connection.close)
