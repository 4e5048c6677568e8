"""Instants from the date lines of Arabic pages, and days from their addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urlsplit

from crawler.arabic.date_grammar import Age, Day, Fact, Grammar, Label, Line, Time

Role = Literal["published", "modified"]


@dataclass(frozen=True, slots=True)
class DateReading:
    """One date that a text states."""

    instant: datetime
    """Aware. In the offset that the text states, else in the caller's zone; midnight where no time is stated."""
    raw: str
    """The part of the text it was read from, as `clean` leaves it."""
    has_time: bool
    """Whether the text gives the time of day, or the hours or minutes since."""
    has_offset: bool
    """Whether the text states its own offset or zone: Z, +01:00, GMT, غرينتش, بتوقيت القاهرة."""
    role: Role | None
    """What the words beside it say of it: نشر في, آخر تحديث."""
    relative: bool
    """Counted back from the caller's clock: منذ 3 ساعات, أمس."""
    coarse: bool = False
    """Counted back in weeks or longer (منذ سنتين): which day is meant is not told."""
    day_before_label: bool = False
    """The label stands between day and time, and may be of the time alone: 4 آب 2013، آخر تحديث 02:21."""


# A date line holds a date and a few facts more; what is longer is an article, and its dates are its story's.
_LONGEST = 400
_MOST_STRANGE_WORDS = 25
_EARLIEST = 1990
_LATEST = timedelta(days=1)

_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
    r"|[0-9]{8}T[0-9]{6}(?:Z|[+-][0-9]{4})?"
)
_RFC_2822 = re.compile(
    r"(?:[A-Z][a-z]{2}, *)?[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}"
    r" [0-9]{2}:[0-9]{2}(?::[0-9]{2})? (?:[A-Z]{1,4}|[+-][0-9]{4})"
)


def _standard(text: str, zone: tzinfo) -> DateReading | None:
    """A text that is one ISO 8601 or RFC 2822 date, as the standard library reads it."""
    try:
        if _ISO.fullmatch(text):
            instant = datetime.fromisoformat(text)
        elif _RFC_2822.fullmatch(text):
            instant = parsedate_to_datetime(text)
        else:
            return None
    except ValueError:
        return None
    stated = instant.tzinfo is not None
    return DateReading(instant if stated else instant.replace(tzinfo=zone), text, len(text) > 10, stated, None, False)


@dataclass(slots=True)
class _Group:
    """The facts of a line that belong to one date."""

    role: str | None = None
    day: Day | None = None
    hijri: Day | None = None
    age: Age | None = None
    times: list[Time] = field(default_factory=list)
    day_before_label: bool = False

    @property
    def dated(self) -> bool:
        return self.day is not None or self.hijri is not None or self.age is not None

    def takes(self, fact: Fact) -> bool:
        """Add a fact that still fits; say False for one that begins another date."""
        match fact:
            case Label() if not self.dated:
                self.role = fact.role
            case Time() if not (self.times and self.dated):
                self.times.append(fact)
            case Age() if not self.dated:
                self.age = fact
            case Day(hijri=True) if self.hijri is None or self.hijri.day == fact.day:
                self.hijri = self.hijri or fact
            case Day(hijri=False) if self.day is None or self.day.day == fact.day:
                self.day = self.day or fact
            case _:
                return False
        return True

    def reading(self, line: Line, zone: tzinfo) -> DateReading | None:
        """The date that the facts make; an absolute one before a relative one, a Gregorian one before a Hijri one."""
        day = self.day or self.hijri
        if day is None and self.age is None:
            return None
        parts: list[Fact] = [fact for fact in (day, self.hijri if day is None else None) if fact is not None]
        if day is None and self.age is not None:
            parts = [self.age]
            if not self.age.whole_day:
                return self._made(line, parts, self.age.instant, has_time=self.age.exact)
        date_of = day.day if day is not None else self.age.instant.date() if self.age is not None else date.min
        instants = [_at(date_of, one, zone) for one in self.times]
        if len(set(instants)) == 1:
            return self._made(line, [*parts, *self.times], instants[0], has_time=True)
        # Two times that differ are the hours of an event; only the day is sure.
        return self._made(line, parts, datetime.combine(date_of, time(), zone), has_time=False)

    def _made(self, line: Line, parts: list[Fact], instant: datetime, *, has_time: bool) -> DateReading:
        first, last = min(part.first for part in parts), max(part.last for part in parts)
        stated = has_time and any(isinstance(part, Time) and part.zone is not None for part in parts)
        role: Role | None = "published" if self.role == "published" else "modified" if self.role == "modified" else None
        relative = any(isinstance(part, Age) for part in parts)
        raw = line.between(first, last)
        coarse = all(isinstance(part, Age) and part.coarse for part in parts)
        return DateReading(instant, raw, has_time, stated, role, relative, coarse, self.day_before_label)


