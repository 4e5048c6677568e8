"""`python -m benchmarks.dates`: how many date lines each parser reads right, wrong or not at all, and in what time."""

import argparse
import sys
import time
import warnings
from datetime import datetime
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.dates.lines import groups, verdict
from benchmarks.dates.parsers import DAYS_ONLY, PARSERS, Parser
from tests.arabic.date_lines import NOW, Line


def _read(parse: Parser, line: Line) -> datetime | None:
    try:
        return parse(line.text, line.zone, NOW)
    except Exception as fault:  # noqa: BLE001 - a library that raises on a line has not read it
        print(f"{line.text!r}: {type(fault).__name__}", file=sys.stderr)
        return None


def _microseconds(parse: Parser, lines: list[Line], rounds: int) -> float:
    """CPU time of one call: the median round, after the round that loaded and cached everything."""
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        for line in lines:
            _read(parse, line)
        spent.append((time.process_time() - start) / len(lines) * 1e6)
    return median(spent)


def main() -> int:
    """Print the table: right/wrong/none by group of lines, and the time of a call."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.dates", description=__doc__)
    arguments.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds that are timed (default: 3)")
    arguments.add_argument("--only", action="append", metavar="PARSER", choices=list(PARSERS))
    arguments.add_argument("--faults", action="store_true", help="list what each parser reads wrong or not")
    options = arguments.parse_args()
    if options.rounds < 1:
        print(f"error: --rounds {options.rounds}: at least one round is timed", file=sys.stderr)
        return 1
    warnings.simplefilter("ignore")
    names = options.only or list(PARSERS)
    lines = groups()
    counts: dict[tuple[str, str], dict[str, int]] = {}
    times: dict[str, tuple[float, float]] = {}
    for name in names:
        print(f"measuring {name} ...", file=sys.stderr)
        parse = PARSERS[name]()
        start = time.process_time()
        _read(parse, lines["seen on pages"][0])
        first = (time.process_time() - start) * 1e3
        for group, members in lines.items():
            count = counts[group, name] = dict.fromkeys(("right", "wrong", "none"), 0)
            for line in members:
                found = _read(parse, line)
                judged = verdict(line, found, day_only=name in DAYS_ONLY)
                count[judged] += 1
                if options.faults and judged != "right":
                    print(f"{name}\t{judged}\t{line.text}\t{found}\t{line.expected}")
        times[name] = first, _microseconds(parse, [line for group in lines.values() for line in group], options.rounds)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("lines", no_wrap=True)
    for name in ("", *names):
        table.add_column(name, justify="right", no_wrap=True)
    for group, members in lines.items():
        table.add_row(group, str(len(members)), *("/".join(map(str, counts[group, name].values())) for name in names))
    table.add_row("µs a call", "", *(f"{times[name][1]:.0f}" for name in names))
    table.add_row("ms the first", "", *(f"{times[name][0]:.0f}" for name in names))
    console = Console(width=160, highlight=False)
    console.print(table)
    console.print("\nright/wrong/none. Right: day and time of day, of htmldate the day. CPU time.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
