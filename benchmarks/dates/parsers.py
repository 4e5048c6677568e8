"""The parsers compared: each a function of (line, IANA zone, clock) that answers an aware datetime or None."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

Parser = Callable[[str, str, datetime], datetime | None]

CHAIN = ("ar", "ar-LB", "ar-DZ", "ar-MA")
"""The locales between which dateparser's Arabic month names are spread. It takes one at a time where they overlap."""


def naba() -> Parser:
    """This project's."""
    from crawler.arabic.dates import parse_date

    def parse(line: str, zone: str, now: datetime) -> datetime | None:
        reading = parse_date(line, zone=ZoneInfo(zone), now=now)
        return reading.instant if reading else None

    return parse


def _settings(zone: str, now: datetime) -> dict[str, object]:
    return {
        "DATE_ORDER": "DMY",
        "TIMEZONE": zone,
        "RETURN_AS_TIMEZONE_AWARE": True,
        "RELATIVE_BASE": now.astimezone(ZoneInfo(zone)).replace(tzinfo=None),
        "PREFER_DATES_FROM": "past",
        "REQUIRE_PARTS": ["day", "month"],
    }


def dateparser_arabic() -> Parser:
    """Library dateparser, with languages=["ar"]."""
    import dateparser

    return lambda line, zone, now: dateparser.parse(line, languages=["ar"], settings=_settings(zone, now))


def dateparser_chained() -> Parser:
    """Library dateparser, with one Arabic locale after the other."""
    import dateparser

    def parse(line: str, zone: str, now: datetime) -> datetime | None:
        for locale in CHAIN:
            found: datetime | None = dateparser.parse(line, locales=[locale], settings=_settings(zone, now))
            if found is not None:
                return found
        return None

    return parse


def dateparser_search() -> Parser:
    """The first date that dateparser.search finds in the line."""
    from dateparser.search import search_dates

    def parse(line: str, zone: str, now: datetime) -> datetime | None:
        found = search_dates(line, languages=["ar"], settings=_settings(zone, now))
        return found[0][1] if found else None

    return parse


def dateutil() -> Parser:
    """dateutil, day first, passing over what it does not know."""
    from dateutil.parser import parse as parse_fuzzily

    def parse(line: str, zone: str, now: datetime) -> datetime | None:
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        try:
            found: datetime = parse_fuzzily(line, dayfirst=True, fuzzy=True, default=midnight)
        except (ValueError, OverflowError):
            return None
        return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))

    return parse


def htmldate() -> Parser:
    """Library htmldate, on a page that shows the line as its date. It knows days only."""
    from htmldate import find_date

    def parse(line: str, zone: str, now: datetime) -> datetime | None:
        shown = line.replace("&", "&amp;").replace("<", "&lt;")
        page = (
            f'<html lang="ar"><body><h1>عنوان الخبر</h1><span class="date">{shown}</span><p>نص الخبر.</p></body></html>'
        )
        latest = now.date().isoformat()
        found = find_date(page, original_date=True, outputformat="%Y-%m-%d", max_date=latest)
        return datetime.fromisoformat(found).replace(tzinfo=ZoneInfo(zone)) if found else None

    return parse


PARSERS: dict[str, Callable[[], Parser]] = {
    "naba": naba,
    "dateparser ar": dateparser_arabic,
    "dateparser chained": dateparser_chained,
    "dateparser search": dateparser_search,
    "dateutil": dateutil,
    "htmldate": htmldate,
}
DAYS_ONLY = frozenset({"htmldate"})
