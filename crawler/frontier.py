"""The crawl's queue: what is to be fetched next, and what became of what was.

Discovery offers addresses; they are kept in MongoDB and handed out a few at a time, so memory does not grow with what
was found, and a crawl that is killed loses nothing. Each address handed out is settled once, whatever becomes of it.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from time import monotonic
from typing import Any, Self, TypeVar

from pymongo.errors import PyMongoError
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.settings import BaseSettings

from crawler.addresses import address_key
from crawler.discovery.found import Found
from crawler.discovery.rereading import Timetable
from crawler.errors import UserError
from crawler.periods import Period
from crawler.store.addresses import LEASE, OUTSIDE, AddressBook, Claim, Verdict
from crawler.store.listings import SITE, Listing, ListingBook
from crawler.store.patience import Patience, is_away
from crawler.store.session import StoreSession

Result = TypeVar("Result")

logger = logging.getLogger(__name__)

_BATCH = 1000
"""Addresses that are looked up and kept at once."""
_POLL_SECONDS = 1.0
_FORGOTTEN_AFTER = 60.0
"""Seconds in which nothing at all is under way, after which what is still in work was forgotten by an error of ours."""
_TROUBLES = 20
"""Articles in a row that a site in trouble does not give: server errors, refused connections, timeouts."""
TURNED_AWAY = {"http_401", "http_403", "http_429", "http_451"}
"""Answers of a site that does not want to be asked."""
_NO_FAILURE = ("outside_dates", "offsite", "dropped")
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class Memory:
    """Stands in for the collections where a crawl must leave no trace in them, a replay for one."""

    def __init__(self) -> None:
        self.seen: set[bytes] = set()
        self.waiting: deque[Claim] = deque()

    async def offer(self, found: Sequence[Found], period: Period) -> list[Verdict]:  # noqa: ARG002 - AddressBook's form
        """Keep what is met for the first time."""
        return [self._offer(one) for one in found]

    def _offer(self, one: Found) -> Verdict:
        key = address_key(one.address)
        if key in self.seen:
            return "pending"
        self.seen.add(key)
        self.waiting.append(Claim(key, one.address, one.source))
        return "new"

    async def known(self, keys: Iterable[bytes]) -> dict[bytes, None]:
        """Which of these were met."""
        return dict.fromkeys(self.seen.intersection(keys))

    async def claim(self, count: int, period: Period) -> list[Claim]:  # noqa: ARG002 - AddressBook's form
        """Hand out up to so many."""
        return [self.waiting.popleft() for _ in range(min(count, len(self.waiting)))]


class Frontier:
    """Extension: the queue of one crawl.

    Settings: IN_WORK, REREAD_AFTER, RETRY_AFTER.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self.window = settings.getint("IN_WORK")
        self.patience = Patience(settings.getfloat("STORE_PATIENCE"), self._is_server_stopped)
        self.timetable = Timetable.of_seconds(seconds(settings, "REREAD_AFTER"))
        self.retries = [timedelta(seconds=wait) for wait in seconds(settings, "RETRY_AFTER")]
        self.book: AddressBook | Memory = Memory()
        self.listings: ListingBook | None = None
        self.period = Period()
        self.limit: int | None = None
        self.refresh = False
        self.in_work: dict[bytes, Claim] = {}
        self.idle_since: float | None = None
        self.handed_out = 0
        self.troubles = 0
        self.fresh = 0
        self.waiting_listings: deque[Request] = deque()
        self.open_listings = 0
        self.ending: str | None = None
        self._may_hold_more = True
        self._changed = asyncio.Event()
        self._heartbeat: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None
        self._settling: set[asyncio.Task[None]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the crawl's signals."""
        frontier = cls(crawler)
        crawler.signals.connect(frontier.item_scraped, signals.item_scraped)
        crawler.signals.connect(frontier.item_dropped, signals.item_dropped)
        crawler.signals.connect(frontier.item_error, signals.item_error)
        crawler.signals.connect(frontier.spider_error, signals.spider_error)
        return frontier

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The queue of this crawl.

        Raises:
            NotConfigured: where the extension is switched off.
        """
        frontier = crawler.get_extension(cls)
        if frontier is None:
            raise NotConfigured("the crawl has no queue")
        return frontier

    async def open(self, site: str, period: Period, *, limit: int | None = None, refresh: bool = False) -> None:
        """Take up what earlier crawls of the site left.

        Args:
            site: the spider's name.
            period: articles that are known to be outside are not asked for.
            limit: at most so many articles are handed out.
            refresh: read what is stored anew.
        """
        self.period, self.limit, self.refresh = period, limit, refresh
        session = self.crawler.get_extension(StoreSession)
        if session is None or self.crawler.settings["REPLAY"]:
            return
        database = await session.database()
        self.book = AddressBook(database, site, session.crawl_id, self.timetable, self.retries, refresh=refresh)
        self.listings = ListingBook(database, site)
        await self.listings.open()
        wait_until = self.listings.get(SITE).wait_until
        if wait_until and wait_until > datetime.now(UTC):
            logger.warning("the site asked not to be asked before %s", f"{wait_until:%Y-%m-%d %H:%M} UTC")
            self.end("asked_to_wait")
            return
        if freed := await self.book.release_dead():
            logger.info("taken up from a crawl that died: %d addresses", freed)
        self._heartbeat = asyncio.create_task(self._beat(self.book))

    @staticmethod
    async def _beat(book: AddressBook) -> None:
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 4)
            try:
                await book.renew()
            except PyMongoError as error:
                logger.warning("leases could not be prolonged: %s", error)

    # --- in: what discovery found

    async def offer(self, found: Sequence[Found]) -> list[Verdict]:
        """Keep what is fresh; answers what each address is, in order.

        Args:
            found: under the site's domains and not outside the period; the same article may come several times.
        """
        verdicts: list[Verdict] = []
        for start in range(0, len(found), _BATCH):
            batch = found[start : start + _BATCH]
            keys = [address_key(one.address) for one in batch]
            once = dict(zip(reversed(keys), reversed(batch), strict=True))  # the first mention of each counts
            unique = [(key, once[key]) for key in dict.fromkeys(keys)]
            answers = await self._patiently(self.book.offer, [one for _, one in unique], self.period)
            by_key = dict(zip([key for key, _ in unique], answers, strict=True))
            verdicts += [by_key[key] for key in keys]
            self._count_verdicts(answers)
        self._wake()
        return verdicts

    def _count_verdicts(self, answers: Sequence[Verdict]) -> None:
        stats = self.crawler.stats
        for answer in answers:
            if answer in {"known", "refused"}:
                stats.inc_value("articles/known" if answer == "known" else "articles/skipped/refused_before")
            elif answer in {"new", "due"}:
                self.fresh += 1
                self._may_hold_more = True

    def ask(self, *requests: Request, first: bool = False) -> None:
        """Queue listings, behind the others or in front: articles that are known are fetched before them."""
        if first:
            self.waiting_listings.extendleft(reversed(requests))
        else:
            self.waiting_listings.extend(requests)
        self._wake()

    def listing_done(self) -> None:
        """The listing in work was read, or failed."""
        self.open_listings -= 1
        self._wake()

    # --- out: what to fetch

    async def work(self) -> AsyncIterator[Claim | Request]:
        """What to fetch next, articles before listings, until nothing is left."""
        while self.ending is None:
            self._changed.clear()
            claims = await self._take()
            for claim in claims:
                yield claim
            if claims:
                continue
            if self.is_full():
                self.waiting_listings.clear()  # what they would name could not be asked for
            # One listing at a time, and not before the articles of the last are nearly through: paging then stops in
            # time, by dates that only the articles tell.
            if self.waiting_listings and not self.open_listings and len(self.in_work) <= self.window // 8:
                self.open_listings += 1
                yield self.waiting_listings.popleft()
            elif self.waiting_listings or self.open_listings or self.in_work or self._may_take():
                self._look_for_forgotten()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), _POLL_SECONDS)
            else:
                return

    def _look_for_forgotten(self) -> None:
        """Let go of what nobody works on any more: the crawl would wait for it for ever."""
        engine = self.crawler.engine
        slot = engine.scraper.slot
        is_busy = engine.downloader.active or self._settling or (slot is not None and not slot.is_idle())
        if engine.paused or is_busy or not (self.in_work or self.open_listings):
            self.idle_since = None
            return
        self.idle_since = self.idle_since or monotonic()
        if monotonic() - self.idle_since < _FORGOTTEN_AFTER:
            return
        told = ", ".join(claim.address for claim in list(self.in_work.values())[:3]) or "a listing"
        logger.error("nobody settled what is in work, and the crawl goes on without it: %s", told)
        session = self.crawler.get_extension(StoreSession)
        for claim in self.in_work.values():
            self.crawler.stats.inc_value("articles/failed/not_settled")
            if session:
                session.note(claim.address, "failed/not_settled")
        self.in_work.clear()  # their leases are given back at the crawl's end: the next one takes them up
        self.open_listings = 0
        self.idle_since = None

    def is_full(self) -> bool:
        """Whether as many articles were handed out as were asked for."""
        return self.limit is not None and self.handed_out >= self.limit

    def has_enough(self) -> bool:
        """Whether as many articles were found as were asked for."""
        return self.limit is not None and self.fresh >= self.limit

    def _may_take(self) -> bool:
        return self._may_hold_more and not self.is_full()

    async def _take(self) -> list[Claim]:
        room = self.window - len(self.in_work)
        if self.limit is not None:
            room = min(room, self.limit - self.handed_out)
        if not self._may_take() or room <= 0 or (self.in_work and room < self.window // 2):
            return []
        self._may_hold_more = False  # an offer during the query sets it again
        claims = await self._patiently(self.book.claim, room, self.period)
        self._may_hold_more |= bool(claims)
        self.in_work |= {claim.key: claim for claim in claims}
        self.handed_out += len(claims)
        return claims

    def _wake(self) -> None:
        self._changed.set()

    # --- back: what became of it

    def _pop(self, key: bytes) -> Claim | None:
        claim = self.in_work.pop(key, None)
        self._wake()
        return claim

    async def stored(self, written: dict[bytes, bytes]) -> None:
        """Articles were written and acknowledged.

        Args:
            written: key of the address as it was handed out, to the key under which its article was written.
        """
        try:
            if isinstance(self.book, AddressBook):
                await self._patiently(self.book.settle_stored, written)
        finally:
            for key in written:
                self._count_try(self._pop(key), "read")

    def _count_try(self, claim: Claim | None, what: str) -> None:
        """Count what became of an address that was asked for the first time: one that fails again tells nothing new."""
        if claim and not claim.attempts:
            self.crawler.stats.inc_value(f"first_tries/{what}")

    async def leads_to_known(self, claim: Claim, address: str) -> bool:
        """Whether a redirect leads to an article that is stored, or in work under its own address."""
        key = address_key(address)
        if claim.rereading or key == claim.key:
            return False
        if key in self.in_work:
            return True
        known: dict[bytes, Any] = await self._patiently(self.book.known, [key])
        return key in known

    async def redirected(self, key: bytes, address: str) -> None:
        """The address led to a known article: it is another of its addresses."""
        target = address_key(address)
        if target in self.in_work:
            await self.forgotten(key)
        else:
            await self.stored({key: target})

    async def failed(self, key: bytes, reason: str) -> None:
        """The page could not be fetched or read: it is tried again in a later crawl, a few times."""
        claim = self._pop(key)
        self._count_try(claim, "turned_away" if reason in TURNED_AWAY else "failed")
        if not claim or not isinstance(self.book, AddressBook):
            return
        if await self._patiently(self.book.settle_failed, claim, reason):
            self.crawler.stats.inc_value("addresses/given_up")

    def note_trouble(self, *, is_trouble: bool) -> None:
        """End the crawl when the site answers nothing any more: what waits stays for a later one."""
        self.troubles = self.troubles + 1 if is_trouble else 0
        if self.troubles >= _TROUBLES:
            self.end("site_in_trouble")

    async def missing(self, key: bytes, status: int) -> None:
        """The site has no such page: a stored article is marked, another address is tried again a few times."""
        claim = self.in_work.get(key)
        if claim and claim.rereading and status in _GONE and isinstance(self.book, AddressBook):
            await self._patiently(self.book.mark_gone, claim)
            self.crawler.stats.inc_value("articles/gone")
            self._pop(key)
        else:
            await self.failed(key, f"http_{status}")

    async def refused(self, key: bytes, reason: str, outside: Any = None) -> None:
        """The page gives no article, and will not.

        Args:
            key: of the address.
            reason: for `scrapy crawls`.
            outside: instant of publication, of an article that is out of the period.
        """
        claim = self._pop(key)
        if not outside and not reason.startswith(_NO_FAILURE):
            self._count_try(claim, "failed")
        if claim and isinstance(self.book, AddressBook):
            await self._patiently(self.book.refuse, claim, OUTSIDE if outside else reason, outside)

    async def forgotten(self, key: bytes) -> None:
        """Nothing was asked of the site (robots.txt forbids it): found again, the address is judged anew."""
        claim = self._pop(key)
        if claim and isinstance(self.book, AddressBook):
            await self._patiently(self.book.forget, claim)

    def returned(self, key: bytes) -> None:
        """Nothing was learnt of the address: the next crawl takes it up."""
        self._pop(key)  # its lease is given back at the crawl's end, with all others

    def item_scraped(self, item: Any) -> None:
        """An article passed the pipelines; where none of them stores (STORE_ENABLED off), nothing else settles it."""
        if (key := _key_of(item)) in self.in_work:
            self.returned(key)

    async def item_dropped(self, item: Any, exception: BaseException) -> None:
        """A pipeline dropped the article."""
        if (key := _key_of(item)) in self.in_work:
            await self.refused(key, f"dropped: {exception}")

    async def item_error(self, item: Any) -> None:
        """A pipeline broke on the article."""
        if (key := _key_of(item)) in self.in_work:
            await self.failed(key, "pipeline_error")

    def spider_error(self, response: Any) -> None:
        """A callback broke on the page. Scrapy awaits nothing here: the queue is told in a task."""
        arguments = getattr(getattr(response, "request", None), "cb_kwargs", {})
        if claim := arguments.get("claim"):
            self.crawler.stats.inc_value("articles/failed/spider_error")
            if session := self.crawler.get_extension(StoreSession):
                session.note(claim.address, "failed/spider_error")
            task = asyncio.create_task(self._broken(claim.key))
            self._settling.add(task)  # the loop keeps only weak references to tasks
            task.add_done_callback(self._settling.discard)

    async def _broken(self, key: bytes) -> None:
        try:
            await self.failed(key, "spider_error")
        except (PyMongoError, CloseSpider) as error:
            logger.warning("an address could not be settled, its lease runs out: %s", error)

    # --- end

    def end_for(self, seconds: float) -> None:
        """End the crawl because the site asks to wait so long; crawls before then end at once."""
        if self.listings:
            site = self.listings.get(SITE)
            site.wait_until = datetime.now(UTC) + timedelta(seconds=seconds)
        self.end("asked_to_wait")

    def end(self, reason: str) -> None:
        """End the crawl early: what is in work and not yet sent stays pending."""
        if self.ending is None:
            self.ending = reason
            self.patience.give_up()
            self._wake()
            self._closing = asyncio.create_task(self.crawler.engine.close_spider_async(reason=reason))

    async def close(self) -> None:
        """Give back what is in work; called when the last article is written."""
        self.ending = self.ending or "closed"
        self.patience.give_up()
        self._wake()
        if self._heartbeat is not None:
            self._heartbeat.cancel()
        await asyncio.gather(*self._settling)
        if isinstance(self.book, AddressBook) and not self._is_server_stopped():
            try:
                if self.ending == "asked_to_wait" and self.listings:
                    await self.listings.keep(self.listings.get(SITE))
                await self.book.release()
            except PyMongoError as error:
                logger.warning("addresses could not be given back, their leases run out: %s", error)

    async def _patiently(self, operation: Callable[..., Awaitable[Result]], *arguments: Any) -> Result:
        """Call again while the server is away: all that is called here may be repeated.

        Raises:
            CloseSpider: when it stays away; the crawl ends.
        """
        try:
            return await self.patience.call(operation, *arguments)
        except PyMongoError as error:
            if not is_away(error):
                raise
            self.end("store_failed")
            raise CloseSpider("store_failed") from error

    def _is_server_stopped(self) -> bool:
        """Whether the local server was stopped on purpose: it does not come back."""
        session = self.crawler.get_extension(StoreSession)
        return session is not None and session.is_stopped()

    # --- listings

    def listing(self, address: str) -> Listing:
        """What is kept of a listing."""
        return self.listings.get(address) if self.listings else Listing(address)

    async def keep_listing(self, listing: Listing) -> None:
        """Write what is to be kept of a listing, after what it named."""
        if self.listings:
            await self._patiently(self.listings.keep, listing)


def _key_of(item: Any) -> bytes:
    return getattr(item, "asked_as", None) or b""


def check_times(settings: BaseSettings) -> None:
    """Make sure that the settings which list times can be read.

    Raises:
        UserError: when one cannot.
    """
    for name in ("REREAD_AFTER", "RETRY_AFTER"):
        seconds(settings, name)


def seconds(settings: BaseSettings, name: str) -> list[float]:
    """A setting that lists seconds.

    Raises:
        UserError: when it holds anything else.
    """
    try:
        return [float(value) for value in settings.getlist(name) if str(value).strip()]
    except ValueError:
        raise UserError(f"{name}={settings[name]} is no list of seconds: write 3600,86400") from None
