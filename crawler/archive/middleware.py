"""Keeps every page that a crawl fetches."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.headers import Headers

from crawler import __version__
from crawler.archive.folder import archive_folder
from crawler.archive.writer import Exchange, WarcFiles

logger = logging.getLogger(__name__)


class ArchiveMiddleware:
    """Downloader middleware next to the downloader: it sees pages as they came, before their content coding is undone.

    The page goes on when it is kept, with `meta["archived"]` (a WarcReference) and `meta["fetched_at"]`. Writing and
    compression take one thread, so that the event loop never waits for the disk. When the disk is full the crawl
    ends with the reason `archive_failed`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        settings = crawler.settings
        spider = crawler.spidercls.name
        crawl = f"{datetime.now(UTC):%Y%m%d%H%M%S%f}"
        self.files = WarcFiles(
            archive=archive_folder(settings),
            spider=spider,
            crawl=crawl,
            information={
                "software": f"naba/{__version__}",
                "format": "WARC File Format 1.1",
                "isPartOf": f"{spider}-{crawl}",
                "robots": "obeyed" if settings.getbool("ROBOTSTXT_OBEY") else "ignored",
                "http-header-user-agent": settings["USER_AGENT"],
            },
            max_bytes=settings.getint("ARCHIVE_MAX_BYTES"),
        )
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="archive")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of one crawl; its file is closed when the crawl ends."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.close, signals.spider_closed)
        return middleware

    async def process_response(self, request: Request, response: Response) -> Response:
        """Keep the page."""
        if urlsplit(response.url).scheme not in {"http", "https"} or response.status == HTTPStatus.NOT_MODIFIED:
            return response  # "not modified" is no page: a replay would answer with nothing
        now = datetime.now(UTC)
        request.meta["fetched_at"] = now
        exchange = Exchange(
            url=response.url,
            fetched_at=now,
            method=request.method,
            request_headers=_pairs(request.headers),
            status=response.status,
            reason=_reason(response.status),
            response_headers=_pairs(response.headers),
            body=response.body,
            ip_address=str(response.ip_address) if response.ip_address else None,
        )
        stats = self.crawler.stats
        try:
            loop = asyncio.get_running_loop()
            request.meta["archived"] = await loop.run_in_executor(self.thread, self.files.write, exchange)
        except OSError as error:
            stats.inc_value("archive/failed")
            if stats.get_value("archive/failed") == 1:
                logger.error(  # noqa: TRY400 - the user's disk is the matter, not our code
                    "the archive %s cannot be written (%s): the crawl ends; make room or set NABA_ARCHIVE",
                    self.files.archive,
                    error.strerror,
                )
                self.ending = asyncio.create_task(self.crawler.engine.close_spider_async(reason="archive_failed"))
            return response
        stats.inc_value("archive/pages")
        stats.set_value("archive/bytes", self.files.size)
        stats.set_value("archive/files", self.files.files)
        return response

    async def close(self) -> None:
        """Close the file after what waits is written."""
        await asyncio.to_thread(self.thread.shutdown)
        self.files.close()


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in (values if isinstance(values, list) else [values])
    ]


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
