"""The download handler of a site whose pages need JavaScript: scrapy-playwright, as polite as a plain crawl."""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from crawler.addresses import is_under
from crawler.downloading import Turns

_SETTLING = 10.0
"""Seconds that a page's scripts may go on asking for data after it was parsed."""
_NEEDED = frozenset({"document", "script", "xhr", "fetch"})
"""What a text may come from; pictures, fonts, media, style sheets and sockets are not fetched."""
RENDERED = "X-Naba-Rendered"
"""Header of an answer whose body is the page after its scripts ran, not the bytes that the server sent."""


class RenderingError(Exception):
    """The browser could not show a page; one line."""


async def _settle(page: Any) -> None:
    """Wait until the page's scripts ask for nothing more, for a bounded time: some never stop."""
    with suppress(PlaywrightTimeout):
        await page.wait_for_load_state("networkidle", timeout=_SETTLING * 1000)


class RenderingHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # an optional package, untyped here
    """Renders requests with `meta["playwright"]`; every other goes the plain way. A page is closed whatever happens."""

    lazy = False  # it listens for the start of the engine

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler
        self.turns = Turns(crawler)
        self.seconds = crawler.settings.getfloat("DOWNLOAD_TIMEOUT") + 2 * _SETTLING
        self.most_bytes = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self.abort_request = self._is_unwanted
        self.pages: dict[int, Any] = {}
        if crawler.settings["LOG_LEVEL"] != "DEBUG":
            logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)  # failures are told by the spider, in a line

    async def download_request(self, request: Request) -> Response:
        """Answer a request when the site's turn has come.

        Raises:
            RenderingError: when the browser does not start, or cannot show the page in time.
            IgnoreRequest: when the page led to another site, or to what robots.txt forbids.
        """
        async with self.turns.of(request):
            return await self._answer(request)

    async def _answer(self, request: Request) -> Response:
        response: Response
        if not request.meta.get("playwright"):
            response = await super().download_request(request)
            return response
        self._prepare(request)
        try:
            async with asyncio.timeout(self.seconds):
                response = await super().download_request(request)
        except TimeoutError:
            raise RenderingError(f"the page was not shown within {self.seconds:g} s") from None
        except PlaywrightError as error:
            raise RenderingError(next(iter(str(error).strip().splitlines()), "the browser failed")) from None
        finally:
            await self._close_page(request)
        await self._check(request, response)
        response.headers[RENDERED] = "chromium"
        return response

    def _prepare(self, request: Request) -> None:
        request.meta["playwright_context_kwargs"] = {
            "user_agent": self.crawler.settings["USER_AGENT"],
            "locale": "ar",
            "service_workers": "block",  # they would answer in the place of the site, past the rules below
            "accept_downloads": False,
        }
        request.meta["playwright_page_goto_kwargs"] = {"wait_until": "domcontentloaded"}
        request.meta["playwright_page_methods"] = [PageMethod(_settle)]

    async def _create_page(self, request: Request, spider: Any) -> Any:
        page = self.pages[id(request)] = await super()._create_page(request, spider)
        return page

    async def _close_page(self, request: Request) -> None:
        page = self.pages.pop(id(request), None)
        if page is not None and not page.is_closed():
            with suppress(PlaywrightError):
                await page.close()

    async def _check(self, request: Request, response: Response) -> None:
        """A browser follows redirects by itself: where it came to is judged as if it had been asked for."""
        if len(response.body) > self.most_bytes > 0:
            raise RenderingError(f"the page has more than {self.most_bytes} bytes")
        if response.url == request.url:
            return
        if not is_under(response.url, self._domains()):
            raise IgnoreRequest(f"offsite: {response.url}")
        if not await self._is_allowed(response.url):
            raise IgnoreRequest(f"led to what robots.txt forbids: {response.url}")

    def _domains(self) -> Iterable[str]:
        return getattr(self.crawler.spider, "allowed_domains", None) or ()

    async def _is_unwanted(self, asked: Any) -> bool:
        """Whether one of the page's own requests is not made: nothing that holds no text, no foreign frames, robots."""
        if asked.resource_type not in _NEEDED or urlsplit(asked.url).scheme not in {"http", "https"}:
            return True
        is_own = is_under(asked.url, self._domains())
        if asked.resource_type == "document" and not is_own:
            return True
        # The document itself came past Scrapy's own rules; another site's robots.txt is not asked for its library.
        return asked.resource_type != "document" and is_own and not await self._is_allowed(asked.url)

    async def _is_allowed(self, address: str) -> bool:
        """Whether robots.txt lets the crawl ask for an address, by the rules that Scrapy's middleware keeps."""
        engine = self.crawler.engine
        assert engine is not None
        for middleware in engine.downloader.middleware.middlewares:
            if isinstance(middleware, RobotsTxtMiddleware):
                request = Request(address)
                try:
                    await middleware.process_request(request)
                except IgnoreRequest:
                    return False
        return True
