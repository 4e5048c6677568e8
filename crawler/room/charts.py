"""Pictures as plain geometry: templates draw them as SVG, and print the table of the same numbers below.

A picture is stretched to the width it is given, so its axes' texts stand beside it as HTML and stay legible on a
phone. In Arabic time runs from right to left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, log10

WIDTH, HEIGHT = 1000, 240
"""The drawing's own units."""
_GAP = 0.18
"""Share of a day's width between two columns."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `series` is the number of its colour."""

    x: float
    y: float
    width: float
    height: float
    series: int
    told: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Stacked columns, one a day."""

    bars: list[Bar]
    top: int
    """The value at the upper edge."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through its points."""

    line: str
    points: list[tuple[float, float]]
    top: int
    bottom: int


def round_up(value: float) -> int:
    """The next number that reads well at an axis: 1, 2, 5, 10, 20, 50, ... with steps between."""
    if value <= 1:
        return 1
    unit = 10 ** int(log10(value))
    for factor in (1, 1.5, 2, 3, 4, 5, 6, 8, 10):
        if factor * unit >= value and (factor * unit) % 1 == 0:
            return int(factor * unit)
    return ceil(value)


def columns(days: Sequence[date], series: Sequence[tuple[str, Mapping[date, int]]], *, mirrored: bool) -> Columns:
    """Stack the series of each day.

    Args:
        days: in order.
        series: a name and its counts, drawn from below.
        mirrored: the first day stands at the right.
    """
    top = round_up(max((sum(counts.get(day, 0) for _, counts in series) for day in days), default=1))
    step = WIDTH / max(1, len(days))
    bars = []
    for i, day in enumerate(days):
        place = len(days) - 1 - i if mirrored else i
        base = float(HEIGHT)
        for number, (name, counts) in enumerate(series):
            if count := counts.get(day, 0):
                height = count / top * HEIGHT
                base -= height
                x, width = (place + _GAP / 2) * step, step * (1 - _GAP)
                bars.append(Bar(round(x, 2), round(base, 2), round(width, 2), round(height, 2), number, name))
    return Columns(bars, top)


def curve(readings: Sequence[tuple[datetime, int]], *, mirrored: bool) -> Curve:
    """Draw counts over time; the lower edge is 0 unless all counts are far from it.

    Args:
        readings: at least one, in order of time.
        mirrored: the first reading stands at the right.
    """
    start, end = readings[0][0], readings[-1][0]
    seconds = (end - start).total_seconds() or 1.0
    most, least = max(count for _, count in readings), min(count for _, count in readings)
    top = round_up(most)
    bottom = 0 if least < most / 2 or most == 0 else least - least % (10 ** int(log10(max(least, 1))))
    points = []
    for at, count in readings:
        share = (at - start).total_seconds() / seconds
        x = (1 - share if mirrored else share) * WIDTH
        points.append((round(x, 2), round(HEIGHT - (count - bottom) / max(1, top - bottom) * HEIGHT, 2)))
    line = "M" + " L".join(f"{x} {y}" for x, y in points)
    return Curve(line, points, top, bottom)
