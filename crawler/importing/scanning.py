"""A slice of a WARC file scanned for pages that may be Arabic articles; runs in a worker process."""

import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from w3lib.encoding import http_content_type_encoding

from crawler.archive.records import HttpHead, NotARecordError, OneMemberError, Record, WarcRecords
from crawler.importing.sniffing import FIRST, MOST, sniff

_HTML = ("text/html", "application/xhtml+xml")
_PAGES, _SECONDS = 32, 1.0
"""What ends a slice: pages to read, and the time that its scanning took."""
_CHUNK = re.compile(rb"\r?\n?([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
_ABOUT = {"warcinfo", "request", "metadata", "conversion"}
"""Records about others, or made of them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    domains: frozenset[str]
    """Of the catalogue, or of the sites that were asked for: what is under them is taken unseen."""
    only_domains: bool = False
    """Nothing else is taken."""
    since: datetime | None = None
    """Aware. Nothing that was recorded before it can have been published later."""


@dataclass(frozen=True, slots=True)
class Page:
    """What may be an article."""

    offset: int
    url: str
    domain: str | None
    """Of the catalogue, that its address is under."""


@dataclass(slots=True)
class Slice:
    """What a part of a file gave."""

    start: int
    end: int
    """Where the next one begins."""
    is_last: bool
    pages: list[Page] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[int, str]] = field(default_factory=list)
    """Offset and why, of what cannot be read."""
    is_cut_off: bool = False
    """The file ends within a record, at `end`."""
    error: str | None = None
    """One line: why the file cannot be read any further."""


def scan_slice(path: Path, offset: int, wanted: Wanted) -> Slice:
    """Scan from here on, until enough is found or the file ends. Never raises."""
    found = Slice(offset, offset, is_last=False)
    try:
        with WarcRecords(path, offset) as records:
            _scan(records, wanted, found)
    except OSError as error:
        found.error = f"cannot be read ({error.strerror or error})"
    except OneMemberError:
        found.error = "was compressed as a whole: make it one member a record (warcio recompress OLD NEW)"
    found.is_last |= found.error is not None
    return found


def _scan(records: WarcRecords, wanted: Wanted, found: Slice) -> None:
    until = monotonic() + _SECONDS
    for record in records:
        if record.offset > found.start and (len(found.pages) >= _PAGES or monotonic() > until):
            found.end = records.offset
            break
        try:
            reason = _look(record, wanted, found)
        except NotARecordError:
            continue  # told when the next record is looked for
        except ValueError:
            reason = "no_date"
        if reason:
            found.skipped[reason] += 1
    else:
        found.end, found.is_last = records.offset, True
    found.broken, found.is_cut_off = records.broken, records.is_cut_off
    broken = {place for place, _ in records.broken}
    found.pages = [page for page in found.pages if page.offset not in broken]


def _look(record: Record, wanted: Wanted, found: Slice) -> str | None:
    """Keep a page, or say why the record is passed over; None for what is not counted too.

    Raises:
        NotARecordError, ValueError: when it cannot be read, or has no date.
    """
    if record.kind != "response":
        return None if record.kind in _ABOUT else record.kind or "no_kind"
    domain = domain_of(record.url, wanted.domains)
    reason = _why_not(record, domain, wanted)
    if reason is None:
        http = record.http()
        reason = _why_no_page(record, http) if http else "not_http"
        if http and reason is None and domain is None and (verdict := _sniff(record, http)) != "arabic":
            reason = verdict
    if reason is None:
        found.pages.append(Page(record.offset, record.url, domain))
    return reason


def _why_not(record: Record, domain: str | None, wanted: Wanted) -> str | None:
    """Why a record is not wanted, by its WARC headers alone."""
    if not record.url.startswith(("http://", "https://")):
        return "not_http"
    if wanted.only_domains and domain is None:
        return "other_site"
    return "outside_dates" if wanted.since is not None and record.date < wanted.since else None


def _why_no_page(record: Record, http: HttpHead) -> str | None:
    """Why an answer is no page, by its HTTP headers."""
    if http.status != HTTPStatus.OK:
        return f"http_{http.status}"
    kind = http.headers.get("content-type", "").partition(";")[0].strip().lower()
    kind = kind or record.headers.get("warc-identified-payload-type", "").lower()
    return None if kind in _HTML else "not_html"


def _sniff(record: Record, http: HttpHead) -> str:
    """What the page's beginning tells; a page of an encoding that cannot be undone in part is left to its reading."""
    charset = http_content_type_encoding(http.headers.get("content-type"))
    for size in (FIRST, MOST):
        body = record.block(http.size + size)[http.size :]
        page = decoded_start(body, http)
        if page is None:
            return "arabic"
        verdict = sniff(page, charset, is_whole=size == MOST or len(body) < size)
        if verdict is not None:
            return verdict
    raise AssertionError("the last look decides")


def decoded_start(body: bytes, http: HttpHead) -> bytes | None:
    """A body's first bytes without transfer and content coding; None for a coding that is not undone here."""
    if http.headers.get("transfer-encoding", "").lower() == "chunked":
        body = _dechunked(body)
    coding = http.headers.get("content-encoding", "").lower()
    if (
        coding in {"", "identity"} or body[:1].isspace() or body[:1] == b"<"
    ):  # many archives undo it and keep the header
        return body
    if coding not in {"gzip", "x-gzip", "deflate"}:
        return None
    wrapped = body[:2] in {b"\x1f\x8b", b"\x78\x01", b"\x78\x9c", b"\x78\xda"}
    try:
        return zlib.decompressobj(47 if wrapped else -15).decompress(body, MOST)
    except zlib.error:
        return None


def _dechunked(body: bytes) -> bytes:
    """The data of chunks (RFC 9112, 7.1); what is not chunked, as some archives leave it, as it is."""
    parts = []
    place = 0
    while (size := _CHUNK.match(body, place)) and (length := int(size.group(1), 16)):
        parts.append(body[size.end() : size.end() + length])
        place = size.end() + length
    return b"".join(parts) or body


def domain_of(url: str, domains: frozenset[str]) -> str | None:
    """The domain of these that the address is under."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return None
    labels = host.split(".")
    return next((name for i in range(len(labels) - 1) if (name := ".".join(labels[i:])) in domains), None)
