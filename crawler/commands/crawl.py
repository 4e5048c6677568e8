"""`scrapy crawl SITE`: Scrapy's own command, with mistakes told in a line and a summary of what was stored."""

import argparse
import asyncio
import logging
import signal
import sys

from scrapy import Spider
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from crawler.archive.checks import check_archive, check_replay, is_replay
from crawler.catalogue import spiders, unknown_site
from crawler.cli import check_settings, report, tell_mistakes_in_a_line
from crawler.errors import UserError
from crawler.frontier import check_times
from crawler.importing.spider import ArchiveSpider
from crawler.store.connection import open_database
from crawler.store.crawls import end_interrupted
from crawler.store.schema import prepare_before
from crawler.store.session import COUNTS, StoreSession, counts
from crawler.watch.channels import channels
from crawler.watch.rounds import after_run

# Lists of enabled components: for who debugs the settings (-L DEBUG), not for who reads along.
_NOISY = ("scrapy.middleware", "scrapy.crawler", "scrapy.addons", "scrapy.utils.log", "scrapy.extensions.throttle")
_INTERRUPTED = 130
_AS_ASKED = {"finished", "pages_limit"}


class Command(ScrapyCrawl):
    """Crawls one site."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "SITE [-a since=2018-01-31] [-a until=...] [-a limit=100] [-s REPLAY=pages.warc.gz]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Crawl a newspaper (see `scrapy sites`) into the collection"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's options."""
        super().add_options(parser)
        tell_mistakes_in_a_line(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the global options, and keep quiet about what only debugging asks for."""
        super().process_options(args, opts)
        assert self.settings is not None
        check_settings(self.settings, opts.set)
        if self.settings["LOG_LEVEL"] != "DEBUG":
            for logger in _NOISY:
                # A filter: Scrapy sets the levels anew when the crawl begins.
                logging.getLogger(logger).addFilter(lambda record: record.levelno >= logging.WARNING)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl; the exit status is 0 when the crawl ended by itself and something could be fetched."""
        if len(args) != 1 or args[0].startswith("-"):
            unknown = next((arg for arg in args if arg.startswith("-")), None)
            raise UsageError(f"unknown option {unknown}" if unknown else "name one site, e.g. scrapy crawl elmassa")
        # Until the crawl runs and Scrapy takes both signals: what was opened is to be closed.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            self.exitcode = self._crawl(args[0], opts.spargs)
        except UserError as error:
            report(error)
            self.exitcode = 1
        except KeyboardInterrupt:
            self.exitcode = _interrupted(args[0])

    def _crawl(self, name: str, arguments: dict[str, str]) -> int:
        assert self.settings is not None
        assert self.crawler_process is not None
        spider = self._spider(name, arguments)
        channels(self.settings)
        # Held for the whole crawl, so that its components meet a server that runs.
        with open_database(self.settings) as connection:
            prepare_before(connection)
            crawler = self.crawler_process.create_crawler(spider)
            self.crawler_process.crawl(crawler, **arguments)
            self.crawler_process.start()
            stats = crawler.stats.get_stats()
            ended, failed = "finish_reason" in stats, self.crawler_process.bootstrap_failed
            session = crawler.get_extension(StoreSession)
            if not ended and not failed:  # the reactor was stopped while the crawl was opened
                _cancel_tasks()
                if session:
                    end_interrupted(connection.database(), session.crawl_id)
                return _interrupted(name)
            if session:
                after_run(connection.database(), self.settings, session.crawl_id)
        print(summary(name, stats), file=sys.stderr)
        return exit_status(stats) if ended and not failed else 1

    def _spider(self, name: str, arguments: dict[str, str]) -> type[Spider]:
        """The spider of this name, when nothing that was asked of it is a mistake.

        Raises:
            UserError: when something is.
        """
        assert self.settings is not None
        replay = is_replay(self.settings)
        if name == ArchiveSpider.name:
            if replay:
                raise UserError("REPLAY has no meaning for `crawl archive`: it reads files and asks for nothing")
            ArchiveSpider.parse_arguments(self.settings, arguments)
            return ArchiveSpider
        known = spiders(self.settings)
        if name not in known:
            raise UserError(unknown_site(name, list(known)))
        known[name].parse_arguments(**arguments)
        check_times(self.settings)
        if replay:
            check_replay(self.settings)
        else:
            check_archive(self.settings)
        return known[name]


def _interrupted(name: str) -> int:
    """Say that the crawl asked for nothing yet; answers the exit status."""
    print(f"{name}: interrupted before it began", file=sys.stderr)
    return _INTERRUPTED


def _cancel_tasks() -> None:
    """End what the stopped reactor left waiting, as `asyncio.run` does: asyncio complains of each at exit otherwise."""
    loop = asyncio.get_event_loop()
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))


def summary(name: str, stats: dict[str, object]) -> str:
    """What became of the crawl, in one line: `sample: 34 new, 0 updated, ... 1 failed (1 http_404)`."""
    found = counts(stats)
    parts = []
    for kind in COUNTS:
        reasons = found.get(f"{kind}_by_reason") or {}
        why = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
        parts.append(f"{found[kind]} {kind}" + (f" ({why})" if why else ""))
    line = f"{name}: {', '.join(parts)}"
    skipped = found.get("skipped_by_reason") or {}
    if skipped:
        line += "; skipped: " + ", ".join(f"{count} {reason}" for reason, count in sorted(skipped.items()))
    told = [f"{found[kind]} {kind}" for kind in ("known", "gone") if found.get(kind)]
    line += "".join(f"; {one}" for one in told)
    reason = stats.get("finish_reason")
    return line if reason == "finished" else f"{line}; ended early: {reason or 'at once'}"


def exit_status(stats: dict[str, object]) -> int:
    """0 for a crawl that ended by itself, could fetch and stored what it read; 130 after Ctrl-C; else 1."""
    if stats["finish_reason"] == "shutdown":
        return _INTERRUPTED
    if stats["finish_reason"] not in _AS_ASKED:
        return 1
    found = counts(dict(stats))
    if found.get("failed_by_reason", {}).get("not_stored"):
        return 1
    answered = any(found.get(kind) for kind in ("fetched", "known", "gone"))
    return 1 if found["failed"] and not answered else 0
