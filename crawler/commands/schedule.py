"""`scrapy schedule`: every site when it is due."""

import argparse
import itertools
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from crawler.catalogue import spiders
from crawler.cli import NabaCommand
from crawler.display import print_table
from crawler.errors import UserError
from crawler.schedule.broker import PRIVATE, open_broker
from crawler.schedule.children import Children
from crawler.schedule.dispatch import Dispatcher, Local, ToWorkers
from crawler.schedule.plan import Timetable
from crawler.schedule.reading import check_timetable, read_timetable
from crawler.schedule.scheduler import Scheduler
from crawler.schedule.telling import LiveTeller, Teller
from crawler.store.connection import Connection, open_database
from crawler.store.schema import prepare_before
from crawler.watch.vigil import watching

_PATIENCE = 600.0
"""Seconds beyond a job's own time after which it is sent again that nobody works on."""


class Command(NabaCommand):
    """Runs the timetable."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[--check] [--once] [--at-most N] [--plain]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Crawl every site when it is due, by crawls.toml; --check shows the next starts"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--check", action="store_true", help="read crawls.toml and print the next starts")
        parser.add_argument("--limit", type=int, default=20, metavar="N", help="starts that --check prints (20)")
        parser.add_argument("--once", action="store_true", help="run what is due, then end: for cron and timers")
        parser.add_argument("--at-most", type=int, metavar="N", help="crawls at once (default: crawls.toml, or cores)")
        parser.add_argument("--plain", action="store_true", help="lines instead of the live view, on a terminal too")

    def execute(self, opts: argparse.Namespace) -> int:
        """Check, or run until the end."""
        assert self.settings is not None
        if (opts.at_most is not None and opts.at_most < 1) or opts.limit < 1:
            raise UserError("--at-most and --limit are numbers from 1 up")
        path, known = Path(self.settings["TIMETABLE"]), spiders(self.settings)
        if opts.check:
            return _check(*check_timetable(path, known), limit=opts.limit)
        if not read_timetable(path, known).enabled():
            raise UserError(f"no site is switched on: write enabled = true in a [sites.NAME] of {path}")
        with open_database(self.settings) as connection:
            prepare_before(connection)
            children = Children(self.settings)
            dispatcher = self._dispatcher(connection, children, opts.at_most)
            live = sys.stderr.isatty() and not opts.plain
            scheduler = Scheduler(
                connection.database(),
                path,
                known,
                dispatcher,
                (LiveTeller if live else Teller)(connection.database(), is_local=dispatcher.is_local),
                settings_given=[pair for pair in opts.set if pair.split("=", 1)[0] not in PRIVATE],
                lease_seconds=self.settings.getfloat("LEASE_SECONDS"),
            )
            scheduler.listen()
            with watching(self.settings, connection):
                try:
                    scheduler.run(once=opts.once)
                finally:
                    # A second signal ends at once.
                    stop_seconds = self.settings.getfloat("SCHEDULE_STOP_SECONDS")
                    children.stop(stop_seconds, at_once=lambda: scheduler.signals > 1)
        return 0

    def _dispatcher(self, connection: Connection, children: Children, at_most: int | None) -> Dispatcher:
        """To the broker's workers, where there is one. Here a crawl mostly waits for its site: two a core."""
        assert self.settings is not None
        if broker := open_broker(self.settings, connection):
            broker.check()
            return ToWorkers(connection.database(), broker, self.settings.getfloat("JOB_SECONDS") + _PATIENCE)
        return Local(connection.database(), children, at_most or 2 * (os.cpu_count() or 1))


def _check(timetable: Timetable, mistakes: list[str], *, limit: int) -> int:
    """Print the file's mistakes, or the next starts."""
    for mistake in mistakes:
        print(f"error: {mistake}", file=sys.stderr)
    if mistakes:
        return 1
    enabled = timetable.enabled()
    rows = [
        (
            moment.astimezone(plan.zone).strftime("%a %Y-%m-%d %H:%M:%S"),
            plan.zone.key,
            moment.astimezone().strftime("%H:%M:%S"),
            plan.site,
            plan.why,
        )
        for moment, plan in itertools.islice(timetable.starts(datetime.now(UTC)), limit)
    ]
    print_table(("starts", "zone", "here", "site", "why"), rows)
    off = len(timetable.plans) - len(enabled)
    print(f"\n{len(enabled)} sites on the timetable, {off} switched off")
    return 0
