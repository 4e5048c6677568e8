"""`scrapy worker`: runs what the scheduler, anywhere, puts on the broker."""

import argparse
import os

from crawler.cli import NabaCommand
from crawler.errors import UserError
from crawler.schedule.broker import open_broker
from crawler.schedule.children import Children
from crawler.schedule.worker import Worker
from crawler.store.connection import open_database
from crawler.store.schema import prepare_before
from crawler.watch.vigil import watching


class Command(NabaCommand):
    """Runs jobs from the broker."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[--processes N]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Run the crawls that `scrapy schedule` puts on BROKER_URL, on as many machines as there are workers"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--processes", type=int, metavar="N", help="crawls at once (default: two a core)")

    def execute(self, opts: argparse.Namespace) -> int:
        """Work until SIGTERM or Ctrl-C."""
        assert self.settings is not None
        processes = 2 * (os.cpu_count() or 1) if opts.processes is None else opts.processes
        if processes < 1:
            raise UserError("--processes is a number from 1 up")
        if not self.settings["BROKER_URL"]:
            raise UserError("set BROKER_URL to redis://host:6379/0 or amqp://host:5672/: jobs come from there")
        with open_database(self.settings) as connection:
            broker = open_broker(self.settings, connection)
            assert broker is not None
            broker.check()
            prepare_before(connection)
            worker = Worker(
                connection.database(),
                broker,
                Children(self.settings),
                processes=processes,
                stop_seconds=self.settings.getfloat("SCHEDULE_STOP_SECONDS"),
            )
            worker.listen()
            with watching(self.settings, connection):
                worker.run()
        return 0
