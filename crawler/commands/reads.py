"""`scrapy reads`: how often an article was read, over time."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from crawler.display import isolate, one_line, print_table, readable
from crawler.of_an_article import ArticleCommand
from crawler.plot import plot
from crawler.store.connection import open_database
from crawler.store.curves import Point, curves
from crawler.store.finding import find_article

_WIDTH, _HEIGHT = 64, 10
_HEADLINE = 80
_ADDRESS = 2_000  # characters: whole, to be copied


class Command(ArticleCommand):
    """Shows one article's read counts."""

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Show how an article's read counter grew, as a table and a curve"

    def execute(self, opts: argparse.Namespace) -> int:
        """Print the curve; status 0 also when the page shows no counter."""
        assert self.settings is not None
        with open_database(self.settings) as connection:
            article = find_article(connection.database(), opts.address)
            found = curves(connection.database(), article)
        if opts.format == "jsonl":
            for address, points in found.items():
                for point in points:
                    print(json.dumps(_record(address, point)))
            return 0
        print(isolate(one_line(article["title"], _HEADLINE)))
        for address, points in found.items():
            print(readable(address, _ADDRESS))
            if points:
                print()
                _print(points)
            else:
                print("no counter was read on its page", file=sys.stderr)
        return 0


def _record(address: str, point: Point) -> dict[str, Any]:
    return {
        "url": address,
        "at": point.at.isoformat(),
        "read_count": point.count,
        "gained": point.gained,
        "read_growth": point.growth,
        "is_reset": point.is_reset,
    }


def _print(points: Sequence[Point]) -> None:
    def row(point: Point) -> tuple[object, ...]:
        growth = f"{point.growth:,.1f}" if point.growth is not None else None
        gained = f"+{point.gained:,}" if point.gained is not None else None
        return f"{point.at:%Y-%m-%d %H:%M}", f"{point.count:,}", gained, growth, "reset" if point.is_reset else None

    has_resets = any(point.is_reset for point in points)
    columns = ["read at, UTC", "reads", "gained", "an hour", *(["counter"] if has_resets else [])]
    print_table(columns, (row(point)[: len(columns)] for point in points), numbers=columns[1:4])
    if len(points) > 1:
        print()
        _print_plot(points)


def _print_plot(points: Sequence[Point]) -> None:
    top = f"{max(point.count for point in points):,}"
    lines = plot([(point.at.timestamp(), point.count) for point in points], _WIDTH, _HEIGHT)
    for i, line in enumerate(lines):
        label = top if i == 0 else "0" if i == len(lines) - 1 else ""
        print(f"{label:>{len(top)}} ┤{line.rstrip(chr(0x2800))}")
    first, last = (f"{point.at:%Y-%m-%d %H:%M}" for point in (points[0], points[-1]))
    print(f"{'':>{len(top)}} └{_axis(points)}")
    print(f"{'':>{len(top)}}  {first}{last:>{_WIDTH - len(first)}}")


def _axis(points: Sequence[Point]) -> str:
    """The line under the curve, with an arrow where the counter fell."""
    start, end = points[0].at, points[-1].at
    line = ["─"] * _WIDTH
    for point in points:
        if point.is_reset:
            line[round((point.at - start) / (end - start) * (_WIDTH - 1))] = "↓"
    return "".join(line)
