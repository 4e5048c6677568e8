"""When a site is due: every so often, or by cron. Pure functions of instants."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2b
from typing import Protocol
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}  # seconds
_INTERVAL = re.compile(r"(\d{1,6})\s?([smhd])")
_LONGEST = 366 * 86400
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_ALIASES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
}


class Rule(Protocol):
    """What tells when a site is due."""

    def next_after(self, moment: datetime) -> datetime | None:
        """The first instant (UTC) after this one at which the site is due; None: never again."""


def parse_interval(text: str) -> float:
    """Seconds of `15m`, `2h`, `1d` or `30s`.

    Raises:
        ValueError: when the text is none of these, nought, or longer than a year.
    """
    match = _INTERVAL.fullmatch(text.strip().lower())
    seconds = int(match[1]) * _UNITS[match[2]] if match else 0
    if not 0 < seconds <= _LONGEST:
        raise ValueError("is no interval: write 15m, 2h or 1d")
    return float(seconds)


def show_interval(seconds: float) -> str:
    """`15m` of 900."""
    for unit, size in reversed(_UNITS.items()):
        if seconds >= size and seconds % size == 0:
            return f"{seconds // size:.0f}{unit}"
    return f"{seconds:g}s"


def spread(name: str, seconds: float) -> float:
    """A site's own place within an interval, the same on every machine and day: not all start together."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) % max(1, int(seconds))


@dataclass(frozen=True, slots=True)
class Every:
    """Due at fixed instants, so far apart in elapsed time: no change of clocks moves them."""

    seconds: float
    offset: float = 0.0
    """Seconds after the epoch at which the instants begin."""

    def next_after(self, moment: datetime) -> datetime:
        """The first instant after this one."""
        past = (moment.timestamp() - self.offset) // self.seconds
        due = datetime.fromtimestamp((past + 1) * self.seconds + self.offset, UTC)
        return due if due > moment else due + timedelta(seconds=self.seconds)

    def __str__(self) -> str:
        return f"every {show_interval(self.seconds)}"


@dataclass(frozen=True, slots=True)
class Cron:
    """Due by a crontab's five fields, on the clock of a zone."""

    expression: str
    zone: ZoneInfo
    _trigger: CronTrigger = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_trigger", _trigger(self.expression, self.zone))

    def next_after(self, moment: datetime) -> datetime | None:
        """The first instant after this one; an hour that the clocks skip or repeat is due once or not at all."""
        after = (moment + timedelta(microseconds=1)).astimezone(self.zone)
        due: datetime | None = self._trigger.get_next_fire_time(None, after)
        return due.astimezone(UTC) if due else None

    def __str__(self) -> str:
        return f"cron {self.expression}"


@cache
def _trigger(expression: str, zone: ZoneInfo) -> CronTrigger:
    """APScheduler's trigger of a crontab's line.

    It counts weekdays from Monday where crontab(5) counts from Sunday, and knows no range over the week's end: both
    would silently be another day, so weekdays are given by name.

    Raises:
        ValueError: for what is no crontab line; the text says why.
    """
    fields = _ALIASES.get(expression.strip().lower(), expression).split()
    if len(fields) != 5:
        raise ValueError(
            f"has {len(fields)} fields, not 5: write minute, hour, day, month, weekday, such as '*/30 6-22 * * *'"
        )
    minute, hour, day, month, weekday = fields
    if day != "*" and weekday != "*":
        raise ValueError("names a day of the month and a weekday: write two rules, or one of them as *")
    try:
        return CronTrigger(
            minute=minute, hour=hour, day=day, month=month, day_of_week=_weekdays(weekday), second=0, timezone=zone
        )
    except ValueError as error:
        raise ValueError(f"is no cron line: {error}") from None


def _weekdays(text: str) -> str:
    """A crontab's weekdays as names: `0-4` is `sun,mon,tue,wed,thu`; 7 is Sunday too."""
    if text == "*":
        return text
    chosen: list[str] = []
    for part in text.lower().split(","):
        span, _, step = part.partition("/")
        first, dash, last = ("0", "-", "6") if span == "*" else span.partition("-")
        begin, end = _weekday(first), _weekday(last or first)
        if not re.fullmatch(r"\d?", step) or step == "0":
            raise ValueError(f"{part!r} is no weekday")
        length = (end - begin) % 7 if dash else 0
        if dash and {first, last} == {"0", "7"}:
            length = 6
        chosen += [_DAYS[(begin + day) % 7] for day in range(0, length + 1, int(step or 1))]
    return ",".join(dict.fromkeys(chosen))


def _weekday(text: str) -> int:
    if text in _DAYS:
        return _DAYS.index(text)
    if re.fullmatch("[0-7]", text):
        return int(text) % 7
    raise ValueError(f"{text!r} is no weekday: write 0 (Sunday) to 6 or sun to sat")
