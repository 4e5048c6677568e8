"""`scrapy enqueue`: bulk work, split into jobs that the scheduler or workers run."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pymongo.database import Database
from scrapy.exceptions import UsageError

from crawler.archive.reader import find_files
from crawler.catalogue import spiders, unknown_site
from crawler.cli import NabaCommand
from crawler.display import print_table
from crawler.errors import UserError
from crawler.schedule.broker import PRIVATE, BrokerAwayError, open_broker
from crawler.schedule.splitting import Batch, backfill, crawls, imports, reextractions
from crawler.spider import NewsSpider
from crawler.store.connection import open_database
from crawler.store.jobs import add_jobs, batches, mark_sent
from crawler.store.schema import prepare_before


class Command(NabaCommand):
    """Queues bulk work."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "crawl|backfill|reextract SITE... | archive FILE... | status  [-a since=2018-01] [-a until=...]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Queue bulk work as jobs: a backfill by months, an import by files, a re-extraction by sites"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument(
            "what", choices=["crawl", "backfill", "archive", "reextract", "status"], help="kind of work"
        )
        parser.add_argument("names", nargs="*", metavar="SITE|FILE", help="sites, or WARC files, folders, patterns")
        parser.add_argument("-a", dest="arguments", action="append", default=[], metavar="NAME=VALUE",
                            help="as for scrapy crawl: since, until, limit, refresh")  # fmt: skip

    def execute(self, opts: argparse.Namespace) -> int:
        """Split, keep and send."""
        assert self.settings is not None
        if opts.what == "status":
            with open_database(self.settings) as connection:
                return _status(connection.database())
        arguments = _pairs(opts.arguments)
        given = [word for pair in opts.set if pair.split("=", 1)[0] not in PRIVATE for word in ("-s", pair)]
        if not opts.names:
            raise UserError(f"say what: scrapy enqueue {opts.what} {'FILE' if opts.what == 'archive' else 'SITE'}...")
        batch = self._split(opts.what, opts.names, arguments, given)
        with open_database(self.settings) as connection:
            prepare_before(connection)
            database = connection.database()
            broker = open_broker(self.settings, connection)
            if broker is not None:
                broker.check()
            ids = add_jobs(database, batch.jobs)
            if broker is None:
                print(f"{len(ids)} jobs wait for `scrapy schedule`, or `scrapy schedule --once`", file=sys.stderr)
            else:
                try:
                    broker.send(ids)
                except BrokerAwayError as error:
                    raise UserError(f"{error}: the jobs are kept, `scrapy schedule` sends them") from None
                mark_sent(database, ids)
                print(f"{len(ids)} jobs sent to the workers", file=sys.stderr)
        print(batch.id)
        return 0

    def _split(self, what: str, names: Sequence[str], arguments: Mapping[str, str], given: Sequence[str]) -> Batch:
        if what == "archive":
            files = dict.fromkeys(path.resolve() for name in names for path in find_files(name))
            return imports([Path(file) for file in files], arguments, given)
        known = spiders(self.settings)
        for name in names:
            if name not in known:
                raise UserError(unknown_site(name, list(known)))
        chosen = {name: known[name] for name in dict.fromkeys(names)}
        if what == "reextract":
            return reextractions(list(chosen), arguments, given)
        for spider in chosen.values():
            spider.parse_arguments(**arguments)
        return (
            backfill(_zones(chosen), arguments, given) if what == "backfill" else crawls(list(chosen), arguments, given)
        )


def _zones(chosen: Mapping[str, type[NewsSpider]]) -> dict[str, ZoneInfo]:
    return {name: ZoneInfo(spider.timezone) for name, spider in chosen.items()}


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    for text in texts:
        if "=" not in text:
            raise UsageError(f"-a {text}: write -a NAME=VALUE", print_help=False)
    return dict(text.split("=", 1) for text in texts)


def _status(database: Database[dict[str, Any]]) -> int:
    """One line a batch, the newest first, then what failed."""
    columns = ("batch", "queued", "running", "done", "failed")
    rows = batches(database)
    print_table(columns, ([row["_id"], *(row[state] for state in columns[1:])] for row in rows), numbers=columns[1:])
    for row in rows:
        for job in row["failures"]:
            print(f"failed: {job['_id']}: {job.get('reason')} (log: {job.get('log_file')})")
        if (more := row["failed"] - len(row["failures"])) > 0:
            print(f"and {more:,} more of {row['_id']} failed before these")
    return 0
