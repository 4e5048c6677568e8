"""`scrapy health`: the state of every site, for people, cron and probes."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

from crawler.catalogue import spiders, unknown_site
from crawler.cli import NabaCommand
from crawler.display import print_table
from crawler.errors import UserError
from crawler.store.connection import open_database
from crawler.store.schema import prepare_before
from crawler.watch.health import Health, state_of_all
from crawler.watch.rounds import accept, tick
from crawler.watch.telling import untold


class Command(NabaCommand):
    """Tells how the sites are."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[SITE] [--strict] [--accept] [--format jsonl]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Show the state of every site, with its alarms; the exit status is 1 if any is bad"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("site", nargs="?", metavar="SITE", help="one site only")
        parser.add_argument("--strict", action="store_true", help="a site that was never crawled is bad too")
        parser.add_argument(
            "--accept", action="store_true", help="end SITE's alarms: what they tell is usual from now on"
        )
        parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="default: table")

    def execute(self, opts: argparse.Namespace) -> int:
        """Mark what died, tell what waits, print the states; 1 if a site is bad or a message could not be told."""
        assert self.settings is not None
        names = list(spiders(self.settings))
        if opts.site and opts.site not in names:
            raise UserError(unknown_site(opts.site, names))
        if opts.accept and not opts.site:
            raise UserError("--accept ends the alarms of one site: name it")
        with open_database(self.settings) as connection:
            prepare_before(connection)
            database = connection.database()
            if opts.accept:
                checks = accept(database, opts.site, self.settings)
                print(f"{opts.site}: accepted {', '.join(checks) or 'nothing, no alarm is open'}", file=sys.stderr)
            tick(database, self.settings)
            states = state_of_all(database, [opts.site] if opts.site else names, datetime.now(UTC))
            waiting = untold(database)
        if opts.format == "jsonl":
            for health in states:
                print(json.dumps(_record(health), ensure_ascii=False, default=str))
        else:
            _print(states, one=bool(opts.site))
        for message in waiting:
            told = "{site} {check}: not told by {channel} after {attempts} attempts ({error})".format(**message)
            print(told, file=sys.stderr)
        is_bad = any(health.is_bad or (opts.strict and health.state == "never") for health in states)
        return 1 if is_bad or waiting else 0


def _print(states: list[Health], *, one: bool) -> None:
    shown = [health for health in states if one or health.state != "never"]
    if shown:
        columns = ["site", "state", "since", "last_crawl", "ended", "new", "failed", "alarms"]
        print_table(columns, map(_row, shown), numbers=["new", "failed"])
    for health in shown:
        for alarm in health.alarms:
            print(f"\n{health.site}: {alarm['message']}")
            for line in alarm["evidence"].get("help", ()) if one else ():
                print(f"  {line}")
    if one:
        return
    counts: dict[str, int] = {}
    for health in states:
        counts[health.state] = counts.get(health.state, 0) + 1
    told = ", ".join(f"{count} {'never crawled' if state == 'never' else state}" for state, count in counts.items())
    print(("\n" if shown else "") + f"{len(states)} sites: {told}")


def _row(health: Health) -> list[object]:
    crawl = health.crawl or {}
    counts = crawl.get("counts", {})
    return [
        health.site,
        health.state,
        _minute(health.since),
        _minute(crawl.get("started_at")),
        crawl.get("reason") or ("running" if crawl else None),
        counts.get("new"),
        counts.get("failed"),
        ", ".join(alarm["check"] for alarm in health.alarms) or None,
    ]


def _minute(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else None


def _record(health: Health) -> dict[str, Any]:
    """The same for programs; instants in ISO 8601, UTC."""
    crawl = health.crawl
    return {
        "site": health.site,
        "state": health.state,
        "bad": health.is_bad,
        "since": _iso(health.since),
        "alarms": [
            {
                **{name: alarm[name] for name in ("check", "message", "evidence", "run")},
                **{name: _iso(alarm[name]) for name in ("since", "last_seen")},
            }
            for alarm in health.alarms
        ],
        "last_crawl": crawl
        and {
            "id": crawl["_id"],
            "why": crawl.get("why"),
            "started_at": _iso(crawl["started_at"]),
            "ended_at": _iso(crawl["ended_at"]),
            "reason": crawl["reason"],
            "counts": crawl["counts"],
        },
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
