"""NewsSpider: the base of every newspaper's spider. A site declares; what is common is done here."""

import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
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

from crawler.addresses import is_under
from crawler.arguments import CrawlArguments
from crawler.discovery.feed_texts import FeedTexts
from crawler.discovery.sections import SectionRules
from crawler.extraction.pool import ExtractionPool
from crawler.extraction.result import Extraction
from crawler.extraction.rules import PageRules, Site
from crawler.frontier import Frontier
from crawler.items import Article, WarcReference
from crawler.javascript.browser import render_pages
from crawler.lister import Lister
from crawler.store.addresses import Claim
from crawler.store.measures import Measures, place
from crawler.store.session import StoreSession

# An article is fetched before the next listing is: paging then stops in time, and memory holds few requests.
_ARTICLE_PRIORITY = 10
# Why a request was not sent, by what the middlewares' messages say.
_IGNORED = {
    "the crawl ends: ": "not_asked",
    "known: ": "known",
    "offsite: ": "offsite",
    "robots": "robots_txt",
    "redirection": "endless_redirect",
}
# What a page may be instead of an article for a while: asked again in later crawls. Other kinds stay what they are.
_PASSING = {"error page", "empty", "timeout", "worker died"}


class NewsSpider(Spider):
    """A newspaper, agency or broadcaster. Subclasses declare, in this order, and contain no code.

    The class docstring names the outlet: `Name in Latin (الاسم), place: what it is. System of its site.`

    Arguments (`-a NAME=VALUE`): `since`, `until` (a date such as 2018-01-31 or 2018-01, or a time ago such as 7d,
    in the site's zone; `until` includes the period it names), `limit` (article pages fetched at the most) and
    `refresh=all` (what is stored is read anew).
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
    """Sitemaps, news sitemaps and sitemap indexes."""
    home: str | None = None
    """The front page, from which a site that declares nothing else is discovered; None: the first domain's."""

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
        self.feed_texts = FeedTexts()

    @classmethod
    def parse_arguments(cls, **arguments: str) -> CrawlArguments:
        """Read the `-a` arguments.

        Raises:
            UserError: for an unknown argument, a bad date, limit or refresh, or an empty period.
        """
        return CrawlArguments.parse(cls.name, ZoneInfo(cls.timezone), arguments)

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
    frontier: Frontier
    lister: Lister

    async def start(self) -> AsyncIterator[Any]:
        """Take up what earlier crawls left, then what the site lists, until nothing is left."""
        asked = self.arguments
        self.frontier = Frontier.of(self.crawler)
        self.lister = Lister(self, self.frontier)
        await self.frontier.open(self.name, asked.period, limit=asked.limit, refresh=asked.refresh)
        self.lister.begin()
        async for one in self.frontier.work():
            yield self._article_request(one) if isinstance(one, Claim) else one

    def _article_request(self, claim: Claim) -> Request:
        return Request(
            claim.address,
            callback=self.parse_article,
            errback=self.failed,
            cb_kwargs={"claim": claim},
            meta={"playwright": self.javascript},
            priority=_ARTICLE_PRIORITY,
        )

    # --- articles

    async def parse_article(
        self, response: Response, claim: Claim, amp_of: str | None = None
    ) -> AsyncIterator[Article | Request]:
        """Read an article's page in a worker process; `amp_of` is its address when this is its AMP version."""
        self.frontier.note_trouble(is_trouble=response.status >= HTTPStatus.INTERNAL_SERVER_ERROR)
        if response.status != HTTPStatus.OK:
            self.fail(f"http_{response.status}", response.url, archived=response.meta.get("archived"))
            if amp_of:  # the page itself was there
                await self.frontier.failed(claim.key, f"http_{response.status}")
            else:
                await self.frontier.missing(claim.key, response.status)
            return
        if not isinstance(response, TextResponse):
            self.fail("not_html", response.url)
            await self.frontier.refused(claim.key, "not_html")
            return
        self._count("fetched")
        meta, fed = response.meta, self.feed_texts.take(claim.address)
        extraction = await self.extraction.extract(
            response.body,
            amp_of or response.url,
            self.site(),
            encoding=http_charset(response),
            fetched_at=meta.get("fetched_at") or datetime.now(UTC),
            feed_text=fed.text,
        )
        if measures := self.crawler.get_extension(Measures):
            measures.note_page(response, extraction.seconds)
        if extraction.amp_url and not amp_of and is_under(extraction.amp_url, self.domains):
            self._count("amp")
            # The page has no text of its own. The record keeps the page's address.
            yield response.follow(
                extraction.amp_url,
                callback=self.parse_article,
                errback=self.failed,
                cb_kwargs={"claim": claim, "amp_of": response.url},
                priority=_ARTICLE_PRIORITY,
            )
            return
        article = extraction.article
        if article is None:
            await self._no_article(extraction, claim, meta.get("archived"))
            return
        self.lister.note_age(claim.source, article.published_at)
        if self.arguments.excludes(article.published_at):
            self._count("skipped/outside_dates")
            await self.frontier.refused(claim.key, "outside_dates", article.published_at)
            return
        article.archived = meta.get("archived")
        article.fed_from = fed.archived if extraction.is_fed else None
        article.asked_as = claim.key
        yield article

    async def _no_article(self, extraction: Extraction, claim: Claim, archived: WarcReference | None) -> None:
        """Some pages answer 200 and say that there is nothing: these, and what broke, may be an article later."""
        reason = extraction.kind.replace(" ", "_")
        self.fail(reason, extraction.url, extraction.error, archived)
        if extraction.kind in _PASSING:
            await self.frontier.failed(claim.key, reason)
        else:
            await self.frontier.refused(claim.key, reason)

    # --- what goes wrong with a page ends that page only

    async def failed(self, failure: Failure) -> None:
        """An article's page got no answer."""
        claim: Claim = failure.request.cb_kwargs["claim"]  # type: ignore[attr-defined]  # set by Scrapy
        reason = self.count_failure(failure)
        if reason == "robots_txt":
            await self.frontier.forgotten(claim.key)
        elif reason == "known":
            await self.frontier.redirected(claim.key, str(failure.value).partition(": ")[2])
        elif reason == "offsite":
            await self.frontier.refused(claim.key, reason)
        elif self.frontier.ending:
            self.frontier.returned(claim.key)
        else:
            self.frontier.note_trouble(is_trouble=reason != "endless_redirect")
            await self.frontier.failed(claim.key, reason)

    def count_failure(self, failure: Failure) -> str:
        """Count a request that got no answer, and say why; what robots.txt forbids is skipped, not failed."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        if failure.check(IgnoreRequest):  # type: ignore[no-untyped-call]  # Twisted's
            reason = _why_ignored(str(failure.value))
            if reason == "endless_redirect":
                self.fail(reason, request.url)
            elif reason == "known":
                self._count(reason)
            else:
                self._count(f"skipped/{reason}")
                self.logger.info("not fetched: %s (%s)", request.url, failure.value)
            return reason
        reason = type(failure.value).__name__
        self.fail(reason, request.url, failure.getErrorMessage())
        return reason

    def fail(self, reason: str, address: str, detail: str | None = None, archived: WarcReference | None = None) -> None:
        """Count an address that gave nothing, and remember it for `scrapy crawls`, with its archived page if any."""
        self._count(f"failed/{reason}")
        self.logger.warning("failed: %s: %s%s", address, reason, f" ({detail})" if detail else "")
        if store := self.crawler.get_extension(StoreSession):
            store.note(address, f"failed/{reason}", detail, place(archived))

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(f"articles/{name}", count)


def _why_ignored(message: str) -> str:
    """Why a request was not sent, in a word; Scrapy's middlewares say it in a sentence."""
    message = message.lower()
    for sign, reason in _IGNORED.items():
        if sign in message:
            return reason
    return "ignored"


def http_charset(response: Response) -> str | None:
    """The charset that the Content-Type header names, if any."""
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return http_content_type_encoding(header)
