"""Hours in which no crawl of a site starts, on the clock of its zone."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

_PERIOD = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s?[-–]\s?([01]?\d|2[0-3]):([0-5]\d)")
_ROUNDS = 8
"""A day has few quiet periods; more rounds than this would be a timetable that is quiet at all hours."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `start` until before `end`; over midnight where the end is the earlier of the two."""

    start: time
    end: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `23:00-05:00`.

        Raises:
            ValueError: when the text is no such period, or an empty one.
        """
        match = _PERIOD.fullmatch(text.strip())
        if not match or match.group(1, 2) == match.group(3, 4):
            raise ValueError("are no quiet hours: write 23:00-05:00")
        first, second, third, fourth = map(int, match.groups())
        return cls(time(first, second), time(third, fourth))

    def holds(self, clock: time) -> bool:
        """Whether this time of day is quiet."""
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def is_quiet(moment: datetime, periods: tuple[Quiet, ...], zone: ZoneInfo) -> bool:
    """Whether the instant is in one of the periods, by the zone's clock."""
    clock = moment.astimezone(zone).time()
    return any(period.holds(clock) for period in periods)


def leave_quiet(moment: datetime, periods: tuple[Quiet, ...], zone: ZoneInfo) -> datetime:
    """The instant itself, or the end of the quiet hours that hold it (UTC).

    Where the periods cover the whole day the instant itself: `read_timetable` refuses such a file.
    """
    now = moment
    for _ in range(_ROUNDS):
        clock = now.astimezone(zone).time()
        period = next((period for period in periods if period.holds(clock)), None)
        if period is None:
            return now.astimezone(UTC)
        now = _end(now, period, zone)
    return moment.astimezone(UTC)


def _end(moment: datetime, period: Quiet, zone: ZoneInfo) -> datetime:
    """The first end of the period after an instant in it; where the clocks go back, an end may come twice."""
    day = moment.astimezone(zone).date()
    ends = (
        datetime.combine(day + timedelta(days=days), period.end, zone).replace(fold=fold).astimezone(UTC)
        for days in (0, 1)
        for fold in (0, 1)
    )
    return min(end for end in ends if end > moment)


def covers_the_day(periods: tuple[Quiet, ...]) -> bool:
    """Whether no minute of the day is left."""
    return all(any(period.holds(time(minute // 60, minute % 60)) for period in periods) for minute in range(1440))
