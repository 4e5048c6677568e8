"""`scrapy stats`: count the collection."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.text import Text

from crawler.display import one_line, print_table
from crawler.errors import UserError
from crawler.filtering import FilteringCommand, add_filters, read_filters, read_number
from crawler.pictures import draw
from crawler.slices.sheet import guard
from crawler.slices.target import atomic
from crawler.store import Collection
from crawler.store.statistics import BY, FIELDS, By, Group, Statistics
from crawler.store.times import FORMATS, TIMES, between

_BAR = 30  # columns
_EIGHTHS = " ▏▎▍▌▋▊▉"
_NAME = 40  # characters
_GAP = 3


class Command(FilteringCommand):
    """Counts articles, words, reads and copies, and how well fields are filled."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[WORDS] [filters of `scrapy search`] [--by month|site|...] [--png FILE] [--svg FILE] [--format csv]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Count articles, words, reads, copies and filled fields, by day, site, section, author, ..."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare filters and form."""
        super().add_options(parser)
        add_filters(parser)
        add = parser.add_argument_group("statistics").add_argument
        add("--by", choices=BY, help="groups; times are of publication, in the paper's own zone")
        add("--limit", default="30", metavar="N", help="rows of names in the table; 0 for all (default: 30)")
        add("--png", metavar="FILE", help="draw the picture too")
        add("--svg", metavar="FILE", help="the same as SVG")
        add("--arabic", action="store_true", help="the picture's title and axes in Arabic, from right to left")
        add("--format", choices=["table", "jsonl", "csv"], default="table", help="default: table")

    def execute(self, opts: argparse.Namespace) -> int:
        """Print the counts, and draw them; status 1 when nothing matches."""
        assert self.settings is not None
        filters, limit = read_filters(opts, self.settings), read_number(opts.limit, "--limit")
        pictures = [(_picture(name, kind), kind) for kind in ("png", "svg") if (name := getattr(opts, kind))]
        with Collection.open(settings=self.settings) as collection:
            statistics = collection.stats(filters, by=opts.by)
        if not statistics.total.articles:
            raise UserError("no article matches: there is nothing to count")
        for path, kind in pictures:
            with atomic(path, force=True) as partial:
                draw(statistics, partial, kind, arabic=opts.arabic)
        if opts.format == "jsonl":
            _print_lines(statistics)
        elif opts.format == "csv":
            _print_csv(statistics)
        elif statistics.by is None:
            _print_total(statistics.total)
            _print_fields(statistics.total)
        else:
            _print_groups(statistics, limit or None)
            _print_total(statistics.total)
        return 0


def _picture(name: str, kind: str) -> Path:
    """Where a picture goes; what stands there is replaced, so it must be one.

    Raises:
        UserError: for another ending.
    """
    path = Path(name)
    if path.suffix.lower() != f".{kind}":
        raise UserError(f"--{kind} draws a {kind.upper()}: end {path.name!r} with .{kind}")
    return path


def _rows(statistics: Statistics) -> list[dict[str, object]]:
    by = statistics.by
    return [{by: one.key, **one.row()} for one in statistics.groups] if by else [{**statistics.total.row()}]


def _print_lines(statistics: Statistics) -> None:
    for row in _rows(statistics):
        print(json.dumps(row, ensure_ascii=False))


def _print_csv(statistics: Statistics) -> None:
    rows = _rows(statistics)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(guard(cell) if isinstance(cell, str) else cell for cell in row.values())


def bar(share: float) -> str:
    """A bar of block characters, `_BAR` columns for 1."""
    eighths = round(share * _BAR * 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _print_groups(statistics: Statistics, limit: int | None) -> None:
    by = statistics.by
    assert by is not None
    groups = statistics.groups
    shown = groups if by in TIMES else groups[:limit]
    most = max(group.articles for group in groups)
    print_table(
        [by, "articles", "", "words", "reads", "copies"],
        (_row(group, most) for group in _with_gaps(shown, by)),
        arabic=[by] if by in {"section", "author", "agency"} else [],
        numbers=["articles", "words", "reads", "copies"],
    )
    if len(shown) < len(groups):
        print(f"and {len(groups) - len(shown):,} more: --limit 0 shows all", file=sys.stderr)
    print()


def _row(group: Group, most: int) -> tuple[object, ...]:
    return (
        Text("none", "dim") if group.key is None else one_line(group.key, _NAME),
        f"{group.articles:,}",
        bar(group.articles / most),
        f"{group.words:,}" if group.articles else None,
        f"{group.reads:,}" if group.counted else None,
        f"{group.copies:,}" if group.copies else None,
    )


def _with_gaps(groups: Sequence[Group], by: By) -> Iterator[Group]:
    """Times without articles too: one by one, or as an ellipsis where there are many."""
    last: str | None = None
    for group in groups:
        if by in FORMATS and last is not None and group.key is not None:
            missing = list(between(by, last, group.key))
            yield from map(Group, missing if len(missing) <= _GAP else ["…"])
        last = group.key
        yield group


def _print_total(total: Group) -> None:
    articles = f"{total.articles:,} article{'' if total.articles == 1 else 's'}"
    period = f", published {total.earliest} to {total.latest}" if total.earliest else ""
    reads = f"; {total.reads:,} reads of {total.counted:,} with a counter" if total.counted else ""
    copies = f"; {total.copies:,} are copies ({total.copies / total.articles:.1%})" if total.copies else ""
    print(f"{articles}{period}; {total.words:,} words ({total.words / total.articles:,.0f} each){reads}{copies}")


def _print_fields(total: Group) -> None:
    print()
    print_table(
        ["field", "filled", "share", ""],
        (
            (name, f"{count:,}", f"{count / total.articles:.1%}", bar(count / total.articles))
            for name in FIELDS
            for count in [total.filled[name]]
        ),
        numbers=["filled", "share"],
    )
