"""`scrapy export`: take a slice of the collection away as a file."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.display import one_line
from crawler.filtering import FilteringCommand, add_filters, read_filters
from crawler.progress import progress_bar
from crawler.slices.export import export
from crawler.slices.request import FORMATS, PARTITIONS, Request
from crawler.store import Collection, Filters
from crawler.store.fields import COLUMNS


class Command(FilteringCommand):
    """Writes articles into a file, with a data card beside it."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return (
            "FILE.jsonl|csv|parquet [WORDS] [filters of `scrapy search`] [--fields url,title] [--partition site,month]"
        )

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Export articles as JSON Lines, CSV or Parquet, with a data card"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare file, filters and form."""
        super().add_options(parser)
        parser.add_argument("file", metavar="FILE", help=f"its end says the format: {', '.join(FORMATS)}")
        add_filters(parser)
        add = parser.add_argument_group("export").add_argument
        add("--fields", metavar="A,B", help=f"columns in this order; default: all. There are {', '.join(COLUMNS)}")
        add("--partition", metavar="BY", help=f"for Parquet, a folder by {' or '.join(PARTITIONS)}, or site,month")
        add("--force", action="store_true", help="replace what is there under this name")

    def execute(self, opts: argparse.Namespace) -> int:
        """Write the file and tell what is in it."""
        assert self.settings is not None
        filters = read_filters(opts, self.settings)
        request = Request(
            path=Path(opts.file),
            fields=_names(opts.fields),
            partition=_names(opts.partition) or (),
            force=opts.force,
            question=_told(filters),
        )
        request.check()
        with Collection.open(settings=self.settings) as collection:
            title = one_line(request.path.name, 40)
            with progress_bar(title, collection.count(filters), "articles") as advance:
                done = export(collection.database, filters, request, progress=advance)
        for note in done.notes:
            print(f"note: {note}", file=sys.stderr)
        articles = f"{done.articles:,} article{'' if done.articles == 1 else 's'}"
        print(f"{articles}, {_size(done.size)}: {request.path}, described in {request.cards[1].name}", file=sys.stderr)
        return 0


def _names(text: str | None) -> Sequence[str] | None:
    """Names with commas between."""
    return None if text is None else [name.strip() for name in text.replace("،", ",").split(",") if name.strip()]


def _told(filters: Filters) -> dict[str, Any]:
    """The filters that were given, for the data card."""
    told: dict[str, Any] = {}
    for field in fields(filters):
        value = getattr(filters, field.name)
        if value in ((), "", None) or (value is False and field.name == "unique"):
            continue
        told[field.name] = _text(value)
    return told


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return ", ".join(value) if isinstance(value, tuple) else value


def _size(size: int) -> str:
    if size < 1000:
        return f"{size} bytes"
    power = min((len(str(size)) - 1) // 3, 3)
    return f"{size / 1000**power:.1f} {['', 'kB', 'MB', 'GB'][power]}"
