"""`scrapy crawl archive -a files='*.warc.gz'`: files are scanned and their pages read in worker processes.

One process after the other scans slices of a file, others read the pages found in them; the articles pass the same
pipelines as a crawl's. A bounded number of slices is in work, each until its articles are acknowledged.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

from pymongo.errors import PyMongoError
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.addresses import address_key
from crawler.archive.folder import archive_folder
from crawler.catalogue import sites_of
from crawler.extraction.pool import ExtractionPool, WorkerDiedError, cores
from crawler.extraction.rules import Site
from crawler.importing.arguments import ImportArguments, why_no_warc
from crawler.importing.reading import Reading, read_pages
from crawler.importing.scanning import Page, Slice, Wanted, scan_slice
from crawler.items import Article, WarcReference
from crawler.progress import progress_bar
from crawler.store.connection import brief
from crawler.store.imports import import_key, move, position
from crawler.store.patience import Patience
from crawler.store.session import StoreSession

_PAGE_SECONDS = 30.0
_SCAN_SECONDS = 600.0
# What a page is instead of an article; what else a reading gives is a failure.
_NO_ARTICLE = {"listing", "video", "error_page", "empty", "not_html", "not_arabic", "other_language", "invalid"}


@dataclass(slots=True)
class Work:
    """One slice on its way."""

    slice: Slice
    file: "File"
    waiting: set[WarcReference] = field(default_factory=set)
    """Articles that are not acknowledged yet."""
    is_read: bool = False


@dataclass(slots=True)
class File:
    """One file on its way."""

    path: Path
    key: bytes
    size: int
    works: deque[Work] = field(default_factory=deque)
    """In the order of the file."""
    is_held: bool = False
    """Its position stays: something before it was not stored."""


class ArchiveSpider(Spider):
    """Imports. It is not of the catalogue: it stands outside of SPIDER_MODULES, and asks nothing of any network.

    Arguments: `files` (names, folders, patterns; comma-separated), and optionally `sites`, `since`, `until`, `limit`
    (articles), `refresh=all` (from the files' start).
    """

    name = "archive"

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.given = arguments
        self.slots: asyncio.Semaphore
        self.done: asyncio.Queue[tuple[Work, Sequence[Reading]] | None] = asyncio.Queue()
        self.in_work: dict[WarcReference, Work] = {}
        self.addresses: set[bytes] = set()
        """Keys of what is not acknowledged yet."""
        self.changed = asyncio.Event()
        self.articles = 0
        self.closing = ExitStack()
        self.tasks: list[asyncio.Task[None]] = []

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Nothing is fetched, and so nothing archived; the crawl's queue has no part in it."""
        super().update_settings(settings)
        for name, value in {
            "ARCHIVE_ENABLED": False,
            "EXTENSIONS": {
                "crawler.store.session.StoreSession": 0,
                "scrapy.extensions.logstats.LogStats": None,
            },
        }.items():
            settings.set(name, value, "spider")

    @classmethod
    def parse_arguments(cls, settings: BaseSettings, arguments: dict[str, str]) -> ImportArguments:
        """Read the `-a` arguments.

        Raises:
            UserError: see `ImportArguments.parse`.
        """
        return ImportArguments.parse(arguments, sites_of(settings))

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider of one import, with its worker processes."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        spider.arguments = cls.parse_arguments(settings, spider.given)
        spider.sites = {
            domain.lower(): site
            for name, site in sites_of(settings).items()
            if not spider.arguments.sites or name in spider.arguments.sites
            for domain in site.domains
        }
        spider.archive = archive_folder(settings)
        spider.workers = cores(settings)
        spider.pool = ExtractionPool(
            spider.workers, _PAGE_SECONDS, max(1, settings.getint("EXTRACTION_PAGES_PER_WORKER") // 8)
        )
        crawler.signals.connect(spider.acknowledged, signals.item_scraped)
        crawler.signals.connect(spider.refused, signals.item_dropped)
        crawler.signals.connect(spider.refused, signals.item_error)
        crawler.signals.connect(spider.closed_down, signals.spider_closed)
        return spider

    arguments: ImportArguments
    sites: dict[str, Site]
    archive: Path
    workers: int
    pool: ExtractionPool
    session: StoreSession
    patience: Patience

    async def start(self) -> AsyncIterator[Any]:
        """Articles of all files, as they are read."""
        self.session = StoreSession.of(self.crawler)
        self.patience = Patience(self.crawler.settings.getfloat("STORE_PATIENCE"), self.session.is_stopped)
        self.slots = asyncio.Semaphore(2 * self.workers)
        files = [file async for file in self._open_files()]
        total = sum(file.size for file, _ in files)
        self.advance = self.closing.enter_context(progress_bar("importing", total))
        queue = deque(files)
        scanners = [asyncio.create_task(self._scan_files(queue)) for _ in range(self.workers)]
        self.tasks = [*scanners, asyncio.create_task(self._let_scrapy_close())]
        ending = asyncio.gather(*scanners)
        ending.add_done_callback(self._scanned)
        while (read := await self.done.get()) is not None:
            for article in await self._take(*read):
                await self._wait_for_earlier(article)
                yield article
        await ending

    def _scanned(self, ending: "asyncio.Future[list[None]]") -> None:
        """All files are scanned, or the import ends early: what is waited for has come."""
        if not ending.cancelled():
            ending.exception()  # taken note of, else asyncio tells it; `start` raises it
        self.done.put_nowait(None)

    async def _let_scrapy_close(self) -> None:
        """Have Scrapy see that nothing is in its pipelines any more, when it is told to close.

        Scrapy 2.19 looks when a response was scraped, and items of `start` have none: it would wait for ever.
        """
        engine = self.crawler.engine
        assert engine is not None
        while True:
            await asyncio.sleep(0.1)
            slot = engine.scraper.slot
            if slot is not None and slot.closing is not None and not slot.closing.called:
                engine.scraper._check_if_closing()  # noqa: SLF001 - see above

    async def _wait_for_earlier(self, article: Article) -> None:
        """Captures of one address are stored in the order of the file: the later is an edit of the earlier."""
        while (key := address_key(article.url)) in self.addresses:
            self.changed.clear()
            await self.changed.wait()
        self.addresses.add(key)

    def is_full(self) -> bool:
        """Whether as many articles were read as were asked for."""
        return self.arguments.asked.limit is not None and self.articles >= self.arguments.asked.limit

    # --- files

    async def _open_files(self) -> AsyncIterator[tuple[File, int]]:
        """The files with something left to read, each with the offset from which."""
        database = await self.session.database()
        before = 0
        for path in self.arguments.files:
            if problem := why_no_warc(path):
                self._fail("not_warc", str(path), problem)
                continue
            file = File(path, import_key(path, self.arguments.selection()), path.stat().st_size)
            offset = 0 if self.arguments.asked.refresh else await self.patience.call(position, database, file.key)
            if offset >= file.size:
                before += 1
                continue
            if offset:
                self.logger.info("%s: goes on at byte %d of %d", path, offset, file.size)
            file.size -= offset
            yield file, offset
        if before:
            files = "1 file was" if before == 1 else f"{before} files were"
            self.logger.info("%s imported before (-a refresh=all reads again)", files)

    async def _scan_files(self, queue: deque[tuple[File, int]]) -> None:
        while queue and not self.is_full():
            await self._scan_file(*queue.popleft())

    async def _scan_file(self, file: File, offset: int) -> None:
        """Scan one file, slice by slice; each slice is read while the next is scanned."""
        wanted = Wanted(frozenset(self.sites), bool(self.arguments.sites), self.arguments.asked.since)
        reading: set[asyncio.Task[None]] = set()
        last: asyncio.Task[None] | None = None
        try:
            while not self.is_full():
                await self.slots.acquire()
                try:
                    found = await self.pool.call(partial(scan_slice, file.path, offset, wanted), _SCAN_SECONDS)
                except WorkerDiedError as death:
                    self.slots.release()
                    self._fail(death.kind.replace(" ", "_"), f"{file.path}@{offset}", str(death))
                    break
                work = Work(found, file)
                file.works.append(work)
                last = asyncio.create_task(self._read(work, last))
                reading.add(last)
                last.add_done_callback(reading.discard)
                offset = found.end
                if found.is_last:
                    break
            await asyncio.gather(*reading)
        finally:
            for task in reading:
                task.cancel()

    async def _read(self, work: Work, before: asyncio.Task[None] | None) -> None:
        """Read the pages of a slice, and hand them on after those of the one before it."""
        pages = [(page.offset, self.sites.get(page.domain or "")) for page in work.slice.pages]
        readings: list[Reading] = []
        if pages:
            read = partial(read_pages, work.file.path, archive=self.archive)
            try:
                readings = await self.pool.call(partial(read, pages), _PAGE_SECONDS)
            except WorkerDiedError:  # one of them did it: each for itself
                readings = [await self._read_one(work.slice.pages, read, page) for page in pages]
        if before is not None:
            await before
        await self.done.put((work, readings))

    async def _read_one(
        self, pages: Sequence[Page], read: Callable[..., list[Reading]], page: tuple[int, Site | None]
    ) -> Reading:
        try:
            (reading,) = await self.pool.call(partial(read, [page]))
        except WorkerDiedError as death:
            url = next(one.url for one in pages if one.offset == page[0])
            return Reading(page[0], url, None, death.kind.replace(" ", "_"), str(death))
        return reading

    # --- articles

    async def _take(self, work: Work, readings: Sequence[Reading]) -> list[Article]:
        """Count what a slice gave, and take its articles."""
        self._count_scanned(work)
        articles = []
        for reading in readings:
            self._count("fetched")
            if reading.article is None:
                if reading.reason in _NO_ARTICLE:
                    self._count(f"skipped/{reading.reason}")
                else:
                    self._fail(reading.reason, reading.url, reading.detail)
            elif self.is_full():
                work.file.is_held = True  # the next import goes on with this slice
            elif self.arguments.asked.excludes(reading.article.published_at):
                self._count("skipped/outside_dates")
            else:
                self.articles += 1
                articles.append(reading.article)
        references = [article.archived for article in articles if article.archived]
        work.waiting = set(references)
        self.in_work |= dict.fromkeys(references, work)
        work.is_read = True
        await self._settle(work.file)
        return articles

    def _count_scanned(self, work: Work) -> None:
        found = work.slice
        for reason, count in found.skipped.items():
            self._count(f"skipped/{reason}", count)
        for offset, why in found.broken:
            cut_off = found.is_cut_off and offset == found.broken[-1][0]
            self._fail("cut_off" if cut_off else "broken_record", f"{work.file.path}@{offset}", why)
        if found.error:
            self._fail("unreadable_file", str(work.file.path), found.error)

    async def acknowledged(self, item: Article) -> None:
        """An article is stored."""
        await self._done_with(item)

    async def refused(self, item: Any, exception: BaseException | None = None) -> None:
        """A pipeline dropped an article, or broke on it; one that could not be stored holds its file's position."""
        if isinstance(item, Article) and item.archived in self.in_work:
            work = self.in_work[item.archived]
            work.file.is_held |= exception is None or str(exception).startswith("not stored")
            await self._done_with(item)

    async def _done_with(self, item: Article) -> None:
        self.addresses.discard(address_key(item.url))
        self.changed.set()
        if item.archived in self.in_work:
            work = self.in_work.pop(item.archived)
            work.waiting.discard(item.archived)
            await self._settle(work.file)

    async def _settle(self, file: File) -> None:
        """Move the file's position over the slices of which everything is acknowledged."""
        offset = None
        while file.works and file.works[0].is_read and not file.works[0].waiting:
            done = file.works.popleft()
            offset = done.slice.end
            self.advance(done.slice.end - done.slice.start)
            self.slots.release()
        if offset is not None and not file.is_held:
            await self._move(file, offset)

    async def _move(self, file: File, offset: int) -> None:
        """Write the file's position; one that could not be written costs a second reading, not the import."""
        database = await self.session.database()
        try:
            await self.patience.call(move, database, file.key, file.path, offset, self.session.crawl_id)
        except PyMongoError as error:
            self.logger.warning("the next import reads %s again from further back: %s", file.path, brief(error))

    async def closed_down(self) -> None:
        """The import ends."""
        for task in self.tasks:
            task.cancel()
        self.closing.close()
        await self.pool.close()

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(f"articles/{name}", count)

    def _fail(self, reason: str, place: str, detail: str | None = None) -> None:
        self._count(f"failed/{reason}")
        self.logger.warning("failed: %s: %s%s", place, reason, f" ({detail})" if detail else "")
        self.session.note(place, f"failed/{reason}", detail)
