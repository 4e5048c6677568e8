"""When the article was published and last changed."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.arabic.dates import DateReading, date_in_address, dates_in, parse_date
from crawler.arabic.digits import to_western
from crawler.extraction.evidence import HEURISTIC, MARKUP, SITE_RULES, STRUCTURED, Ledger
from crawler.extraction.head import Head
from crawler.extraction.jsonld import Node
from crawler.extraction.outlet import host_of
from crawler.extraction.outline import Outline
from crawler.extraction.rules import Site
from crawler.extraction.shown_dates import LONGEST_LINE, line_dates, machine_dates, shown_dates

_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "rnews:datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish_date",
    "publish-date", "publication_date", "publication-date", "published_time", "published", "dc.date.issued",
    "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "article_date_original",
    "originalpublicationdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article.published",
    "og:pubdate", "date", "datecreated", "created", "article:create_at", "release_date", "og:regdate",
)  # fmt: skip
_MODIFIED_METAS = (
    "datemodified",
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "dcterms.modified",
    "dc.date.modified",
    "article:modified",
    "updated_time",
    "lastmod",
    "last-modified",
)
_SLACK = timedelta(days=1)
_FAR = timedelta(days=2)
_VERY_FAR = timedelta(days=30)
"""Longer than a paper sits on an article whose address was made when it was begun."""
_MINUTE = timedelta(minutes=1)
_AT_ONCE = timedelta(minutes=2)
_AMBIGUOUS = re.compile(r"\s*(?!(\d{1,2})[/.-]\1\b)(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19|20)\d\d\b")
"""A numeric date that is one in either order."""

# Countries whose one zone a date without an offset is read in when no site tells. Source: IANA zone.tab, one entry
# each.
_ZONES = {
    "ae": "Asia/Dubai", "bh": "Asia/Bahrain", "dz": "Africa/Algiers", "eg": "Africa/Cairo", "iq": "Asia/Baghdad",
    "jo": "Asia/Amman", "km": "Indian/Comoro", "kw": "Asia/Kuwait", "lb": "Asia/Beirut", "ly": "Africa/Tripoli",
    "ma": "Africa/Casablanca", "mr": "Africa/Nouakchott", "om": "Asia/Muscat", "ps": "Asia/Gaza", "qa": "Asia/Qatar",
    "sa": "Asia/Riyadh", "sd": "Africa/Khartoum", "so": "Africa/Mogadishu", "dj": "Africa/Djibouti",
    "sy": "Asia/Damascus", "tn": "Africa/Tunis", "ye": "Asia/Aden",
}  # fmt: skip


@dataclass(slots=True)
class Dates:
    """What the page says of its dates."""

    published_at: datetime | None = None
    modified_at: datetime | None = None
    published_raw: str | None = None
    zone: tzinfo = UTC


@dataclass(slots=True)
class _Stated:
    """A date that something on the page states."""

    reading: DateReading
    origin: str
    where: str
    announced: bool = True
    """Whether a name or a label says that it is a date."""

    @property
    def instant(self) -> datetime:
        return self.reading.instant

    @property
    def whole_day(self) -> bool:
        """Whether it tells no time of day: a midnight in structured data is a day's, filled up."""
        return not self.reading.has_time or (self.origin == STRUCTURED and self.instant.time() == time())


def zone_of(site: Site | None, url: str) -> tzinfo:
    """The zone for dates without an offset: the site's, else that of the country of the host's name, else UTC."""
    name = site.timezone if site is not None else _ZONES.get(host_of(url).rsplit(".", 1)[-1])
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


@lru_cache(maxsize=256)  # a list of teasers repeats its dates, and elements that hold nothing else do
def _all_dates(text: str, zone: tzinfo, now: datetime) -> tuple[DateReading, ...]:
    return tuple(dates_in(text, zone=zone, now=now))


@dataclass(slots=True)
class _Reader:
    """Reads texts with the page's zone and clock."""

    zone: tzinfo
    now: datetime

    def all(self, text: str) -> list[DateReading]:
        """Every date of a line."""
        return list(_all_dates(text, self.zone, self.now))

    def one(self, text: object) -> DateReading | None:
        """The one date that a statement makes."""
        if isinstance(text, list) and text:
            text = text[0]
        if isinstance(text, int | float) and not isinstance(text, bool):
            text = str(int(text))
        if not isinstance(text, str) or not text or len(text) > 2 * LONGEST_LINE:
            return None
        readings = machine_dates(text, self.all)
        return readings[0] if len(readings) == 1 else parse_date(text, zone=self.zone, now=self.now)


def _structured(head: Head, reader: _Reader) -> list[_Stated]:
    """Publication dates that the head states, in order of trust."""
    stated: list[tuple[object, str]] = [(head.article.get("datePublished"), "JSON-LD datePublished")]
    stated += [(content, f"meta {name}") for name, content in head.meta(*_PUBLISHED_METAS)]
    stated += [(node.get("datePublished"), "JSON-LD datePublished of the page") for node in _web_pages(head)]
    stated += [
        (head.article.get("dateCreated"), "JSON-LD dateCreated"),
        (head.article.get("uploadDate"), "JSON-LD uploadDate"),
    ]
    return [_Stated(reading, STRUCTURED, where) for text, where in stated if (reading := reader.one(text))]


