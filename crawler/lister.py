"""Asks a site for its feeds, sitemaps and sections, reads them, and offers what they name to the crawl's queue."""

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from scrapy import Request
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from crawler.addresses import address_key, is_under
from crawler.discovery.feeds import read_feed
from crawler.discovery.found import Found
from crawler.discovery.home import read_front_page
from crawler.discovery.sections import read_section
from crawler.discovery.sitemaps import ChildSitemap, SitemapReading, sitemap_batches, with_short_months
from crawler.frontier import TURNED_AWAY, Frontier
from crawler.periods import Period
from crawler.store.listings import Listing

if TYPE_CHECKING:
    from crawler.spider import NewsSpider

Way = Literal["feed", "sitemap", "section", "home"]

# A section that shows no dates ends, for `since`, after so many articles in a row that were too old: a few old ones
# may be pinned.
_OLD_IN_A_ROW = 10
# Indexes of indexes are against the protocol and real; a loop of them is not followed for ever.
_SITEMAP_DEPTH = 3
# The sitemap of a month that ended so long before it was read does not change any more.
_CLOSED = timedelta(days=7)
# So many entries that all changed at the same instant tell when the listing was made, not when articles were edited.
_SAME_INSTANT = 10
_KNOWN = {"known", "pending", "refused"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where paging through a section is."""

    section: str
    address: str
    page: int = 1
    listed: int = 0
    """Articles that the earlier pages listed."""


class Lister:
    """Discovery of one crawl."""

    def __init__(self, spider: "NewsSpider", frontier: Frontier) -> None:
        self.spider = spider
        self.frontier = frontier
        self.stats = spider.crawler.stats
        self.zone = ZoneInfo(spider.timezone)
        self.period: Period = spider.arguments.period
        self.refresh: bool = spider.arguments.refresh
        settings = spider.crawler.settings
        self.section_pages = settings.getint("SECTION_PAGES")
        self.listings_limit = settings.getint("LISTINGS_LIMIT")
        # Without a period a sitemap, which tells of years, is read for what is new.
        recent = datetime.now(UTC) - timedelta(days=settings.getint("SITEMAP_DAYS"))
        self.sitemap_period = Period(self.period.since or recent, self.period.until)
        self.asked: set[str] = set()
        self.met: defaultdict[str, set[bytes]] = defaultdict(set)
        self.old_in_a_row: Counter[str] = Counter()
        self.has_monthly_archive = False
        self.sitemaps_failed = False
        self.robots_sitemaps: list[str] = []

    def begin(self) -> None:
        """Queue every place that the site declares; its front page, where it declares none."""
        spider = self.spider
        for feed in spider.feeds:
            self._ask(self._feed(feed))
        # By month, a sitemap reaches back at the least cost: before the sections.
        for sitemap in spider.sitemaps:
            self._ask(self._sitemap(sitemap))
        for section in spider.sections:
            self._ask(self._section(Place(section, section)))
        if not (spider.feeds or spider.sitemaps or spider.sections):
            home = spider.home or f"https://{spider.domains[0]}/"
            request = self._request(home, self.parse_home, conditional=False)
            request.meta["playwright"] = self.spider.javascript
            self._ask(request)

    def note_age(self, source: str, published_at: datetime | None) -> None:
        """Learn from an article's page how far back the section that listed it has come."""
        since = self.period.since
        is_old = since is not None and published_at is not None and published_at < since
        self.old_in_a_row[source] = self.old_in_a_row[source] + 1 if is_old else 0

    # --- asking

    def _ask(self, *requests: Request | None, first: bool = False) -> None:
        """Queue listings that were not asked for yet, within the limit on listings a crawl."""
        chosen = []
        for request in requests:
            if request is None or request.url in self.asked:
                continue
            if len(self.asked) >= self.listings_limit:
                self._count("skipped/listings_limit")
                continue
            self.asked.add(request.url)
            chosen.append(request)
        self.frontier.ask(*chosen, first=first)

    def _request(
        self, address: str, callback: Callable[..., Any], *, conditional: bool, way: Way = "home", **arguments: Any
    ) -> Request:
        kept = self.frontier.listing(address)
        return Request(
            address,
            callback=callback,
            errback=self.failed,
            headers=kept.validators() if conditional and not self.refresh else {},
            cb_kwargs={"listing": kept, **arguments},
            meta={"listing": way},
        )

    def _feed(self, address: str) -> Request:
        conditional = self.frontier.listing(address).serves(self.period)
        return self._request(address, self.parse_feed, conditional=conditional, way="feed")

    def _sitemap(self, address: str, depth: int = 0, index_modified: datetime | None = None) -> Request:
        conditional = self.frontier.listing(address).serves(self.sitemap_period)
        return self._request(
            address,
            self.parse_sitemap,
            conditional=conditional,
            way="sitemap",
            depth=depth,
            index_modified=index_modified,
        )

    def _section(self, place: Place) -> Request:
        kept = self.frontier.listing(place.section)
        # What a server sends of a page that scripts write is the same shell, whatever its list holds.
        conditional = place.page == 1 and not self.spider.javascript
        conditional = conditional and (self._is_complete(kept) or self._cursor(kept) is not None)
        request = self._request(place.address, self.parse_section, conditional=conditional, way="section", place=place)
        request.cb_kwargs["listing"] = kept
        request.meta["playwright"] = self.spider.javascript
        return request

    # --- reading

    async def parse_feed(self, response: Response, listing: Listing) -> None:
        """Offer the articles that a feed names."""
        try:
            if not self._answers(response, "feed"):
                return
            # feedparser takes up to a second for a large feed: not on the event loop.
            reading = await asyncio.to_thread(
                read_feed, response.body, response.url, zone=self.zone, now=datetime.now(UTC)
            )
            self._count("skipped/no_address", reading.dropped)
            if reading.error:
                self._fail("bad_feed", response.url, reading.error)
                return
            self.spider.feed_texts.keep(reading.found, response.meta.get("archived"))
            await self._offer("feed", reading.found, self.period)
            await self._keep(listing, response, self.period)
        finally:
            self.frontier.listing_done()

    async def parse_sitemap(
        self, response: Response, listing: Listing, depth: int, index_modified: datetime | None
    ) -> None:
        """Offer the articles that a sitemap names; ask for the sitemaps that it names, if they may be of the period."""
        try:
            if not self._answers(response, "sitemap"):
                self.sitemaps_failed |= response.status != HTTPStatus.NOT_MODIFIED
                if response.status == HTTPStatus.NOT_MODIFIED:
                    self._follow([ChildSitemap(*child) for child in listing.children], depth)
                return
            reading = SitemapReading()
            batches = sitemap_batches(response.body, response.url, reading, zone=self.zone, now=datetime.now(UTC))
            while batch := await asyncio.to_thread(next, batches, None):
                await self._offer("sitemap", self._articles(batch), self.sitemap_period)
            for reason, count in reading.dropped.items():
                self._count(f"skipped/{reason}", count)
            if reading.error:
                self.sitemaps_failed = True
                self._fail("bad_sitemap", response.url, reading.error)
            self._follow(reading.children, depth)
            if not reading.error:
                listing.index_modified = index_modified
                listing.children = [(child.address, child.modified_at) for child in reading.children]
                await self._keep(listing, response, self.sitemap_period)
        finally:
            self.frontier.listing_done()

    def _articles(self, found: Sequence[Found]) -> list[Found]:
        """Without addresses that the site's own pattern says are no articles'."""
        pattern = re.compile(self.spider.article_address or "")
        articles = [one for one in found if pattern.search(one.address)]
        self._count("skipped/no_article", len(found) - len(articles))
        return articles

    def _follow(self, children: Sequence[ChildSitemap], depth: int) -> None:
        """Ask for the sitemaps of an index that may hold what is new, or of the period."""
        if children and depth >= _SITEMAP_DEPTH:
            self._fail("sitemap_too_deep", children[0].address)
            return
        children = with_short_months(children)
        self.has_monthly_archive |= sum(child.month(self.zone) is not None for child in children) > 1
        chosen = [self._sitemap(child.address, depth + 1, child.modified_at) for child in self._wanted(children)]
        self._ask(*chosen, first=True)

    def _wanted(self, children: Sequence[ChildSitemap]) -> Iterator[ChildSitemap]:
        period = self.sitemap_period
        others = self.period.since is None and bool(self.spider.feeds or self.spider.sections)
        for child in children:
            if not is_under(child.address, self.spider.domains):
                self._count("skipped/offsite")
            elif not child.may_hold(period.since, period.until, self.zone):
                self._count("skipped/sitemap_outside_dates")
            elif others and child.modified_at is None and child.month(self.zone) is None:
                # Of an index without dates all would have to be read to find the few new ones: the feeds tell those.
                self._count("skipped/sitemap_without_date")
            elif self._is_unchanged(child):
                self._count_way("sitemap", "unchanged")
            else:
                yield child

    def _is_unchanged(self, child: ChildSitemap) -> bool:
        """Whether all of a sitemap's articles are kept, by what its index says or because its month is long over."""
        kept = self.frontier.listing(child.address)
        if self.refresh or kept.read_at is None or not kept.serves(self.sitemap_period):
            return False
        if child.modified_at is not None:
            return child.modified_at == kept.index_modified
        month = child.month(self.zone)
        return month is not None and month[1] + _CLOSED < kept.read_at

    async def parse_section(self, response: Response, listing: Listing, place: Place) -> None:
        """Offer the articles that a section page lists; ask for its next page while there may be more to find."""
        try:
            if not self._answers(response, "section"):
                if response.status == HTTPStatus.NOT_MODIFIED and (cursor := self._cursor(listing)):
                    self._ask(self._section(cursor))
            elif isinstance(response, TextResponse):
                await self._read_section(response, listing, place)
            else:
                self._fail("not_html", response.url)
        finally:
            self.frontier.listing_done()

    async def _read_section(self, response: TextResponse, listing: Listing, place: Place) -> None:
        reading = read_section(
            response,
            self.spider.section_rules(),
            section=place.section,
            page=place.page,
            listed=place.listed,
            now=datetime.now(UTC),
        )
        if not reading.found and place.page == 1:
            self._fail("no_links", response.url)
        if place.page == 1:
            self.old_in_a_row[place.section] = 0  # what an earlier crawl left pending tells nothing of this page
        met = self.met[place.section]
        keys = {address_key(one.address) for one in reading.found}
        is_new_here = bool(keys - met)
        met |= keys
        verdicts = await self._offer("section", reading.found, self.period)
        following = None
        if reading.next_page and is_new_here and not self._is_old(place, reading.found):
            following = Place(place.section, reading.next_page, place.page + 1, place.listed + len(reading.found))
            following = self._go_on(listing, following, all_known=bool(verdicts) and verdicts.keys() <= _KNOWN)
        if place.page == 1:
            listing.etag, listing.last_modified = _validators(response)
        await self._turn_page(listing, following)

    def _is_old(self, place: Place, found: Sequence[Found]) -> bool:
        """Whether the section's next page can hold nothing of the period: listings run from new to old."""
        since = self.period.since
        if since is None:
            return False
        dates = [one.published_at for one in found if one.published_at]
        return (bool(dates) and max(dates) < since) or self.old_in_a_row[place.section] >= _OLD_IN_A_ROW

    def _go_on(self, listing: Listing, following: Place, *, all_known: bool) -> Place | None:
        """The next page to read, or None where the section is done."""
        if all_known and not self.refresh:
            cursor = self._cursor(listing)
            if cursor and cursor.page >= following.page:
                return cursor  # an earlier crawl came so far: what was printed since has only moved pages down
            archive = self.has_monthly_archive and not self.sitemaps_failed
            if self.period.since is None or archive or self._is_complete(listing):
                return None
        # Without a period a crawl is after what is new, unless so many articles are asked for.
        if self.period.since is None and self.frontier.limit is None and following.page > self.section_pages:
            return None
        return following

    async def _turn_page(self, listing: Listing, following: Place | None) -> None:
        """Keep where paging is before going there, or that it came to its end."""
        listing.read_at = datetime.now(UTC)
        if following is None:
            listing.cursor = None
            since = self.period.since
            if since and self.period.until is None:
                listing.complete_since = min(since, listing.complete_since or since)
        else:
            listing.cursor = {
                "address": following.address,
                "page": following.page,
                "listed": following.listed,
                "is_backfill": self.period.since is not None,
                "until": self.period.until,
            }
        await self.frontier.keep_listing(listing)
        if following is not None and not self.frontier.has_enough():
            self._ask(self._section(following))

    def _cursor(self, listing: Listing) -> Place | None:
        """Where an earlier crawl of this kind and end was when it was cut off."""
        kept = listing.cursor
        if not kept or self.refresh or kept["is_backfill"] != (self.period.since is not None):
            return None
        if kept["until"] != self.period.until:
            return None
        return Place(listing.address, kept["address"], kept["page"], kept["listed"])

    def _is_complete(self, listing: Listing) -> bool:
        """Whether all the section's pages of the period were read."""
        if self.period.since is None:
            return listing.cursor is None
        return listing.complete_since is not None and listing.complete_since <= self.period.since

    async def parse_home(self, response: Response, listing: Listing) -> None:
        """Ask for the feeds and sitemaps that robots.txt and the front page name; offer the page's own links."""
        try:
            self._ask(*(self._sitemap(address) for address in dict.fromkeys(self.robots_sitemaps)))
            if not self._answers(response, "home"):
                return
            if not isinstance(response, TextResponse):
                self._fail("not_html", response.url)
                return
            page = read_front_page(response, tuple(self.spider.domains))
            self._ask(*(self._feed(address) for address in page.feeds))
            await self._offer("home", self._articles(page.found), self.period)
            await self._keep(listing, response, self.period)
        finally:
            self.frontier.listing_done()

    def failed(self, failure: Failure) -> None:
        """A listing got no answer."""
        way: Way = failure.request.meta["listing"]  # type: ignore[attr-defined]  # set by Scrapy
        self.sitemaps_failed |= way == "sitemap"
        self._count_way(way, "asked")
        reason = self.spider.count_failure(failure)
        self._count_way(way, "forbidden" if reason == "robots_txt" else "failed")
        self.frontier.listing_done()

    # --- offering and counting

    async def _offer(self, way: Way, found: Sequence[Found], period: Period) -> Counter[str]:
        """Offer what is the site's and may be of the period; answers how many addresses are what."""
        self._count(f"found/{way}", len(found))
        self._note_reach(way, found)
        modified = {one.modified_at for one in found}
        if len(found) >= _SAME_INSTANT and len(modified) == 1:
            found = [replace(one, modified_at=None) for one in found]
        verdicts: Counter[str] = Counter()
        wanted = []
        for one in found:
            too_old = period.since and one.modified_at and one.modified_at < period.since
            if not is_under(one.address, self.spider.domains):
                self._count("skipped/offsite")
            elif too_old or period.excludes(one.published_at):
                self._count("skipped/outside_dates")
                verdicts["outside"] += 1
            else:
                wanted.append(one)
        verdicts.update(await self.frontier.offer(wanted))
        return verdicts

    def _note_reach(self, way: Way, found: Sequence[Found]) -> None:
        """Keep how far back a way of discovery reaches: the oldest instant that it tells."""
        if moments := [moment for one in found if (moment := one.published_at or one.modified_at)]:
            name = f"discovery/{way}/oldest"
            oldest = min(moments).astimezone(UTC).isoformat(timespec="seconds")
            self.stats.set_value(name, min(oldest, self.stats.get_value(name, oldest)))

    async def _keep(self, listing: Listing, response: Response, period: Period) -> None:
        etag, last_modified = _validators(response)
        listing.was_read(period, etag=etag, last_modified=last_modified)
        await self.frontier.keep_listing(listing)

    def _answers(self, response: Response, way: Way) -> bool:
        """Whether there is something to read: not when the listing is unchanged, or the answer is an error."""
        self._count_way(way, "asked")
        if response.status == HTTPStatus.NOT_MODIFIED:
            self._count_way(way, "unchanged")
            return False
        if response.status != HTTPStatus.OK:
            self._count_way(way, "failed")
            if (reason := f"http_{response.status}") in TURNED_AWAY:
                self._count_way(way, "turned_away")
            self._fail(reason, response.url)
            return False
        return True

    def _count_way(self, way: Way, name: str) -> None:
        self.stats.inc_value(f"discovery/{way}/{name}")

    def _count(self, name: str, count: int = 1) -> None:
        if count:
            self.stats.inc_value(f"articles/{name}", count)

    def _fail(self, reason: str, address: str, detail: str | None = None) -> None:
        self.spider.fail(reason, address, detail)


def _validators(response: Response) -> tuple[str | None, str | None]:
    """ETag and Last-Modified, as sent."""
    etag, modified = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    return (etag.decode("latin-1") if etag else None, modified.decode("latin-1") if modified else None)
