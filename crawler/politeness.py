"""What a site asks for: not to be left, to be asked slowly, to wait."""

import logging
import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.python.failure import Failure

from crawler.addresses import is_under
from crawler.discovery.found import absolute
from crawler.frontier import Frontier
from crawler.store.addresses import Claim

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot

logger = logging.getLogger(__name__)

_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_LONGEST_WAIT = 7 * 86400.0
"""Seconds. A site that asks for years has made a mistake."""
_LEAST_DELAY = 0.001
"""Seconds. In a slot whose delay is nought Scrapy 2.19 sends all that waits at once, whatever its concurrency, and
keeps no pause."""


class Onsite:
    """Downloader middleware: articles are fetched under the site's domains only, also after a redirect.

    Listings may stand elsewhere: a feed at a service, a sitemap at a store.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass.

        Raises:
            IgnoreRequest: when it leaves the site, or was redirected to an article that is known.
        """
        frontier = Frontier.of(self.crawler)
        claim: Claim | None = request.cb_kwargs.get("claim")
        if claim is None:
            return
        domains = getattr(self.crawler.spider, "allowed_domains", None)
        if domains and not is_under(request.url, domains):
            raise IgnoreRequest(f"offsite: {request.url}")
        if request.meta.get("redirect_times") and await frontier.leads_to_known(claim, request.url):
            raise IgnoreRequest(f"known: {request.url}")


class Ending:
    """Downloader middleware, the last before the network: a crawl that ends asks for nothing more."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:  # noqa: ARG002 - Scrapy's form
        """Let the request pass.

        Raises:
            IgnoreRequest: when the crawl ends.
        """
        if ending := Frontier.of(self.crawler).ending:
            raise IgnoreRequest(f"the crawl ends: {ending}")


class Wishes:
    """Extension: robots.txt's delay and unavailability, Retry-After, and the limit on pages a crawl.

    Settings: WAIT_DEFAULT, WAIT_MAX, PAGES_LIMIT.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.wait_default = crawler.settings.getfloat("WAIT_DEFAULT")
        self.wait_max = crawler.settings.getfloat("WAIT_MAX")
        self.pages_limit = crawler.settings.getint("PAGES_LIMIT")
        self.robots_agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self.retries = crawler.settings.getint("RETRY_TIMES") if crawler.settings.getbool("RETRY_ENABLED") else 0
        self.pages = 0
        self.busy_in_a_row = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the crawl's signals."""
        wishes = cls(crawler)
        crawler.signals.connect(wishes.robots_parsed, signals.robots_parsed)
        crawler.signals.connect(wishes.response_downloaded, signals.response_downloaded)
        if not crawler.settings["REPLAY"]:
            crawler.signals.connect(wishes.request_reached_downloader, signals.request_reached_downloader)
        return wishes

    # --- robots.txt: Scrapy obeys what it forbids; how fast and where else to look is done here

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Ask no faster than robots.txt says; remember the sitemaps that it names."""
        lister = getattr(self.crawler.spider, "lister", None)
        if lister is not None:
            named = getattr(getattr(robotparser, "rp", None), "sitemaps", ())
            lister.robots_sitemaps += filter(None, (absolute(request.url, address) for address in named))
        delay = robotparser.crawl_delay(self.robots_agent)
        if delay is None or not math.isfinite(delay) or delay <= 0:
            return
        downloader = self.crawler.engine.downloader
        host = urlsplit(request.url).hostname or ""
        # The slot may be made later, or anew after a pause; AutoThrottle goes no lower than its least delay.
        downloader.per_slot_settings[host] = {**downloader.per_slot_settings.get(host, {}), "delay": delay, "jitter": 0}
        if slot := downloader.slots.get(host):
            slot.delay, slot.jitter = max(slot.delay, delay), 0
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle is not None:
            throttle.mindelay = max(throttle.mindelay, delay)
            throttle.maxdelay = max(throttle.maxdelay, delay)
        logger.info("robots.txt asks for %g s between requests", delay)

    # --- pauses

    def request_reached_downloader(self, request: Request) -> None:
        """See to it that the site's slot keeps pauses; told before the request is queued."""
        if slot := self._slot(request):
            slot.delay = max(slot.delay, _LEAST_DELAY)

    # --- answers

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Wait as long as a busy site asks; told before the next request is sent."""
        self.pages += 1
        if self.pages_limit and self.pages >= self.pages_limit:
            self._end("pages_limit", request)
        if response.status in _BUSY:
            self.busy_in_a_row += 1
            self._wait(response, request)
        else:
            self.busy_in_a_row = 0
        is_robots = request.meta.get("dont_obey_robotstxt") and urlsplit(request.url).path == "/robots.txt"
        is_last = request.meta.get("retry_times", 0) >= self.retries
        if is_robots and is_last and response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            # What it forbids is not known (RFC 9309: then all is). Scrapy would read the error's page as permission.
            logger.warning("robots.txt answers %d: nothing is asked for", response.status)
            self._end("robots_unavailable", request)

    def _wait(self, response: Response, request: Request) -> None:
        """Hold the site's slot: every request to it waits, and not this one only."""
        asked = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        wait = self.wait_default * 2 ** (self.busy_in_a_row - 1) if asked is None else asked
        self.crawler.stats.inc_value("politeness/waits")
        if wait > self.wait_max:
            logger.warning("the site asks to wait %.0f s: the crawl ends, the next goes on from here", wait)
            Frontier.of(self.crawler).end_for(min(wait, _LONGEST_WAIT))
            self._end("asked_to_wait", request)
            return
        logger.info("the site is busy (%d): nothing is asked for %.0f s", response.status, wait)
        if slot := self._slot(request):
            slot.lastseen = max(slot.lastseen, monotonic() + wait)

    def _end(self, reason: str, request: Request) -> None:
        """End the crawl without another request to the site, also of those that wait in its slot."""
        Frontier.of(self.crawler).end(reason)
        if slot := self._slot(request):
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(Failure(IgnoreRequest(f"the crawl ends: {reason}")))  # type: ignore[no-untyped-call]

    def _slot(self, request: Request) -> "Slot | None":
        key: Any = request.meta.get("download_slot")
        return self.crawler.engine.downloader.slots.get(key)


def retry_after(header: bytes | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for: a number of seconds, or an HTTP date; None for anything else."""
    text = (header or b"").decode("latin-1").strip()
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
