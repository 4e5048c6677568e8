"""RSS and Atom feeds, as feedparser reads them: it bears wrong encodings, entities and broken markup."""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from time import struct_time
from typing import Any

import feedparser

from crawler.arabic.dates import parse_date
from crawler.discovery.found import Found, absolute

_LEAST_TEXT, _MOST_TEXT = 250, 500_000
"""Characters of an entry's content that may be the article."""


@dataclass(frozen=True, slots=True)
class FeedReading:
    """What one feed gives."""

    found: tuple[Found, ...]
    """In the feed's order, each address once."""
    entries: int
    """Entries in the feed."""
    error: str | None = None
    """Why it gives nothing; None for a feed that was read, also for an empty one."""

    @property
    def dropped(self) -> int:
        """Entries without an http(s) address of their own."""
        return self.entries - len(self.found)


def read_feed(body: bytes, address: str, *, zone: tzinfo, now: datetime) -> FeedReading:
    """Read a feed; never raises.

    Args:
        body: as fetched.
        address: of the feed; relative links are relative to it.
        zone: for dates that state no offset.
        now: clock for dates such as "3 hours ago".
    """
    # The texts are read as any page's markup is: no need to clean them or resolve their links here.
    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version") and not parsed.entries:
        return FeedReading((), 0, "not a feed" if body.strip() else "empty answer")
    found: dict[str, Found] = {}
    for entry in parsed.entries:
        link = absolute(address, str(entry.get("link") or _guid(entry)))
        if link is not None:
            published = _instant(entry, "published", zone, now) or _instant(entry, "updated", zone, now)
            modified = _instant(entry, "updated", zone, now)
            found.setdefault(link, Found(link, address, published, modified, _full_text(entry)))
    return FeedReading(tuple(found.values()), len(parsed.entries))


def _guid(entry: Any) -> str:
    """The entry's id when it is an address."""
    guid = str(entry.get("id") or "")
    return guid if guid.startswith(("http://", "https://")) else ""


def _full_text(entry: Any) -> str | None:
    """The longest content (RSS content:encoded, Atom content) of an article's length."""
    texts = (str(content.get("value") or "") for content in entry.get("content") or ())
    longest: str = max(texts, key=len, default="")
    return longest if _LEAST_TEXT <= len(longest) <= _MOST_TEXT else None


def _instant(entry: Any, name: str, zone: tzinfo, now: datetime) -> datetime | None:
    if name not in entry:  # asked first: feedparser would answer with the other date, and a deprecation warning
        return None
    parsed: struct_time | None = entry.get(f"{name}_parsed")
    text = str(entry.get(name) or "")
    if parsed is not None and parsed.tm_year > 1:
        # feedparser reads a date without an offset as UTC; the site meant its own zone.
        reading = parse_date(text, zone=zone, now=now)
        return reading.instant if reading else datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    reading = parse_date(text, zone=zone, now=now) if text else None
    return reading.instant if reading else None
