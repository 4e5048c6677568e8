"""How pages are asked for over HTTP: by Scrapy's own handler, with the one limit that its downloader may overstep."""

import asyncio

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response


class Turns:
    """Who may ask a site now: so many at a time as CONCURRENT_REQUESTS_PER_DOMAIN says.

    Scrapy 2.19's downloader counts a request only once its task has begun: of two that wait in a slot whose delay has
    passed meanwhile (of a millisecond, on a busy machine) it sends both.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._limit = max(crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"), 1)
        self._sites: dict[str, asyncio.Semaphore] = {}

    def of(self, request: Request) -> asyncio.Semaphore:
        """What is held while the request is under way."""
        slot = self._crawler.engine.downloader.get_slot_key(request)
        return self._sites.setdefault(slot, asyncio.Semaphore(self._limit))


class LimitedHandler(HTTP11DownloadHandler):
    """Scrapy's handler, one site's turns kept."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._turns = Turns(crawler)

    async def download_request(self, request: Request) -> Response:
        """Download when the site's turn has come; raises what Scrapy's handler raises."""
        async with self._turns.of(request):
            return await super().download_request(request)
