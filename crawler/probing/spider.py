"""The crawl of a probe: a few questions, one after the other, as polite as any crawl."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.robotstxt import RobotParser
from scrapy.settings import BaseSettings

from crawler.addresses import address_identity, is_under
from crawler.discovery.feeds import read_feed
from crawler.discovery.found import Found, absolute
from crawler.discovery.home import looks_like_article, read_front_page
from crawler.discovery.sections import read_section
from crawler.discovery.sitemaps import read_sitemap
from crawler.extraction import extract
from crawler.probing import signs
from crawler.probing.report import PageRead, Place, Report
from crawler.spider import NewsSpider, http_charset

_ARTICLES = 10
_MOST_OF_A_WAY = 4
"""Declared places of one way that are asked."""
_MOST_UNDECLARED = 3
_GUESSES = {"feed": ("/feed/", "/rss"), "sitemap": ("/sitemap.xml",)}
"""Asked only where nothing names a feed, or a sitemap."""


class ProbeSpider(Spider):
    """Asks one site. It is not of the catalogue: it stands outside of SPIDER_MODULES, and stores nothing.

    Args:
        site: the site's spider, whose declarations are asked; None for a site that has none.
        address: of the front page.
        limit: pages asked for at the most, robots.txt aside.
        report: filled with what is found.
    """

    name = "probe"

    def __init__(self, *, site: type[NewsSpider] | None, address: str, limit: int, report: Report) -> None:
        super().__init__()
        self.site = site
        self.address = address
        self.limit = limit
        self.report = report
        self.zone = ZoneInfo(site.timezone if site else "UTC")
        self.allowed_domains = list(site.domains) if site else [(urlsplit(address).hostname or "").removeprefix("www.")]
        self.asked: set[str] = set()
        self.answers: dict[str, Response] = {}
        self.robots: dict[str, RobotParser] = {}
        self.article_address = re.compile((site.article_address if site else None) or "")

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Nothing is archived or stored, and an answer counts as it comes."""
        super().update_settings(settings)
        for name, value in {
            "ARCHIVE_ENABLED": False,
            # As polite as a crawl: its pauses and its end are kept.
            "EXTENSIONS": {"crawler.frontier.Frontier": 1, "crawler.politeness.Wishes": 2},
            "ITEM_PIPELINES": {},
            "RETRY_ENABLED": False,
        }.items():
            settings.set(name, value, "spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider of one probe; it reads along what robots.txt says."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        return spider

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Keep the rules of a host."""
        self.robots[urlsplit(request.url).netloc] = robotparser

    async def start(self) -> AsyncIterator[Any]:
        """Ask everything, then end: nothing is left to Scrapy's queue."""
        begin = time.monotonic()
        await self._ask_front_page()
        self._read_robots()
        await self._ask_declared()
        await self._ask_undeclared()
        for found, way in self._sample():
            await self._ask_article(found, way)
        self._note_forbidden()
        self.report.requests = len(self.asked)
        self.report.seconds = time.monotonic() - begin
        return
        yield  # what makes this a generator, as Scrapy wants it

    # --- asking

    async def _ask(self, address: str, *, shown: bool = False, reserve: int = 0) -> Response | str:
        """The answer, or one line why there is none. A section that is the front page is asked for once."""
        if address in self.answers:
            return self.answers.pop(address)
        if len(self.asked) >= self.limit - reserve:
            return "not asked: over the limit of the probe"
        engine = self.crawler.engine
        assert engine is not None
        self.asked.add(address)
        render = shown and self.site is not None and self.site.javascript
        try:
            return await engine.download_async(Request(address, meta={"playwright": render}))
        except IgnoreRequest as refused:
            if "robots.txt" in str(refused):
                self.asked.discard(address)
                self.report.robots.forbidden.append(address)
                return "forbidden by robots.txt"
            return " ".join(str(refused).split()) or "not asked"
        except Exception as error:  # noqa: BLE001 - whatever a network does is an answer here
            return next(iter(f"{type(error).__name__}: {error}".strip().splitlines()))[:120]

    async def _ask_place(self, place: Place, read: Callable[[Response, Place], list[str]]) -> list[str]:
        """Ask a place and read it; answers further addresses that it names (an index' sitemaps)."""
        self.report.places.append(place)
        answer = await self._ask(place.address, shown=place.way == "section", reserve=_reserve(self.limit))
        if isinstance(answer, str):
            place.problem = answer
            return []
        place.status = answer.status
        if answer.status != 200:
            place.problem = f"answers {answer.status}"
            return []
        return await asyncio.to_thread(read, answer, place)

    async def _ask_front_page(self) -> None:
        place = Place("home", self.address, "declared" if self.site else "address")
        self.report.places.append(place)
        answer = await self._ask(self.address, shown=bool(self.site and self.site.home))
        if isinstance(answer, str):
            place.problem = answer
            return
        if self.site is None or not self.site.javascript:
            self.answers[self.address] = answer
        place.status = answer.status
        if answer.status != 200 or not isinstance(answer, TextResponse):
            place.problem = f"answers {answer.status}" if answer.status != 200 else "is no HTML page"
            return
        if self.site is None and not is_under(answer.url, self.allowed_domains):
            place.problem = f"led to {answer.url}: its domain is taken"
            self.allowed_domains = [(urlsplit(answer.url).hostname or "").removeprefix("www.")]
        self.address = answer.url
        page = read_front_page(answer, tuple(self.allowed_domains))
        self._take(place, list(page.found), len(page.found))
        self.home_feeds = list(page.feeds)
        self.report.name_ar = signs.arabic_name(answer)
        self.report.language, self.report.system = signs.language(answer), signs.system(answer)

    home_feeds: list[str] = []  # noqa: RUF012 - replaced, never written to

    def _read_robots(self) -> None:
        """What the host of the front page says; Scrapy asked for it before the first page."""
        robots = self.report.robots
        statuses = self.crawler.stats.get_stats()
        prefix = "robotstxt/response_status_count/"
        robots.status = next((int(name.removeprefix(prefix)) for name in statuses if name.startswith(prefix)), None)
        parser = self.robots.get(urlsplit(self.address).netloc)
        if parser is not None:
            robots.crawl_delay = parser.crawl_delay(self.settings["ROBOTSTXT_USER_AGENT"])
            named = getattr(getattr(parser, "rp", None), "sitemaps", ())
            robots.sitemaps = [one for address in named if (one := absolute(self.address, address))]

    async def _ask_declared(self) -> None:
        if self.site is None:
            return
        for feed in self.site.feeds[:_MOST_OF_A_WAY]:
            await self._ask_place(Place("feed", feed, "declared"), self._read_feed)
        for sitemap in self.site.sitemaps[:_MOST_OF_A_WAY]:
            await self._ask_sitemap(sitemap, "declared")
        for section in self.site.sections[:_MOST_OF_A_WAY]:
            await self._ask_place(Place("section", section, "declared"), self._read_section)

    async def _ask_undeclared(self) -> None:
        """What robots.txt and the front page name and the spider does not; guesses where they name nothing."""
        # A spider that declares its front page alone is led by it to these itself.
        found = "found" if self.site and self.site.home else None
        for feed in self._others("feed", self.home_feeds):
            await self._ask_place(Place("feed", feed, found or "home page"), self._read_feed)
        for sitemap in self._others("sitemap", self.report.robots.sitemaps):
            await self._ask_sitemap(sitemap, found or "robots.txt")
        if self.site is not None or self.report.places[0].status is None:
            return
        for way, paths in _GUESSES.items():
            for path in paths:
                if any(place.way == way and place.works for place in self.report.places):
                    break
                address = f"{self.address.rstrip('/')}{path}"
                if way == "feed":
                    await self._ask_place(Place(way, address, "guess"), self._read_feed)
                else:
                    await self._ask_sitemap(address, "guess")

    def _others(self, way: str, named: Iterable[str]) -> list[str]:
        declared = (self.site.feeds if way == "feed" else self.site.sitemaps) if self.site else ()
        known = {address_identity(address) for address in declared}
        return [address for address in named if address_identity(address) not in known][:_MOST_UNDECLARED]

    async def _ask_sitemap(self, address: str, named_by: str, depth: int = 0) -> None:
        children = await self._ask_place(Place("sitemap", address, named_by), self._read_sitemap)
        if children and depth < 2:
            await self._ask_sitemap(children[0], "sitemap", depth + 1)

    # --- reading

    def _take(self, place: Place, found: list[Found], entries: int) -> None:
        articles = [
            one
            for one in found
            if is_under(one.address, self.allowed_domains) and self.article_address.search(one.address)
        ]
        place.take(found, articles, entries)
        if entries and not articles:
            place.problem = "names no address of the site's articles"

    def _read_feed(self, answer: Response, place: Place) -> list[str]:
        reading = read_feed(answer.body, answer.url, zone=self.zone, now=datetime.now(UTC))
        self._take(place, list(reading.found), reading.entries)
        place.problem = reading.error or place.problem
        return []

    def _read_sitemap(self, answer: Response, place: Place) -> list[str]:
        reading = read_sitemap(answer.body, answer.url, zone=self.zone, now=datetime.now(UTC))
        found = [one for one in reading.found if self.site or looks_like_article(one.address)]
        self._take(place, found, len(reading.found) + len(reading.children))
        place.problem = reading.error or (None if reading.children else place.problem)
        # The newest first: by its lastmod, else the last whose name has a number, as systems count them up.
        dated = [child for child in reading.children if child.modified_at]
        newest = max(dated, key=lambda child: child.modified_at or datetime.min.replace(tzinfo=UTC), default=None)
        children = [newest.address] if newest else [child.address for child in reading.children[-1:]]
        return [address for address in children if address not in self.asked]

    def _read_section(self, answer: Response, place: Place) -> list[str]:
        assert self.site is not None
        if not isinstance(answer, TextResponse):
            place.problem = "is no HTML page"
            return []
        rules = self.site.section_rules()
        reading = read_section(answer, rules, section=place.address, page=1, listed=0, now=datetime.now(UTC))
        self._take(place, list(reading.found), len(reading.found))
        if not reading.found:
            place.problem = "article_links finds nothing in it"
        elif rules.next_page and not reading.next_page:
            place.problem = "names no next page"
        return []

    # --- articles

    def _sample(self) -> list[tuple[Found, str]]:
        """Articles to read: of every way the newest, in turn, each address once."""
        # The front page's links are a guess: they are read where nothing better is.
        places = [place for place in self.report.places if place.found and place.way != "home"]
        places += [place for place in self.report.places if place.found and place.way == "home"] if not places else []
        allowed = [[(one, place.way) for one in place.found if self._is_allowed(one.address)] for place in places]
        columns = [column[:_ARTICLES] for column in allowed]
        chosen: dict[str, tuple[Found, str]] = {}
        for row in zip_longest(*columns):
            for pair in row:
                if pair is not None:
                    chosen.setdefault(address_identity(pair[0].address), pair)
        return list(chosen.values())[:_ARTICLES]

    async def _ask_article(self, found: Found, way: str) -> None:
        page = PageRead(found.address, way)
        self.report.pages.append(page)
        answer = await self._ask(found.address, shown=True)
        if isinstance(answer, str):
            page.problem = answer
            return
        page.status = answer.status
        if answer.status != 200 or not isinstance(answer, TextResponse):
            page.problem = f"answers {answer.status}" if answer.status != 200 else "is no HTML page"
            return
        extraction = await asyncio.to_thread(
            extract,
            answer.body,
            answer.url,
            self.site.site() if self.site else None,
            encoding=http_charset(answer),
            fetched_at=datetime.now(UTC),
            feed_text=found.text,
            explain=True,
        )
        page.article, page.amp_url = extraction.article, extraction.amp_url
        page.problem = f"{extraction.kind}: {extraction.error}" if extraction.error else None
        page.scripted = signs.scripted(answer.body)
        body = next((one for one in extraction.evidence if one.field == "body" and one.rejected is None), None)
        if body is not None and extraction.article:
            page.text_from = body.origin if body.origin in {"markup", "site rules", "trafilatura"} else body.where

    def _is_allowed(self, address: str) -> bool:
        """Whether robots.txt of the address' host, where one was read, lets it be asked for."""
        parser = self.robots.get(urlsplit(address).netloc)
        return parser is None or parser.allowed(address, self.settings["ROBOTSTXT_USER_AGENT"])

    def _note_forbidden(self) -> None:
        """What robots.txt forbids of all that was found, not only of what was asked."""
        forbidden = self.report.robots.forbidden
        found = (one.address for place in self.report.places for one in place.found)
        refused = (address for address in found if not self._is_allowed(address))
        self.report.robots.forbidden = list(dict.fromkeys((*forbidden, *refused)))


def _reserve(limit: int) -> int:
    """Questions that are kept for articles."""
    return min(_ARTICLES, limit // 2)