def _web_pages(head: Head) -> list[Node]:
    """The nodes that describe the page, not its article."""
    return [node for node in head.nodes if node is not head.article and "WebPage" in str(node.get("@type"))]


def _shown(
    page: Outline,
    headline: int | None,
    body: tuple[int, int] | None,
    lines: list[tuple[str, int]],
    reader: _Reader,
) -> list[_Stated]:
    """What the page shows, the nearest to the headline first, and lines that stand without mark-up last."""
    found = shown_dates(page, headline, body, reader.all) + line_dates(page, lines, headline, body, reader.all)
    return [_Stated(shown.reading, MARKUP, shown.where, shown.announced) for shown in found]


def _in_title(head: Head, reader: _Reader) -> list[_Stated]:
    """A date that ends the page's title: ... | DW | 05.03.2013."""
    last = re.split(r"\s[|–—-]\s", head.title)[-1]
    readings = reader.all(last) if any(map(str.isdigit, last)) and len(last) < LONGEST_LINE else []
    return [_Stated(reading, MARKUP, "title") for reading in readings if reading.raw == last.strip()]


def find_dates(
    page: Outline,
    head: Head,
    *,
    headline: int | None,
    body: tuple[int, int] | None,
    lines: list[tuple[str, int]],
    url: str,
    site: Site | None,
    now: datetime,
    now_is_given: bool,
    declared: dict[str, list[str]],
    ledger: Ledger,
) -> Dates:
    """The instants of publication and of the last change.

    Args:
        page: outline of the page.
        head: its statements.
        headline: index of the headline's element.
        body: first index of the text's elements, and the index after the last.
        lines: lines between headline and text, and at the text's ends, that may hold a date without any mark-up, each
            with the index of its element.
        url: the page's address, which may hold the day.
        site: for the zone.
        now: nothing is published later, but for a day of slack.
        now_is_given: whether the caller knows when the page was shown; else "3 hours ago" says nothing ("2 years ago"
            never says which day).
        declared: texts that the site's rules read, by field.
        ledger: takes what was considered.
    """
    reader = _Reader(zone_of(site, url), now)
    ruled = {
        name: [_Stated(reading, SITE_RULES, name) for text in declared.get(name, ()) if (reading := reader.one(text))]
        for name in ("published_at", "modified_at")
    }
    structured = _structured(head, reader)
    shown = _shown(page, headline, body, lines, reader)
    shown = [s for s in shown if not (s.reading.coarse or (s.reading.relative and not now_is_given))]
    if not structured and not shown:
        shown = _in_title(head, reader)
    day = date_in_address(url, now=now)
    candidates = structured + [stated for stated in shown if stated.reading.role != "modified"]
    candidates = _in_one_order(candidates, day, reader)
    chosen = ruled["published_at"][0] if ruled["published_at"] else _choose(candidates, day, ledger)
    chosen = _sharpened(chosen, candidates) if chosen else _last_resort(shown, day, url, reader)
    dates = Dates(zone=reader.zone)
    if chosen is not None:
        dates.published_at, dates.published_raw = chosen.instant, chosen.reading.raw
        ledger.took("published_at", chosen.instant.isoformat(), chosen.origin, chosen.where)
    dates.modified_at = _modified(
        head,
        shown,
        ruled["modified_at"],
        candidates=candidates,
        published=dates.published_at,
        reader=reader,
        ledger=ledger,
    )
    for name in ("published_at", "modified_at"):
        instant = getattr(dates, name)
        setattr(dates, name, _plain(instant.astimezone(reader.zone) if instant and site is not None else instant))
    return dates


def _last_resort(shown: list[_Stated], day: date | None, url: str, reader: _Reader) -> _Stated | None:
    """The day in the address, or that of a line whose label may be of its time alone: 4 آب 2013، آخر تحديث 02:21."""
    if day is None:
        return next((stated for stated in shown if stated.reading.day_before_label), None)
    instant = datetime.combine(day, time(), reader.zone)
    reading = DateReading(instant, url, has_time=False, has_offset=False, role=None, relative=False)
    return _Stated(reading, HEURISTIC, "the day in the address")


def _plain(instant: datetime | None) -> datetime | None:
    """The instant with its offset alone: what travels between processes and into JSON needs no zone's name."""
    if instant is None or (offset := instant.utcoffset()) is None:
        return None
    return instant.replace(tzinfo=timezone(offset) if offset else UTC)


def _swapped(reading: DateReading, latest: datetime) -> DateReading | None:
    """The same numbers with day and month the other way round, where that is a date too."""
    if not _AMBIGUOUS.match(to_western(reading.raw)) or reading.relative:
        return None
    day = reading.instant
    other = day.replace(month=day.day, day=day.month)
    return replace(reading, instant=other) if other <= latest + _SLACK else None


