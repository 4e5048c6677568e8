"""When the article was published and last changed."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.arabic.dates import DateReading, date_in_address, parse_date
from crawler.extraction.evidence import HEURISTIC, MARKUP, SITE_RULES, STRUCTURED, Ledger
from crawler.extraction.head import Head
from crawler.extraction.outlet import host_of
from crawler.extraction.outline import Outline
from crawler.extraction.rules import Site
from crawler.extraction.vocabulary import Means

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
    "last-modified",
    "lastmod",
    "updated_time",
)
_SLACK = timedelta(days=1)
_FAR = timedelta(days=2)
_LONGEST_LINE = 160
_MOST_PLACES = 150
_AROUND = 30  # elements around the headline in which a date may stand unannounced
_SHORTEST_DATE = 6

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
    reading: DateReading
    origin: str
    where: str


def zone_of(site: Site | None, url: str) -> tzinfo:
    """The zone for dates without an offset: the site's, else that of the country of the host's name, else UTC."""
    name = site.timezone if site is not None else _ZONES.get(host_of(url).rsplit(".", 1)[-1])
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


@lru_cache(maxsize=128)  # a list of teasers repeats its dates, and elements that hold nothing else do
def _parse(text: str, zone: tzinfo, now: datetime) -> DateReading | None:
    return parse_date(text, zone=zone, now=now)


def _read(text: object, zone: tzinfo, now: datetime) -> DateReading | None:
    if not isinstance(text, str) or not text or len(text) > _LONGEST_LINE * 2:
        return None
    return _parse(text, zone, now)


def _structured(head: Head, zone: tzinfo, now: datetime) -> list[_Stated]:
    """Publication dates that the head states, in order of trust."""
    stated: list[tuple[object, str]] = [(head.article.get("datePublished"), "JSON-LD datePublished")]
    stated += [(content, f"meta {name}") for name, content in head.meta(*_PUBLISHED_METAS)]
    stated += [
        (node.get("datePublished"), "JSON-LD datePublished of the page")
        for node in head.nodes
        if node is not head.article and "WebPage" in str(node.get("@type"))
    ]
    stated += [
        (head.article.get("dateCreated"), "JSON-LD dateCreated"),
        (head.article.get("uploadDate"), "JSON-LD uploadDate"),
    ]
    return [
        _Stated(reading, STRUCTURED, where) for text, where in stated if (reading := _read(_first(text), zone, now))
    ]


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _element_text(page: Outline, index: int) -> list[str]:
    """What an element says of a date: its machine-readable attributes, then its text."""
    element = page.elements[index]
    attributes = (element.get(name) for name in ("datetime", "content", "data-datetime", "data-time", "data-date"))
    texts = [value for value in attributes if value and any(c.isdigit() for c in value)]
    if 0 < page.text[index] <= _LONGEST_LINE:
        texts.append(page.words_of(index))
    return texts


def _visible(
    page: Outline, headline: int | None, body: tuple[int, int] | None, zone: tzinfo, now: datetime
) -> list[_Stated]:
    """Dates that the page shows, the nearest to the headline and the text first."""
    found: list[tuple[float, _Stated]] = []
    wanted = Means.DATE | Means.MODIFIED | Means.FACTS
    covered = looked_at = 0
    for index, tag in enumerate(page.tags):
        if index < covered:
            continue
        means = page.means[index]
        if not (tag == "time" or (means & wanted and page.text[index] <= _LONGEST_LINE)):
            continue
        if page.around[index] & (Means.OTHERS | Means.FRAME | Means.COMMENTS):
            continue
        for text in _element_text(page, index):
            reading = _read(text, zone, now)
            if reading is None:
                continue
            kind = "modified" if means & Means.MODIFIED and reading.role is None else reading.role
            where = f"<{tag}> {page.elements[index].get('class') or page.elements[index].get('itemprop') or ''}".strip()
            found.append((_distance(page, index, headline, body), _Stated(_as(reading, kind), MARKUP, where)))
            covered = page.end[index]
            break
        looked_at += 1
        if looked_at >= _MOST_PLACES:
            break
    found.sort(key=lambda pair: pair[0])
    return [stated for distance, stated in found if distance < 1_000]


def _unnamed(page: Outline, headline: int | None, zone: tzinfo, now: datetime) -> list[_Stated]:
    """Dates in short elements around the headline that no name announces, the nearest first."""
    if headline is None:
        return []
    found: list[tuple[int, _Stated]] = []
    for index in range(max(1, headline - _AROUND), min(len(page.tags), headline + 2 * _AROUND)):
        if not _SHORTEST_DATE <= page.text[index] <= _LONGEST_LINE or page.around[index] & (
            Means.OTHERS | Means.FRAME | Means.COMMENTS | Means.HIDDEN
        ):
            continue
        text = page.words_of(index)
        if page.inside(index, headline) or not any(c.isdigit() for c in text):
            continue
        reading = _read(text, zone, now)
        if reading is not None and (index > headline or reading.role == "published"):
            found.append((abs(index - headline), _Stated(reading, MARKUP, f"<{page.tags[index]}> beside the headline")))
    found.sort(key=lambda pair: pair[0])
    return [stated for _, stated in found]


def _as(reading: DateReading, role: str | None) -> DateReading:
    return replace(reading, role=role) if role != reading.role else reading  # type: ignore[arg-type]


def _distance(page: Outline, index: int, headline: int | None, body: tuple[int, int] | None) -> float:
    """How far a date stands from the headline, in elements. What stands before it is as a rule the masthead's today."""
    if headline is None:
        if body is None:
            return index
        return abs(index - body[0]) * (1 if index < body[1] else 2)
    if index >= headline:
        beyond = body is not None and index >= body[1]
        return (index - headline) * (1.5 if beyond else 1)
    parent = page.parents[headline]
    for step in range(4):
        if parent < 0 or page.tags[parent] in {"body", "html"}:
            break
        if page.inside(index, parent):
            return (headline - index) + step
        parent = page.parents[parent]
    return 1_000 + headline - index


