"""Sitemaps, sitemap indexes and news sitemaps (sitemaps.org protocol; Google's news extension)."""

import gzip
import io
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from crawler.arabic.dates import parse_date
from crawler.discovery.found import Found, absolute

MAX_BYTES = 256 * 1024 * 1024
"""Of one sitemap after decompression; the protocol allows 50 MB."""
MAX_ENTRIES = 1_000_000
"""Of one sitemap; the protocol allows 50,000."""
MAX_CHILDREN = 50_000
"""Of one index: what the protocol allows."""
_GZIP = b"\x1f\x8b"
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])(?!\d)")
_SHORT_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/]([1-9]\d?)(?=\.)")
_MONTHS = frozenset(range(1, 13))
_MONTH_QUERY = re.compile(r"(?:^|&)(?:yyyy|year|y)=((?:19|20)\d\d)&(?:mm|month|m)=(0?[1-9]|1[0-2])(?!\d)")


@dataclass(frozen=True, slots=True)
class ChildSitemap:
    """One sitemap that an index names."""

    address: str
    modified_at: datetime | None = None
    months_are_short: bool = False
    """Whether `-2024-8.xml` names a month: the index tells (`with_short_months`)."""

    def month(self, zone: tzinfo) -> tuple[datetime, datetime] | None:
        """Beginning and end of the month that its address names (`post-2018-02.xml`, `?yyyy=2018&mm=02`), if one."""
        parts = urlsplit(self.address)
        pattern = _SHORT_MONTH if self.months_are_short else _MONTH
        named = pattern.findall(parts.path) + _MONTH_QUERY.findall(parts.query)
        if len(named) != 1:
            return None
        start = datetime(int(named[0][0]), int(named[0][1]), 1, tzinfo=zone)
        return start, start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)

    def may_hold(self, since: datetime | None, until: datetime | None, zone: tzinfo = UTC) -> bool:
        """Whether articles of the period may be in it, by its lastmod and a month in its name.

        Args:
            since: beginning of the period.
            until: its end.
            zone: the site's, in which its months begin.
        """
        if since and self.modified_at and self.modified_at < since:
            return False
        month = self.month(zone)
        return month is None or ((since is None or month[1] > since) and (until is None or month[0] < until))


def with_short_months(children: Sequence[ChildSitemap]) -> Sequence[ChildSitemap]:
    """The sitemaps of an index, with `-2024-8.xml` read as a month where a year has twelve and none has more.

    Elsewhere it may be the eighth part of a year.
    """
    years: defaultdict[str, set[int]] = defaultdict(set)
    for child in children:
        for year, number in _SHORT_MONTH.findall(urlsplit(child.address).path):
            years[year].add(int(number))
    if _MONTHS not in years.values() or any(numbers - _MONTHS for numbers in years.values()):
        return children
    return [replace(child, months_are_short=bool(_SHORT_MONTH.search(child.address))) for child in children]


@dataclass(slots=True)
class SitemapReading:
    """What one sitemap gives."""

    found: list[Found] = field(default_factory=list)
    children: list[ChildSitemap] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    """Entries that were passed over, by reason."""
    error: str | None = None
    """Why it gives nothing, or not all; None when it was read to its end."""


def read_sitemap(body: bytes, address: str, *, zone: tzinfo, now: datetime) -> SitemapReading:
    """Read a sitemap or sitemap index, gzipped or not, as a whole; never raises.

    Args:
        body: as fetched.
        address: of the sitemap; relative addresses are relative to it.
        zone: for dates that state no offset.
        now: dates after it are no dates.
    """
    reading = SitemapReading()
    for batch in sitemap_batches(body, address, reading, zone=zone, now=now):
        reading.found.extend(batch)
    return reading