def _at(day: date, at: Time, zone: tzinfo) -> datetime:
    instant = datetime.combine(day, at.time, at.zone or zone)
    return instant + timedelta(days=1) if at.next_day else instant


def _groups(facts: list[Fact]) -> list[_Group]:
    """The facts of a line, parted into dates."""
    groups = [_Group()]
    for fact in facts:
        if not groups[-1].takes(fact):
            groups.append(_Group())
            groups[-1].takes(fact)
    joined: list[_Group] = []
    for group in groups:
        before = joined[-1] if joined else None
        if group.dated or before is None:
            joined.append(group)
        elif group.role is None:
            before.times += group.times
        elif before.role is None and not (before.times and group.times):
            # One date whose label stands in its middle: ... 2013، آخر تحديث 02:21
            before.role, before.times = group.role, before.times + group.times
            before.day_before_label = True
        elif group.times:
            # A second time of the same day: نشر في 4 آب 2013 10:00، آخر تحديث 12:30
            joined.append(_Group(group.role, before.day, before.hijri, before.age, group.times))
    return joined


def dates_in(text: str, *, zone: tzinfo, now: datetime, day_first: bool = True) -> list[DateReading]:
    """Every date that a date line states, in its order: a publication and an update, say.

    Args and rules are those of `parse_date`. The two calendars of one day are one date, and so are an age and the date
    beside it; the absolute one is given.

    Returns:
        The readings, none for a text that is no date line.
    """
    return list(_readings(text, zone=zone, now=now, day_first=day_first))


def _readings(text: str, *, zone: tzinfo, now: datetime, day_first: bool) -> Iterator[DateReading]:
    if len(text) > _LONGEST:
        return
    standard = _standard(text.strip(), zone)
    if standard is not None:
        if _plausible(standard, now):
            yield standard
        return
    line = Line(text)
    grammar = Grammar(line, zone=zone, now=now, day_first=day_first)
    facts = grammar.facts()
    strange = grammar.strange_words()
    if strange > _MOST_STRANGE_WORDS:
        return
    for group in _groups(facts):
        if group.role == "looked at":
            continue
        # اليوم and أمس are words of any text, and of names; a date line has nothing beside them.
        if group.age is not None and group.age.whole_day and strange and not (group.day or group.hijri):
            continue
        reading = group.reading(line, zone)
        if reading is not None and _plausible(reading, now):
            yield reading


def _plausible(reading: DateReading, now: datetime) -> bool:
    try:
        return reading.instant.year >= _EARLIEST and reading.instant <= now + _LATEST
    except OverflowError:
        return False


