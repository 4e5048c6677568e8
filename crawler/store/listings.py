"""What was read of each feed, sitemap and section: validators for asking again, and how far paging has come.

A listing is written here after all that it named is kept in `addresses`, never before: what a killed crawl had not
kept is read again.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pymongo import UpdateOne
from pymongo.asynchronous.database import AsyncDatabase

from crawler.periods import Period

Document = dict[str, Any]

SITE = "*"
"""Stands in for an address in what concerns the site as a whole."""
_FIELDS = (
    *("etag", "last_modified", "read_at", "since", "until"),
    *("index_modified", "complete_since", "wait_until", "cursor"),
)


@dataclass(slots=True)
class Listing:
    """The last full reading of one listing."""

    address: str
    etag: str | None = None
    last_modified: str | None = None
    """Validators, as the site sent them."""
    read_at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    """The period of which everything was kept."""
    index_modified: datetime | None = None
    """What the sitemap index said of this sitemap when it was read."""
    children: list[tuple[str, datetime | None]] = field(default_factory=list)
    """Of a sitemap index: its sitemaps, so that an index that is unchanged need not be sent."""
    complete_since: datetime | None = None
    """Of a section: all its pages were read back to this instant."""
    wait_until: datetime | None = None
    """Of the site itself, under the address `*`: it asked not to be asked before."""
    cursor: Document | None = None
    """Of a section: where paging was when its crawl ended without having ended it."""

    def serves(self, period: Period) -> bool:
        """Whether all that this period asks for was kept at the last reading."""
        if self.read_at is None:
            return False
        from_start = self.since is None or (period.since is not None and period.since >= self.since)
        to_end = self.until is None or (period.until is not None and period.until <= self.until)
        return from_start and to_end

    def was_read(self, period: Period, *, etag: str | None, last_modified: str | None) -> None:
        """Everything of the period that the listing names is kept."""
        self.etag, self.last_modified = etag, last_modified
        self.since, self.until, self.read_at = period.since, period.until, datetime.now(UTC)

    def validators(self) -> dict[str, str]:
        """Headers that ask for the listing only if it changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


class ListingBook:
    """One site's listings: read in one query when a crawl begins, written one by one."""

    def __init__(self, database: AsyncDatabase[Document], site: str) -> None:
        self._listings = database["listings"]
        self._site = site
        self._known: dict[str, Listing] = {}

    async def open(self) -> None:
        """Read what is kept of the site."""
        async for row in self._listings.find({"site": self._site}):
            children = [(child["address"], child.get("modified_at")) for child in row.get("children") or ()]
            fields = {name: row.get(name) for name in _FIELDS}
            self._known[row["address"]] = Listing(address=row["address"], children=children, **fields)

    def get(self, address: str) -> Listing:
        """What is kept of a listing; an empty one when it was never read."""
        return self._known.setdefault(address, Listing(address))

    async def keep(self, listing: Listing) -> None:
        """Write one listing."""
        fields: Document = {name: getattr(listing, name) for name in _FIELDS}
        fields["children"] = [{"address": address, "modified_at": moment} for address, moment in listing.children]
        self._known[listing.address] = listing
        key = {"site": self._site, "address": listing.address}
        await self._listings.bulk_write([UpdateOne(key, {"$set": fields}, upsert=True)])
