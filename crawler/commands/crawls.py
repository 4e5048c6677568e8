"""`scrapy crawls`: what ran, what it found, what failed."""

import argparse
import json
from datetime import UTC, datetime
from typing import Any

from crawler.catalogue import spiders, unknown_site
from crawler.cli import NabaCommand
from crawler.display import one_line, print_table
from crawler.errors import UserError
from crawler.processes import is_dead
from crawler.store.connection import open_database
from crawler.store.crawls import find_crawl, list_crawls
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
        names = list(spiders(self.settings))
        with open_database(self.settings) as connection:
            database = connection.database()
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
            columns = ["id", "site", "started", "took", "ended", *COUNTS]
            print_table(columns, map(_row, crawls), numbers=["took", *COUNTS])
        return 0


def _ended(crawl: dict[str, Any]) -> str:
    """Why a run ended: Scrapy's reason, 'running', or 'died' when its process is gone."""
    if crawl["reason"]:
        return str(crawl["reason"])
    return "died" if is_dead(crawl.get("process", "")) else "running"


def _row(crawl: dict[str, Any]) -> list[object]:
    end = crawl["ended_at"] or (datetime.now(UTC) if _ended(crawl) == "running" else None)
    took = f"{(end - crawl['started_at']).total_seconds():.0f} s" if end else None
    counts = [crawl["counts"].get(name, 0) for name in COUNTS]
    return [crawl["_id"], crawl["site"], f"{crawl['started_at']:%Y-%m-%d %H:%M:%S}", took, _ended(crawl), *counts]


def _print_detail(crawl: dict[str, Any]) -> None:
    counts = crawl["counts"]
    print_table(
        ["run", crawl["_id"]],
        [
            ["site", crawl["site"]],
            ["arguments", ", ".join(f"{k}={v}" for k, v in crawl["arguments"].items()) or None],
            ["replay of", crawl["replay"]],
            ["started", f"{crawl['started_at']:%Y-%m-%d %H:%M:%S} UTC"],
            ["ended", f"{crawl['ended_at']:%Y-%m-%d %H:%M:%S} UTC" if crawl["ended_at"] else None],
            ["reason", _ended(crawl)],
            *([name, number] for name, number in counts.items() if not isinstance(number, dict)),
        ],
    )
    if ways := crawl.get("discovery"):
        print()
        columns = ["listings", "asked", "unchanged", "found", "oldest"]
        print_table(columns, [[way, *map(told.get, columns[1:])] for way, told in ways.items()], numbers=columns[1:4])
    if crawl["notes"]:
        print()
        rows = [(note["reason"], note["address"], one_line(note["detail"], 60)) for note in crawl["notes"]]
        print_table(["reason", "address", "detail"], rows)
