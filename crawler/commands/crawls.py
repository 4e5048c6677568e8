"""`scrapy crawls`: what ran, what it found, what failed."""

import argparse
import contextlib
import json
from datetime import UTC, datetime
from typing import Any

from pymongo.errors import OperationFailure

from crawler.catalogue import spiders, unknown_site
from crawler.cli import NabaCommand
from crawler.display import one_line, print_table, readable
from crawler.errors import UserError
from crawler.store.connection import open_database
from crawler.store.crawls import DIED, NO_SITES, find_crawl, list_crawls, mark_died
from crawler.store.session import COUNTS


class Command(NabaCommand):
    """Shows the runs."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[SITE|ID] [--failed] [--last] [--limit 20] [--format jsonl]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Show what was crawled and how it ended; with a run's id, which addresses failed and why"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the filters."""
        super().add_options(parser)
        parser.add_argument("which", nargs="?", metavar="SITE|ID", help="one site's runs, or one run in detail")
        parser.add_argument("--failed", action="store_true", help="runs that died, or in which something failed")
        parser.add_argument("--last", action="store_true", help="only the newest run, in detail")
        parser.add_argument("--limit", type=int, default=20, metavar="N", help="at most so many (default: 20)")
        parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="default: table")

    def execute(self, opts: argparse.Namespace) -> int:
        """Print the runs, newest first."""
        assert self.settings is not None
        if opts.limit < 1:
            raise UserError(f"--limit {opts.limit}: write a number of runs, from 1")
        names = [*spiders(self.settings), *NO_SITES]
        with open_database(self.settings) as connection:
            database = connection.database()
            with contextlib.suppress(OperationFailure):  # who may only read sees them as running
                mark_died(database)
            if opts.which and opts.which not in names:
                crawl = find_crawl(database, opts.which)
                if crawl is None:
                    raise UserError(unknown_site(opts.which, names) + ", and no run has this id: see `scrapy crawls`")
                crawls = [crawl]
            else:
                limit = 1 if opts.last else opts.limit
                crawls = list(list_crawls(database, site=opts.which, failed=opts.failed, limit=limit))
        if opts.format == "jsonl":
            for crawl in crawls:
                print(json.dumps(crawl, ensure_ascii=False, default=str))
        elif opts.last or (opts.which and opts.which not in names):
            for crawl in crawls:
                _print_detail(crawl)
        else:
            columns = ["id", "site", "why", "started", "took", "ended", *_SHOWN]
            print_table(columns, map(_row, crawls), numbers=["took", *_SHOWN])
        return 0


_ADDRESS = 80
"""Characters of an address in a table; `--format jsonl` has all."""
_SHOWN = ("found", "fetched", *COUNTS)


def _ended(crawl: dict[str, Any]) -> str:
    """Why a run ended: Scrapy's reason, 'died' when its process is gone, or 'running'."""
    return str(crawl["reason"] or "running")


def _row(crawl: dict[str, Any]) -> list[object]:
    took = (crawl["ended_at"] or datetime.now(UTC)) - crawl["started_at"]
    started = f"{crawl['started_at']:%Y-%m-%d %H:%M:%S}"
    counts = [crawl["counts"].get(name, 0) for name in _SHOWN]
    row = [crawl["_id"], crawl["site"], crawl.get("why"), started, f"{took.total_seconds():.0f} s", _ended(crawl)]
    return [*row, *counts]


def _instant(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else None


def _print_detail(crawl: dict[str, Any]) -> None:
    """One run: what it was, its counts with their reasons, discovery, fields, slow pages, and what failed."""
    died = crawl["reason"] == DIED
    rows = [
        ["site", crawl["site"]],
        ["why", crawl.get("why")],
        ["by", ", ".join(filter(None, [crawl.get("by"), crawl.get("process") and f"process {crawl['process']}"]))],
        ["arguments", ", ".join(f"{k}={v}" for k, v in crawl["arguments"].items())],
        ["replay of", crawl["replay"]],
        ["versions", ", ".join(f"{name} {told}" for name, told in crawl.get("versions", {}).items())],
        ["started", _instant(crawl["started_at"])],
        ["last seen alive" if died or not crawl["ended_at"] else "ended", _instant(_end(crawl))],
        ["reason", _ended(crawl)],
        ["log file", crawl.get("log_file")],
        *_count_rows(crawl["counts"]),
        ["answer's usual time", _seconds((crawl.get("answers") or {}).get("median"))],
    ]
    print_table(["run", crawl["_id"]], [row for row in rows if row[1] not in {None, ""}])
    if ways := crawl.get("discovery"):
        print()
        columns = ["listings", "asked", "unchanged", "failed", "forbidden", "found", "oldest"]
        print_table(columns, [[way, *map(told.get, columns[1:])] for way, told in ways.items()], numbers=columns[1:6])
    if fields := crawl.get("fields"):
        print()
        columns = ["field", "filled", "missing", "rate", "lacking, for example"]
        print_table(columns, [_field_row(name, told) for name, told in fields.items()], numbers=columns[1:4])
    if slowest := crawl.get("slowest"):
        print()
        pages = [
            [_seconds(page["download"]), _seconds(page["extraction"]), readable(page["address"], _ADDRESS)]
            for page in slowest
        ]
        print_table(["download", "extraction", "slowest pages"], pages, numbers=["download", "extraction"])
    if crawl["notes"]:
        print()
        notes = [
            (note["reason"], readable(note["address"], _ADDRESS), one_line(note["detail"], 60))
            for note in crawl["notes"]
        ]
        print_table(["reason", "address", "detail"], notes)


def _end(crawl: dict[str, Any]) -> datetime | None:
    end: datetime | None = crawl["ended_at"] or crawl.get("alive_at")
    return end


def _seconds(seconds: float | None) -> str | None:
    return None if seconds is None else f"{seconds:.2f} s"


def _count_rows(counts: dict[str, Any]) -> list[list[Any]]:
    """Each kind with its number, and by reason where there are several reasons."""
    rows = []
    for name, number in counts.items():
        if isinstance(number, dict):
            continue
        reasons = counts.get(f"{name}_by_reason") or {}
        why = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
        rows.append([name, f"{number} ({why})" if why else str(number)])
    return rows


def _field_row(name: str, told: dict[str, Any]) -> list[Any]:
    rate = told["filled"] / (told["filled"] + told["missing"])
    example = readable(told["lacking"][-1]["address"], _ADDRESS) if told["lacking"] else None
    return [name, told["filled"], told["missing"], f"{rate:.0%}", example]