def parse_date(text: str, *, zone: tzinfo, now: datetime, day_first: bool = True) -> DateReading | None:
    """The date that a date line states: an element's text, an attribute, a feed's or a sitemap's value. Not an article.

    Understood are Gregorian months by all their Arabic names and the English and French ones, two names of one month
    (شباط/فبراير) in either order, numeric dates, in any digits, order and separator; a weekday before or after; times
    of 12 and 24 hours; zones where the text names one; Hijri dates (Umm al-Qura); ages (منذ 3 ساعات, قبل يومين) and
    أمس; ISO 8601 and RFC 2822.

    - Where Hijri and Gregorian dates stand together, the Gregorian one is meant: sighted moons make Hijri days differ.
    - An absolute date is preferred to an age beside it, a publication to an update.
    - A numeric date is read day first unless that makes no date, or only the other order agrees with the weekday, or it
      is what .NET prints by itself (5/3/2023 1:20:00 PM: seconds, AM or PM, a number not padded).
    - A weekday that agrees with no order is passed over: papers mistype it more often than the date.
    - Without a year, the latest year in which the weekday agrees is meant; without a weekday too, it is no date.
    - A date before 1990, or more than a day after `now`, is no date. A month that was not understood is never January.
    - Two days without a label that tells them apart, the days of a range, and texts of more than 400 characters or 25
      words that have nothing to do with dates give None: which day would be meant is a guess.
    - Two different times beside one day are the hours of an event: the day is given without a time.

    Args:
        text: the line, with labels and other facts beside the date or without.
        zone: where the page's clock hangs, for times without an offset of their own.
        now: the clock for ages and for what is future; aware.
        day_first: whether 03/04/2018 is in April, as everywhere in the Arab press.

    Returns:
        The reading, or None.
    """
    readings = dates_in(text, zone=zone, now=now, day_first=day_first)
    absolute = [reading for reading in readings if not reading.relative]
    for role in ("published", None, "modified"):
        chosen = [reading for reading in absolute or readings if reading.role == role]
        if chosen:
            same_day = len({reading.instant.date() for reading in chosen}) == 1
            return next((reading for reading in chosen if reading.has_time), chosen[0]) if same_day else None
    return None


_SLASHED_DAY = re.compile(
    r"/(?P<year>[0-9]{4})[/_-](?P<month>[0-9]{1,2})[/_-](?P<day>[0-9]{1,2})(?![0-9])"
    r"|/(?P<day_first>[0-9]{1,2})[/_-](?P<month_second>[0-9]{1,2})[/_-](?P<year_last>[0-9]{4})(?![0-9])"
    # A section's name between the year and the month: /2013/middle_east/8/3/
    r"|/(?P<year_apart>[0-9]{4})/[^/0-9][^/]{0,60}/(?P<month_apart>[0-9]{1,2})/(?P<day_apart>[0-9]{1,2})(?=/)"
)
_PLAIN_DAY = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-_]?)(?P<month>[0-9]{2})(?P=mark)(?P<day>[0-9]{2})(?![0-9])"
)


def date_in_address(url: str, *, now: datetime | None = None) -> date | None:
    """The day that an article's address holds: /2020/06/03/, /2020-06-03-1.3, /05/09/2015/, /20110518/, /2013/x/8/3/.

    Only a whole day counts: a year, or a year and a month, is None and never the first of anything. Day and month
    before a year are read day first, as the press writes them, unless that makes no date. A path that holds two
    different days tells none.

    Args:
        url: the address; only its path is read.
        now: what is more than a day later is no date; the machine's clock when None.

    Returns:
        The day, or None where there is none, an impossible one, one before 1990, or two that differ.
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    latest = ((now or datetime.now(UTC)) + _LATEST).date()
    for pattern in (_SLASHED_DAY, _PLAIN_DAY):
        found = (_day_of(match) for match in pattern.finditer(path))
        days = {day for day in found if day is not None and day.year >= _EARLIEST and day <= latest}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _day_of(match: re.Match[str]) -> date | None:
    """The day that a matched part of an address makes, None where no calendar has it."""
    found = {name.split("_")[0]: int(number) for name, number in match.groupdict().items() if number and name != "mark"}
    orders = [(found["year"], found["month"], found["day"])]
    if match.groupdict().get("year_last"):
        orders.append((found["year"], found["day"], found["month"]))
    for order in orders:
        try:
            return date(*order)
        except ValueError:
            continue
    return None
