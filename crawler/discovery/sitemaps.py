"""Sitemaps, sitemap indexes and news sitemaps (sitemaps.org protocol; Google's news extension)."""

import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.arabic.dates import parse_date
from crawler.discovery.found import Found

MAX_BYTES = 256 * 1024 * 1024
"""Of one sitemap after decompression; the protocol allows 50 MB."""
MAX_ENTRIES = 1_000_000
"""Of one sitemap; the protocol allows 50,000."""
_GZIP = b"\x1f\x8b"
_DAY = timedelta(days=1)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])(?!\d)")


@dataclass(frozen=True, slots=True)
class ChildSitemap:
    """One sitemap that an index names."""

    address: str
    modified_at: datetime | None = None

    def may_hold(self, since: datetime | None, until: datetime | None) -> bool:
        """Whether articles of the period may be in it, by its lastmod and a month in its name (`post-2018-02.xml`)."""
        if since and self.modified_at and self.modified_at < since:
            return False
        months = _MONTH.findall(urlsplit(self.address).path)
        if len(months) != 1:
            return True
        start = datetime(int(months[0][0]), int(months[0][1]), 1, tzinfo=UTC)
        end = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
        # A day's slack on each side: the file's month may be in any zone.
        return (since is None or end + _DAY > since) and (until is None or start - _DAY < until)


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
    """Read a sitemap or sitemap index, gzipped or not; never raises, and memory stays bounded.

    Args:
        body: as fetched.
        address: of the sitemap; relative addresses are relative to it.
        zone: for dates that state no offset.
        now: dates after it are no dates.
    """
    reading = SitemapReading()
    try:
        xml = _decompressed(body).lstrip()
    except (OSError, EOFError, zlib.error) as error:
        reading.error = f"broken gzip: {error}"
        return reading
    if not xml:
        reading.error = "empty answer"
        return reading
    try:
        _read_entries(xml, address, zone, now, reading)
    except etree.XMLSyntaxError as error:
        reading.error = f"not XML: {error.msg}"
    if not reading.found and not reading.children and not reading.dropped and reading.error is None:
        reading.error = None if _is_sitemap(xml) else "not a sitemap"
    return reading


def _is_sitemap(xml: bytes) -> bool:
    return b"<urlset" in xml[:4096] or b"<sitemapindex" in xml[:4096]


def _decompressed(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body[:MAX_BYTES]
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
        return stream.read(MAX_BYTES)


def _read_entries(xml: bytes, address: str, zone: tzinfo, now: datetime, reading: SitemapReading) -> None:
    # recover bears bare ampersands and HTML entities; entities are not resolved, so none can blow up.
    events: Iterable[tuple[str, Any]] = etree.iterparse(
        io.BytesIO(xml), events=("end",), recover=True, resolve_entities=False, huge_tree=True, remove_comments=True
    )
    count = 0
    for _, element in events:
        kind = _name(element)
        if kind not in {"url", "sitemap"}:
            continue
        count += 1
        if count > MAX_ENTRIES:
            reading.error = f"more than {MAX_ENTRIES} entries: the rest is left"
            return
        _read_entry(kind, element, address, reading, zone=zone, now=now)
        element.clear()
        while element.getprevious() is not None:  # what was read is let go: memory stays flat
            del element.getparent()[0]


def _read_entry(kind: str, element: Any, address: str, reading: SitemapReading, *, zone: tzinfo, now: datetime) -> None:
    values = {
        _name(child): (child.text or "").strip() for child in element.iterdescendants() if isinstance(child.tag, str)
    }
    if not values.get("loc"):
        reading.dropped["no_address"] += 1
        return
    location = urljoin(address, values["loc"])
    if urlsplit(location).scheme not in {"http", "https"}:
        reading.dropped["not_http"] += 1
        return
    modified = _instant(values.get("lastmod"), zone, now)
    if kind == "sitemap":
        reading.children.append(ChildSitemap(location, modified))
    else:
        published = _instant(values.get("publication_date"), zone, now)
        reading.found.append(Found(location, address, published, modified))


def _name(element: Any) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _instant(text: str | None, zone: tzinfo, now: datetime) -> datetime | None:
    reading = parse_date(text, zone=zone, now=now) if text else None
    return reading.instant if reading else None
