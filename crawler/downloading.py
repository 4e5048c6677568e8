"""How pages are asked for over HTTP: by Scrapy's own handler, with the one limit that its downloader may overstep."""

import asyncio
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response


class LimitedHandler(HTTP11DownloadHandler):
    """Scrapy's handler, with no more requests under way to a site than CONCURRENT_REQUESTS_PER_DOMAIN.

    Scrapy 2.19's downloader counts a request only once its task has begun: of two that wait in a slot whose delay has
    passed meanwhile (of a millisecond, on a busy machine) it sends both.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._limit = max(crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"), 1)
        self._under_way: dict[str, asyncio.Semaphore] = {}

    async def download_request(self, request: Request) -> Response:
        """Download when the site's turn has come; raises what Scrapy's handler raises."""
        slot = request.meta.get("download_slot") or urlsplit(request.url).hostname or ""
        async with self._under_way.setdefault(slot, asyncio.Semaphore(self._limit)):
            return await super().download_request(request)
