"""The times that statistics group by: `2018-02-13`, `2018-W07` (ISO 8601), `2018-02`, `2018`, and the hour `14`."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, get_args

Time = Literal["hour", "day", "week", "month", "year"]
TIMES: tuple[Time, ...] = get_args(Time)
FORMATS: dict[Time, str] = {"hour": "%H", "day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}


def begin(unit: Time, key: str) -> date:
    """The first day of a day, week, month or year.

    Raises:
        ValueError: for another key.
    """
    if unit == "week":
        year, _, week = key.partition("-W")
        return date.fromisocalendar(int(year), int(week), 1)
    return date.fromisoformat(f"{key}-01-01"[:10])


def end(unit: Time, first: date) -> date:
    """The day after the period that begins with a day."""
    if unit in {"day", "week"}:
        return first + timedelta(days=1 if unit == "day" else 7)
    if unit == "month":
        return (first + timedelta(days=31)).replace(day=1)
    return first.replace(year=first.year + 1)


def between(unit: Time, before: str, after: str) -> Iterator[str]:
    """The keys that lie between two, for the gaps of a table."""
    if unit == "hour":
        yield from (f"{hour:02}" for hour in range(int(before) + 1, int(after)))
        return
    place, last = end(unit, begin(unit, before)), begin(unit, after)
    while place < last:
        yield place.strftime(FORMATS[unit])
        place = end(unit, place)
