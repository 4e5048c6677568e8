"""Last stage: articles are written in batches, and pass on once they are acknowledged."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Self

from pymongo.errors import PyMongoError
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem

from crawler.frontier import Frontier
from crawler.identity import identify
from crawler.items import Article
from crawler.store.articles import ArticleWriter, WriteFailedError
from crawler.store.connection import brief
from crawler.store.plans import Outcome
from crawler.store.session import StoreSession
from crawler.store.stories import Mode, Stories
from pipelines.deduplicate import Matched

logger = logging.getLogger(__name__)


class Store:
    """Unordered bulk writes, at STORE_BATCH articles or after STORE_INTERVAL seconds, whichever comes first.

    An item leaves this stage when a journaled majority has its article, so `item_scraped` means stored, and a crawl
    that is stopped ends after its last batch.
    """

    def __init__(self, crawler: Crawler, session: StoreSession) -> None:
        self.crawler = crawler
        self.session = session
        self.frontier = crawler.get_extension(Frontier)
        self.size = crawler.settings.getint("STORE_BATCH")
        self.interval = crawler.settings.getfloat("STORE_INTERVAL")
        self.writer: ArticleWriter
        self.waiting: list[tuple[Matched, asyncio.Future[Outcome | WriteFailedError]]] = []
        self.timer: asyncio.TimerHandle | None = None
        self.flushes: set[asyncio.Task[None]] = set()
        self.ending: asyncio.Task[None] | None = None
        self.mode: Mode = crawler.settings["DEDUPLICATE"]
        self.healing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the stage of one crawl."""
        return cls(crawler, StoreSession.of(crawler))

    async def open_spider(self) -> None:
        """Open the collections."""
        self.writer = ArticleWriter(
            await self.session.database(),
            self.session.crawl_id,
            patience=self.crawler.settings.getfloat("STORE_PATIENCE"),
            is_stopped=self.session.is_stopped,
            deduplicate=self.mode,
        )
        if self.mode != "off":
            self.healing = asyncio.create_task(self._link_waiting())

    async def _link_waiting(self) -> None:
        """Tie what crawls before stored and were killed before they could tie it."""
        try:
            stories = Stories(await self.session.database())
            if await stories.is_outdated():
                logger.warning("another version of Naba signed what is stored: run `scrapy story --rebuild`")
            total = sum([done async for done in stories.link_waiting()])
        except PyMongoError as error:
            logger.warning("articles of earlier crawls wait to be tied to their stories: %s", brief(error))
            return
        except Exception:  # an error of ours: the crawl goes on
            logger.exception("articles of earlier crawls could not be tied to their stories")
            return
        if total:
            logger.info("tied to their stories for an earlier crawl: %d articles", total)

    async def process_item(self, matched: Matched) -> Article:
        """Write the article.

        Raises:
            DropItem: when the server refused it, or stayed away; counted as `articles/failed/...`.
        """
        result: asyncio.Future[Outcome | WriteFailedError] = asyncio.get_running_loop().create_future()
        self.waiting.append((matched, result))
        if len(self.waiting) >= self.size:
            self._flush()
        elif self.timer is None:
            self.timer = asyncio.get_running_loop().call_later(self.interval, self._flush)
        outcome = await result
        stats = self.crawler.stats
        if isinstance(outcome, WriteFailedError):
            stats.inc_value("articles/failed/not_stored")
            self._end_when_lost()
            self.session.note(matched.article.url, "failed/not_stored", str(outcome))
            raise DropItem(f"not stored: {outcome}")
        stats.inc_value(f"articles/{outcome}")
        return matched.article

    def _end_when_lost(self) -> None:
        """End the crawl when the server stayed away: what would be fetched now could not be stored."""
        if self.writer.is_lost and self.ending is None:
            logger.error("MongoDB stayed away: the crawl ends, and the next one fetches again what was not stored")
            self.ending = asyncio.create_task(self.crawler.engine.close_spider_async(reason="store_failed"))

    def _flush(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        batch, self.waiting = self.waiting, []
        if batch:
            task = asyncio.create_task(self._write(batch))
            self.flushes.add(task)  # the loop keeps only weak references to tasks
            task.add_done_callback(self.flushes.discard)

    async def _write(self, batch: list[tuple[Matched, asyncio.Future[Outcome | WriteFailedError]]]) -> None:
        articles = [matched.article for matched, _ in batch]
        try:
            outcomes = await self.writer.write(articles, [matched.match for matched, _ in batch])
        except Exception as error:  # an error of ours: each of the articles tells it, and the crawl goes on
            logger.exception("a batch could not be written")
            outcomes = [WriteFailedError(f"{type(error).__name__}: {error}")] * len(batch)
        try:
            await self._settle([matched for matched, _ in batch], outcomes)
        finally:  # whatever happens there, no article may wait for ever
            for (_, result), outcome in zip(batch, outcomes, strict=True):
                if not result.done():
                    result.set_result(outcome)

    async def _settle(self, batch: Sequence[Matched], outcomes: Sequence[Outcome | WriteFailedError]) -> None:
        """Tell the crawl's queue which addresses are done, now that their articles are acknowledged."""
        if self.frontier is None:
            return
        written: dict[bytes, bytes] = {}
        for matched, outcome in zip(batch, outcomes, strict=True):
            if (key := matched.article.asked_as) is None:
                continue
            if isinstance(outcome, WriteFailedError):
                self.frontier.returned(key)
            else:
                written[key] = (matched.match.identity if matched.match else identify(matched.article)).key
        try:
            await self.frontier.stored(written)
        except (PyMongoError, CloseSpider) as error:
            # The articles are written: the next crawl finds them so.
            logger.warning("addresses could not be settled: %s", getattr(error, "reason", error))

    async def close_spider(self) -> None:
        """Write what waits."""
        self._flush()
        await asyncio.gather(*self.flushes, return_exceptions=True)
        if self.healing is not None:
            self.healing.cancel()  # what waits is still marked
            await asyncio.gather(self.healing, return_exceptions=True)
        if self.frontier is not None:
            await self.frontier.close()