def find_dates(
    page: Outline,
    head: Head,
    *,
    headline: int | None,
    body: tuple[int, int] | None,
    lines: list[str],
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
        lines: short lines between headline and text, and around the text, that may hold a date without any mark-up.
        url: the page's address, which may hold the day.
        site: for the zone.
        now: nothing is published later, but for a day of slack.
        now_is_given: whether the caller knows when the page was shown; else "3 hours ago" says nothing.
        declared: texts that the site's rules read, by field.
        ledger: takes what was considered.
    """
    zone = zone_of(site, url)
    ruled = [
        _Stated(reading, SITE_RULES, "published_at")
        for text in declared.get("published_at", ())
        if (reading := _read(text, zone, now))
    ]
    structured = _structured(head, zone, now)
    visible = _visible(page, headline, body, zone, now)
    visible += [
        _Stated(reading, MARKUP, "line beside the headline") for line in lines if (reading := _read(line, zone, now))
    ]
    if not any(stated.reading.role != "modified" for stated in visible):
        visible += _unnamed(page, headline, zone, now)
    if not now_is_given:
        visible = [stated for stated in visible if not stated.reading.relative]
    day = date_in_address(url)
    candidates = structured + [stated for stated in visible if stated.reading.role != "modified"]
    chosen = (
        ruled[0]
        if ruled
        else _choose(
            candidates, [s for s in visible if s.reading.role != "modified" and not s.reading.relative], day, ledger
        )
    )
    dates = Dates(zone=zone)
    if chosen is not None:
        dates.published_at, dates.published_raw = chosen.reading.instant, chosen.reading.raw
        ledger.took("published_at", chosen.reading.instant.isoformat(), chosen.origin, chosen.where)
    elif day is not None:
        instant = datetime(day.year, day.month, day.day, tzinfo=zone)
        if instant <= now + _SLACK:
            dates.published_at, dates.published_raw = instant, url
            ledger.took("published_at", instant.isoformat(), HEURISTIC, "the day in the address")
    dates.modified_at = _modified(
        head, visible, declared.get("modified_at", []), published=dates.published_at, zone=zone, now=now, ledger=ledger
    )
    if site is not None:
        dates.published_at = dates.published_at and dates.published_at.astimezone(zone)
        dates.modified_at = dates.modified_at and dates.modified_at.astimezone(zone)
    dates.published_at, dates.modified_at = _plain(dates.published_at), _plain(dates.modified_at)
    return dates


def _plain(instant: datetime | None) -> datetime | None:
    """The instant with its offset alone: what travels between processes and into JSON needs no zone's name."""
    if instant is None or (offset := instant.utcoffset()) is None:
        return None
    return instant.replace(tzinfo=timezone(offset) if offset else UTC)


def _choose(candidates: list[_Stated], shown: list[_Stated], day: object, ledger: Ledger) -> _Stated | None:
    """The first candidate in order of trust that nothing on the page speaks against."""
    for candidate in candidates:
        against = _against(candidate, candidates, shown, day)
        if against is None:
            for other in candidates:
                if other is not candidate and other.reading.instant != candidate.reading.instant:
                    ledger.rejected(
                        "published_at",
                        other.reading.instant.isoformat(),
                        other.origin,
                        other.where,
                        f"{candidate.where} is trusted more",
                    )
            return candidate
        ledger.rejected(
            "published_at", candidate.reading.instant.isoformat(), candidate.origin, candidate.where, against
        )
    return candidates[0] if candidates else None


def _against(candidate: _Stated, candidates: list[_Stated], shown: list[_Stated], day: object) -> str | None:
    """Why a date is not believed: two others (the address, what the page shows, a statement) agree on another day."""
    instant = candidate.reading.instant

    def far(other: datetime) -> bool:
        return abs(other - instant) > _FAR

    if day is not None:
        stated = datetime(day.year, day.month, day.day, 12, tzinfo=instant.tzinfo)  # type: ignore[attr-defined]
        if far(stated) and any(abs(other.reading.instant - stated) <= _FAR for other in candidates):
            return f"the address says {day}, and so does another statement"
    if candidate.origin == STRUCTURED and shown and far(shown[0].reading.instant):
        agreeing = [
            o
            for o in candidates
            if o is not candidate
            and o.origin == STRUCTURED
            and abs(o.reading.instant - shown[0].reading.instant) <= _SLACK
        ]
        if agreeing:
            return "the page shows another day, and another statement agrees with it"
    return None


def _modified(
    head: Head,
    visible: list[_Stated],
    declared: list[str],
    *,
    published: datetime | None,
    zone: tzinfo,
    now: datetime,
    ledger: Ledger,
) -> datetime | None:
    """The last change that the page states, unless it lies before publication: that is a template's leftover."""
    stated = [(head.article.get("dateModified"), "JSON-LD dateModified")]
    stated += [(content, f"meta {name}") for name, content in head.meta(*_MODIFIED_METAS)]
    candidates = [
        _Stated(reading, STRUCTURED, where) for text, where in stated if (reading := _read(_first(text), zone, now))
    ]
    candidates[:0] = [
        _Stated(reading, SITE_RULES, "modified_at") for text in declared if (reading := _read(text, zone, now))
    ]
    candidates[1:1] = [s for s in visible if s.reading.role == "modified" and not s.reading.relative]
    for candidate in candidates:
        instant = candidate.reading.instant
        if published is not None and instant < published - _SLACK:
            ledger.rejected(
                "modified_at", instant.isoformat(), candidate.origin, candidate.where, "it lies before the publication"
            )
            continue
        ledger.took("modified_at", instant.isoformat(), candidate.origin, candidate.where)
        return instant
    return None