def sitemap_batches(
    body: bytes, address: str, reading: SitemapReading, *, zone: tzinfo, now: datetime, size: int = 1000
) -> Iterator[list[Found]]:
    """Read a sitemap a part at a time: memory does not grow with it. Never raises.

    Args:
        body: as fetched.
        address: of the sitemap; relative addresses are relative to it.
        reading: takes everything but the articles' addresses.
        zone: for dates that state no offset.
        now: dates after it are no dates.
        size: articles' addresses in each part.
    """
    source = _Source(body)
    batch: list[Found] = []
    count = 0
    try:
        for kind, element in _entries(source):
            count += 1
            if count > MAX_ENTRIES:
                reading.error = f"more than {MAX_ENTRIES} entries: the rest is left"
                break
            if found := _read_entry(kind, element, address, reading, zone=zone, now=now):
                batch.append(found)
            if len(batch) >= size:
                yield batch
                batch = []
    except etree.XMLSyntaxError as error:
        reading.error = f"not XML: {error.msg}" if source.head else "empty answer"
    except (OSError, EOFError, zlib.error) as error:
        reading.error = f"broken gzip: {error}"
    if batch:
        yield batch
    if reading.error is None and source.is_cut:
        reading.error = f"more than {MAX_BYTES} bytes: the rest is left"
    if reading.error is None and not count and not _is_sitemap(source.head):
        reading.error = "not a sitemap" if source.head else "empty answer"


def _is_sitemap(xml: bytes) -> bool:
    return b"<urlset" in xml or b"<sitemapindex" in xml


class _Source:
    """A sitemap's XML as a file: decompressed as it is read, without what stands before it, and of bounded size."""

    def __init__(self, body: bytes) -> None:
        self._stream = gzip.GzipFile(fileobj=io.BytesIO(body)) if body.startswith(_GZIP) else io.BytesIO(body)
        self._left = MAX_BYTES
        self.head = b""
        """The first bytes, for telling what the answer is."""

    @property
    def is_cut(self) -> bool:
        """Whether there was more than may be read."""
        return self._left <= 0

    def read(self, size: int = 65536) -> bytes:
        """The next bytes; none at the end."""
        chunk = self._stream.read(min(size, max(self._left, 0)))
        self._left -= len(chunk)
        if not self.head:
            while chunk and not (stripped := chunk.lstrip()):
                chunk = self._stream.read(size)
                self._left -= len(chunk)
            chunk = stripped if chunk else b""
            self.head = chunk[:4096]
        return chunk


def _entries(source: _Source) -> Iterator[tuple[str, Any]]:
    """Each `url` and `sitemap` element; what was read is let go."""
    # recover bears bare ampersands and HTML entities; entities are not resolved, so none can blow up.
    events: Iterable[tuple[str, Any]] = etree.iterparse(
        source, events=("end",), recover=True, resolve_entities=False, huge_tree=True, remove_comments=True
    )
    for _, element in events:
        kind = _name(element)
        if kind not in {"url", "sitemap"}:
            continue
        yield kind, element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _read_entry(
    kind: str, element: Any, address: str, reading: SitemapReading, *, zone: tzinfo, now: datetime
) -> Found | None:
    """The article's address of an entry; a sitemap of an index, and what is passed over, goes into the reading."""
    values = {
        _name(child): (child.text or "").strip() for child in element.iterdescendants() if isinstance(child.tag, str)
    }
    if not values.get("loc"):
        reading.dropped["no_address"] += 1
        return None
    location = absolute(address, values["loc"])
    if location is None:
        reading.dropped["not_http"] += 1
        return None
    modified = _instant(values.get("lastmod"), zone, now)
    if kind == "sitemap":
        if len(reading.children) < MAX_CHILDREN:
            reading.children.append(ChildSitemap(location, modified))
        else:
            reading.dropped["too_many_sitemaps"] += 1
        return None
    return Found(location, address, _instant(values.get("publication_date"), zone, now), modified)


def _name(element: Any) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _instant(text: str | None, zone: tzinfo, now: datetime) -> datetime | None:
    reading = parse_date(text, zone=zone, now=now) if text else None
    return reading.instant if reading else None
