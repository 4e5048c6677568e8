"""NewsSpider: the base of every newspaper's spider. A site declares; what is common is done here."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, Self
from zoneinfo import ZoneInfo

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from crawler.addresses import address_identity, is_under
from crawler.arabic.digits import to_western
from crawler.discovery.feed_texts import FeedTexts
from crawler.discovery.feeds import read_feed
from crawler.discovery.found import Found
from crawler.discovery.sections import SectionRules, read_section
from crawler.discovery.sitemaps import read_sitemap
from crawler.errors import UserError
from crawler.extraction.pool import ExtractionPool
from crawler.extraction.rules import PageRules, Site
from crawler.items import Article
from crawler.javascript.browser import render_pages
from crawler.periods import parse_moment
from crawler.store.session import StoreSession

# An article is fetched before the next listing page is: paging then stops in time, and memory holds few requests.
_ARTICLE_PRIORITY = 10
# A section that shows no dates ends, for `since`, after so many articles in a row that were too old: a few old ones
# may be pinned.
_OLD_IN_A_ROW = 10
# Indexes of indexes are against the protocol and real; a loop of them is not followed for ever.
_SITEMAP_DEPTH = 3


@dataclass(frozen=True, slots=True)
class CrawlArguments:
    """What a user asks of one crawl with `-a`; all optional."""

    since: datetime | None = None
    """Articles published from this instant on."""
    until: datetime | None = None
    """Articles published before this instant."""
    limit: int | None = None
    """At most so many article pages are fetched."""

    def excludes(self, published_at: datetime | None) -> bool:
        """Whether an article of this instant is outside the period; one without a date never is."""
        if published_at is None:
            return False
        too_old = self.since is not None and published_at < self.since
        return too_old or (self.until is not None and published_at >= self.until)


class NewsSpider(Spider):
    """A newspaper, agency or broadcaster. Subclasses declare, in this order, and contain no code.

    The class docstring names the outlet: `Name in Latin (الاسم), place: what it is. System of its site.`

    Arguments (`-a NAME=VALUE`): `since`, `until` (a date such as 2018-01-31 or 2018-01, or a time ago such as 7d,
    in the site's zone; `until` includes the period it names) and `limit` (article pages fetched at the most).
    """

    # --- the outlet
    name: str
    name_ar: str
    country: str
    """ISO 3166-1 alpha-2 in lower case, or 'int' for an international service."""
    language: str = "ar"
    """BCP 47."""
    timezone: str
    """IANA zone in which the site prints its dates."""
    domains: Sequence[str]
    """Registered names without www; the crawl does not leave them."""
    verified: str | None = None
    """Against what the declarations were last checked, and when ('recorded page, 2020-08'); None: never."""

    # --- where its articles are listed
    sections: Sequence[str] = ()
    """Addresses of pages that list articles, newest first."""
    article_rows: str | None = None
    """CSS of one listed article; None: `article_links` is looked for in the whole page."""
    article_links: str | None = None
    """CSS of the links to articles, within a row."""
    article_address: str | None = None
    """Regular expression that is found in an article's address and in no other of a section or sitemap."""
    article_dates: str | None = None
    """CSS of a row's date: its datetime attribute or text."""
    next_page: str | None = None
    """`?start={offset}` (articles listed so far), `/page/{page}/` (the next page's number) after the section's
    address, or the CSS of a link."""
    feeds: Sequence[str] = ()
    """RSS and Atom."""
    sitemaps: Sequence[str] = ()

    # --- its article pages
    page: PageRules | Sequence[PageRules] = ()
    """Rules of the page design, or of the designs over the years, newest first."""
    javascript: bool = False
    """Whether a browser must show its section and article pages (see `crawler/javascript/`): few sites need it."""

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.given = arguments
        self.arguments = self.parse_arguments(**arguments)
        self.allowed_domains = list(self.domains)
        self.seen: set[str] = set()
        self.asked = 0
        self.listed: Counter[str] = Counter()
        self.old_in_a_row: Counter[str] = Counter()
        self.feed_texts = FeedTexts()

    @classmethod
    def parse_arguments(cls, **arguments: str) -> CrawlArguments:
        """Read the `-a` arguments.

        Raises:
            UserError: for an unknown argument, a bad date or limit, or an empty period.
        """
        if unknown := sorted(set(arguments) - {"since", "until", "limit"}):
            raise UserError(f"unknown argument {unknown[0]!r}: {cls.name} takes since, until and limit")
        zone, now = ZoneInfo(cls.timezone), datetime.now(UTC)
        since, until = (
            parse_moment(arguments[name], zone=zone, now=now, end=name == "until", name=name)
            if name in arguments
            else None
            for name in ("since", "until")
        )
        if since and until and since >= until:
            raise UserError(
                f"since={arguments['since']} is not before until={arguments['until']}: nothing lies between"
            )
        limit = None
        if "limit" in arguments:
            digits = to_western(arguments["limit"])
            if not digits.isdecimal() or int(digits) < 1:
                raise UserError(
                    f"limit={arguments['limit']!r} is not a number of articles: write a whole number from 1"
                )
            limit = int(digits)
        return CrawlArguments(since, until, limit)

    @classmethod
    def site(cls) -> Site:
        """The declarations that extraction needs."""
        return Site(
            name=cls.name,
            name_ar=cls.name_ar,
            country=cls.country,
            language=cls.language,
            timezone=cls.timezone,
            domains=tuple(cls.domains),
            layouts=(cls.page,) if isinstance(cls.page, PageRules) else tuple(cls.page),
        )

    @classmethod
    def section_rules(cls) -> SectionRules:
        """The declarations that reading a section page needs."""
        return SectionRules(
            rows=cls.article_rows,
            links=cls.article_links or "a",
            address=re.compile(cls.article_address) if cls.article_address else None,
            dates=cls.article_dates,
            next_page=cls.next_page,
            zone=ZoneInfo(cls.timezone),
        )

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Settings of this site's crawls.

        Raises:
            UserError: when its pages need a browser and there is none.
        """
        super().update_settings(settings)
        if cls.javascript:
            render_pages(settings, cls.name)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider of one crawl, with its worker processes."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.extraction = ExtractionPool.from_crawler(crawler)
        return spider

    extraction: ExtractionPool

    # --- discovery
    # -----------------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Ask every place that the site declares for its articles."""
        for feed in self.feeds:
            yield Request(feed, callback=self.parse_feed, errback=self.failed, dont_filter=True)
        for section in self.sections:
            yield self._section_request(section, section, page=1)
        # A sitemap tells of years: it is asked for what reaches back, or where nothing else tells what is new.
        if self.arguments.since or not (self.feeds or self.sections):
            for sitemap in self.sitemaps:
                yield self._sitemap_request(sitemap, depth=0)

    def _section_request(self, address: str, section: str, page: int) -> Request:
        return Request(
            address,
            callback=self.parse_section,
            errback=self.failed,
            cb_kwargs={"section": section, "page": page},
            meta={"playwright": self.javascript},
            dont_filter=page == 1,
        )

    def _sitemap_request(self, address: str, depth: int) -> Request:
        return Request(address, callback=self.parse_sitemap, errback=self.failed, cb_kwargs={"depth": depth})

    async def parse_feed(self, response: Response) -> AsyncIterator[Request]:
        """Follow the articles that a feed names."""
        if not self._is_ok(response):
            return
        # feedparser takes up to a second for a large feed: not on the event loop.
        reading = await asyncio.to_thread(
            read_feed, response.body, response.url, zone=ZoneInfo(self.timezone), now=datetime.now(UTC)
        )
        self._count("found/feed", len(reading.found))
        self.feed_texts.keep(reading.found)
        if reading.dropped:
            self._count("skipped/no_address", reading.dropped)
        if reading.error:
            self._fail("bad_feed", response.url, reading.error)
        for request in self._requests(reading.found):
            yield request

    async def parse_sitemap(self, response: Response, depth: int) -> AsyncIterator[Request]:
        """Follow the articles and further sitemaps that a sitemap names, as far as they may be of the period."""
        if not self._is_ok(response):
            return
        reading = await asyncio.to_thread(
            read_sitemap, response.body, response.url, zone=ZoneInfo(self.timezone), now=datetime.now(UTC)
        )
        self._count("found/sitemap", len(reading.found))
        for reason, count in reading.dropped.items():
            self._count(f"skipped/{reason}", count)
        if reading.error:
            self._fail("bad_sitemap", response.url, reading.error)
        since = self.arguments.since or datetime.now(UTC) - timedelta(days=self.settings.getint("SITEMAP_DAYS"))
        for child in reading.children:
            if depth >= _SITEMAP_DEPTH:
                self._fail("sitemap_too_deep", child.address)
            elif child.may_hold(since, self.arguments.until):
                yield self._sitemap_request(child.address, depth + 1)
        articles = [one for one in reading.found if re.search(self.article_address or "", one.address)]
        self._count("skipped/no_article", len(reading.found) - len(articles))
        recent = [one for one in articles if (one.published_at or one.modified_at or since) >= since]
        self._count("skipped/outside_dates", len(articles) - len(recent))
        for request in self._requests(recent):
            yield request

    def _requests(self, found: Iterable[Found]) -> Iterator[Request]:
        """Requests for what this crawl meets for the first time and was asked for."""
        for one in found:
            if self._is_fresh(one) and (request := self._article_request(one)):
                yield request

    def parse_section(self, response: Response, section: str, page: int) -> Iterator[Request]:
        """Follow the articles that a section page lists, then its next page while there may be more to find."""
        if not self._is_html(response):
            return
        assert isinstance(response, TextResponse)  # _is_html saw to it
        listing = read_section(
            response,
            self.section_rules(),
            section=section,
            page=page,
            listed=self.listed[section],
            now=datetime.now(UTC),
        )
        self.listed[section] += len(listing.found)
        self._count("found/section", len(listing.found))
        if not listing.found:
            self._fail("no_links", response.url)
        fresh = [found for found in listing.found if self._is_fresh(found)]
        for found in fresh:
            if request := self._article_request(found):
                yield request
        if listing.next_page and fresh and not self._is_exhausted(section, page, listing.found):
            yield self._section_request(listing.next_page, section, page + 1)

    def _is_fresh(self, found: Found) -> bool:
        """Whether this crawl meets the address for the first time, in any spelling."""
        identity = address_identity(found.address)
        if identity in self.seen:
            return False
        self.seen.add(identity)
        return True

    def _is_exhausted(self, section: str, page: int, found: Sequence[Found]) -> bool:
        """Whether the section's next page can hold nothing that was asked for: listings run from new to old."""
        if self.arguments.limit is not None and self.asked >= self.arguments.limit:
            return True
        since = self.arguments.since
        if since is None:
            # Without a period a crawl is after what is new, unless so many articles are asked for.
            return self.arguments.limit is None and page >= self.settings.getint("SECTION_PAGES")
        dates = [one.published_at for one in found if one.published_at]
        all_old = bool(dates) and max(dates) < since
        return all_old or self.old_in_a_row[section] >= _OLD_IN_A_ROW

    def _article_request(self, found: Found) -> Request | None:
        """The request for an article, unless it is out of the period or over the limit."""
        if not is_under(found.address, self.domains):
            self._count("skipped/offsite")
            return None
        if self.arguments.excludes(found.published_at):
            self._count("skipped/outside_dates")
            return None
        if self.arguments.limit is not None and self.asked >= self.arguments.limit:
            self._count("skipped/over_limit")
            return None
        self.asked += 1
        return Request(
            found.address,
            callback=self.parse_article,
            errback=self.failed,
            cb_kwargs={"source": found.source},
            meta={"playwright": self.javascript},
            priority=_ARTICLE_PRIORITY,
        )

    # --- articles
    # --------------------------------------------------------------------------------------------------------

    async def parse_article(
        self, response: Response, source: str, amp_of: str | None = None
    ) -> AsyncIterator[Article | Request]:
        """Read an article's page in a worker process; `amp_of` is its address when this is its AMP version."""
        if not self._is_html(response):
            return
        self._count("fetched")
        assert isinstance(response, TextResponse)
        meta = response.meta
        extraction = await self.extraction.extract(
            response.body,
            amp_of or response.url,
            self.site(),
            encoding=http_charset(response),
            fetched_at=meta.get("fetched_at") or datetime.now(UTC),
            feed_text=self.feed_texts.take(response.request.url if response.request else response.url),
        )
        if extraction.amp_url and not amp_of and is_under(extraction.amp_url, self.domains):
            # The page has no text of its own. The record keeps the page's address.
            yield response.follow(
                extraction.amp_url,
                callback=self.parse_article,
                errback=self.failed,
                cb_kwargs={"source": source, "amp_of": response.url},
                priority=_ARTICLE_PRIORITY,
            )
            self._count("amp")
            return
        if extraction.article is None:
            self._fail(extraction.kind.replace(" ", "_"), response.url, extraction.error)
            return
        article = extraction.article
        self._note_age(source, article)
        if self.arguments.excludes(article.published_at):
            self._count("skipped/outside_dates")
            return
        article.archived = meta.get("archived")
        yield article

    def _note_age(self, source: str, article: Article) -> None:
        since = self.arguments.since
        if since and article.published_at and article.published_at < since:
            self.old_in_a_row[source] += 1
        else:
            self.old_in_a_row[source] = 0

    # --- what goes wrong with a page ends that page only
    # --------------------------------------------------------------------

    def _is_ok(self, response: Response) -> bool:
        if response.status == HTTPStatus.OK:
            return True
        self._fail(f"http_{response.status}", response.url)
        return False

    def _is_html(self, response: Response) -> bool:
        if not self._is_ok(response):
            return False
        if not isinstance(response, TextResponse):
            self._fail("not_html", response.url)
            return False
        return True

    def failed(self, failure: Failure) -> None:
        """Count a request that got no answer; what robots.txt forbids is skipped, not failed."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        if failure.check(IgnoreRequest):  # type: ignore[no-untyped-call]  # Twisted's
            self._count("skipped/robots_txt" if "robots" in str(failure.value).lower() else "skipped/ignored")
            self.logger.info("not fetched: %s (%s)", request.url, failure.value)
            return
        self._fail(type(failure.value).__name__, request.url, failure.getErrorMessage())

    def _fail(self, reason: str, address: str, detail: str | None = None) -> None:
        self._count(f"failed/{reason}")
        self.logger.warning("failed: %s: %s%s", address, reason, f" ({detail})" if detail else "")
        if store := self.crawler.get_extension(StoreSession):
            store.note(address, f"failed/{reason}", detail)

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(f"articles/{name}", count)


def http_charset(response: Response) -> str | None:
    """The charset that the Content-Type header names, if any."""
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return http_content_type_encoding(header)