def _in_one_order(candidates: list[_Stated], day: date | None, reader: _Reader) -> list[_Stated]:
    """The candidates, those month first that only so agree with the page's other dates: 5/3/2023 beside 3 May 2023."""
    if not any(_AMBIGUOUS.match(to_western(stated.reading.raw)) for stated in candidates):
        return candidates
    known = [s.instant.date() for s in candidates if s.announced and not _AMBIGUOUS.match(to_western(s.reading.raw))]
    known += [day] if day is not None else []

    def agrees(instant: datetime) -> bool:
        return any(abs(instant.date() - other) <= _SLACK for other in known)

    ordered = []
    for stated in candidates:
        other = _swapped(stated.reading, reader.now)
        swap = other is not None and agrees(other.instant) and not agrees(stated.instant)
        ordered.append(replace(stated, reading=other) if swap and other is not None else stated)
    return ordered


def _choose(candidates: list[_Stated], day: date | None, ledger: Ledger) -> _Stated | None:
    """The first candidate in order of trust that nothing on the page speaks against."""
    for candidate in candidates:
        against = _against(candidate, candidates, day)
        if against is None:
            for other in candidates:
                if other is not candidate and other.instant != candidate.instant:
                    _reject(ledger, "published_at", other, f"{candidate.where} is trusted more")
            return candidate
        _reject(ledger, "published_at", candidate, against)
    return candidates[0] if candidates and day is None else None


def _reject(ledger: Ledger, field: str, stated: _Stated, why: str) -> None:
    ledger.rejected(field, stated.instant.isoformat(), stated.origin, stated.where, why)


def _against(candidate: _Stated, candidates: list[_Stated], day: date | None) -> str | None:
    """Why a date is not believed: the address or the line below the headline tells another day."""
    instant = candidate.instant
    if day is not None:
        apart = min(abs(_noon(either, instant) - instant) for either in _either_order(day))
        if apart > _FAR and any(abs(other.instant - _noon(day, other.instant)) <= _FAR for other in candidates):
            return f"the address says {day}, and so does another statement"
        if apart > _VERY_FAR:
            return f"the address says {day}"
    shown = next((s for s in candidates if s.origin == MARKUP and s.announced and not s.reading.relative), None)
    if candidate.origin != STRUCTURED or shown is None or abs(shown.instant - instant) <= _FAR:
        return None
    if any(o is not candidate and o.origin == STRUCTURED and _near(o, shown) for o in candidates):
        return "the page shows another day, and another statement agrees with it"
    if shown.instant < instant and (day is None or apart > _FAR):
        return "the page shows an earlier day: templates print the day on which a page was made or moved"
    return None


def _near(one: _Stated, other: _Stated) -> bool:
    return abs(one.instant - other.instant) <= _SLACK


def _either_order(day: date) -> list[date]:
    return [day, day.replace(month=day.day, day=day.month)] if day.day <= 12 else [day]


def _noon(day: date, like: datetime) -> datetime:
    return datetime.combine(day, time(12), like.tzinfo)


def _sharpened(chosen: _Stated, candidates: list[_Stated]) -> _Stated:
    """The chosen date, or another statement of it that tells more: the time of day, or the offset too."""
    if chosen.origin == SITE_RULES:
        return chosen
    for other in candidates:
        if not other.announced or other.whole_day or other.reading.relative:
            continue
        if chosen.whole_day and other.instant.date() == chosen.instant.date():
            return other
        same_clock = abs(other.instant.replace(tzinfo=UTC) - chosen.instant.replace(tzinfo=UTC)) < _MINUTE
        if same_clock and other.reading.has_offset and not chosen.reading.has_offset:
            return other
    return chosen


def _modified(
    head: Head,
    shown: list[_Stated],
    ruled: list[_Stated],
    *,
    candidates: list[_Stated],
    published: datetime | None,
    reader: _Reader,
    ledger: Ledger,
) -> datetime | None:
    """The last change that the page states.

    Not believed are one before the publication (a template's leftover), and one that a template states as the
    publication too although that was long before (the moment in which it made the page).
    """
    stated = [(head.article.get("dateModified"), "JSON-LD dateModified")]
    stated += [(content, f"meta {name}") for name, content in head.meta(*_MODIFIED_METAS)]
    stated += [(node.get("dateModified"), "JSON-LD dateModified of the page") for node in _web_pages(head)]
    structured = [_Stated(reading, STRUCTURED, where) for text, where in stated if (reading := reader.one(text))]
    structured = _in_one_order(structured, published and published.date(), reader)
    changes = [s for s in shown if s.reading.role == "modified" and not s.reading.relative]
    for candidate in (*ruled, *structured, *changes):
        instant = candidate.instant
        if published is not None and instant < published - _SLACK:
            _reject(ledger, "modified_at", candidate, "it lies before the publication")
        elif published is not None and any(
            s.origin == STRUCTURED and s.instant - published > _FAR and abs(s.instant - instant) <= _AT_ONCE
            for s in candidates
        ):
            _reject(ledger, "modified_at", candidate, "it is the moment in which the page was made")
        else:
            told = _sharpened(candidate, changes)
            ledger.took("modified_at", told.instant.isoformat(), told.origin, told.where)
            return told.instant
    return None
