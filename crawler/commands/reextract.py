"""`scrapy reextract`: the archived pages of stored articles, read again by today's extraction."""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from time import monotonic
from typing import Any

from pymongo.errors import PyMongoError

from crawler.archive.folder import archive_folder
from crawler.catalogue import sites_of
from crawler.display import one_line, print_table, readable
from crawler.errors import UserError
from crawler.extraction.pool import ExtractionPool, cores
from crawler.extraction.version import VERSION
from crawler.filtering import FilteringCommand, add_filters, read_filters
from crawler.progress import progress_bar
from crawler.reextraction.run import Reextraction, RunRecord
from crawler.reextraction.tally import Tally, before_and_after
from crawler.store.connection import Connection, brief, open_database
from crawler.store.crawls import beginning
from crawler.store.patience import Patience
from crawler.store.reextracted import Renewal
from crawler.store.schema import prepare

_NAMED = 10
"""Articles that could not be read that are named; `scrapy crawls ID` has more."""


class Command(FilteringCommand):
    """Reads archived pages again."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[WORDS] [--site NAME] [--since 2018-01] [--dry-run] [--force] [--format jsonl]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Read the archived pages of stored articles again by today's rules; --dry-run shows what would change"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        add_filters(parser)
        parser.add_argument("--dry-run", action="store_true", help="write nothing; show which fields would change")
        parser.add_argument("--force", action="store_true", help="also what today's version has read")
        parser.add_argument(
            "--format", choices=["table", "jsonl"], default="table", help="jsonl: a line an article that changes"
        )

    def execute(self, opts: argparse.Namespace) -> int:
        """Read what is due; status 1 when an article could not be written."""
        assert self.settings is not None
        if opts.unique:
            raise UserError("--unique has no meaning here: every copy has a page of its own")
        query = read_filters(opts, self.settings).query()
        with open_database(self.settings) as connection:
            try:
                return asyncio.run(self._reextract(connection, query, opts))
            except PyMongoError as error:
                raise UserError(f"MongoDB: {brief(error)}; what was written stays, run it again to go on") from None

    async def _reextract(self, connection: Connection, query: dict[str, Any], opts: argparse.Namespace) -> int:
        assert self.settings is not None
        settings = self.settings
        database = connection.async_database()
        workers = cores(settings)
        pool = ExtractionPool(
            workers,
            settings.getfloat("EXTRACTION_TIMEOUT"),
            max(1, settings.getint("EXTRACTION_PAGES_PER_WORKER") // 16),
        )
        try:
            if not opts.dry_run:
                await prepare(database)
            work = Reextraction(
                database,
                sites_of(settings),
                archive_folder(settings),
                pool,
                workers=workers,
                patience=Patience(settings.getfloat("STORE_PATIENCE"), connection.is_stopped),
                deduplicate=settings["DEDUPLICATE"],
                dry_run=opts.dry_run,
            )
            total, without_page = await work.count(query, again=opts.force)
            begin = monotonic()
            try:
                if total:
                    await self._run(work, query, total, opts)
            finally:
                self._tell(work.tally, total, without_page, monotonic() - begin, opts)
            return 1 if work.tally.failed["not_stored"] else 0
        finally:
            pool.kill()
            await database.client.close()

    async def _run(self, work: Reextraction, query: dict[str, Any], total: int, opts: argparse.Namespace) -> None:
        assert self.settings is not None
        record = None
        if not opts.dry_run:
            given = {"question": json.dumps(query, default=str, ensure_ascii=False), "force": str(opts.force)}
            told = beginning("reextract", given, self.settings, VERSION)
            record = RunRecord(work.database, told, work.tally, work.patience)
            await record.begin()
        reason = "shutdown"
        try:
            with progress_bar("reading again", total, "articles") as advance:

                def done(settled: Sequence[tuple[Renewal, str | None]]) -> None:
                    advance(len(settled))
                    if opts.format == "jsonl":
                        _print_lines(settled)

                await work.run(query, again=opts.force, done=done)
            reason = "finished"
        except BaseExceptionGroup as group:  # what the tasks of a run raise comes in one
            error = _first(group)
            reason = "store_failed" if isinstance(error, PyMongoError) else "failed"
            raise error from None
        finally:
            if record is not None:
                await record.end(reason)

    def _tell(self, tally: Tally, total: int, without_page: int, seconds: float, opts: argparse.Namespace) -> None:
        """The table of changed fields on standard output; the rest on standard error."""
        if opts.format == "table" and tally.fields:
            rows = [(name, count, *_cells(tally, name)) for name, count in tally.fields.most_common()]
            columns = ["field", "articles", "before, for example", "after", "address"]
            print_table(columns, rows, arabic=columns[2:4], numbers=["articles"])
            sys.stdout.flush()
        for note in tally.notes[:_NAMED]:
            detail = f" ({one_line(note['detail'], 100)})" if note["detail"] else ""
            print(f"{note['reason'].partition('/')[2]}: {readable(note['address'], 120)}{detail}", file=sys.stderr)
        if (more := tally.failed.total() - _NAMED) > 0:
            where = "" if opts.dry_run else ": scrapy crawls reextract --last names them"
            print(f"and {more} more{where}", file=sys.stderr)
        print(summary(tally, total, without_page, seconds, dry_run=opts.dry_run), file=sys.stderr)


def _first(group: BaseException) -> BaseException:
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group


def _cells(tally: Tally, name: str) -> tuple[str, str, str]:
    address, before, after = tally.examples[name]
    return before, after, readable(address, 50)


def summary(tally: Tally, total: int, without_page: int, seconds: float, *, dry_run: bool) -> str:
    """What became of a run, in one line."""
    if not total:
        line = "nothing to do: every article with an archived page was read by today's extraction"
    else:
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(tally.failed.items()))
        line = (
            f"reextract: {tally.read} read, {tally.updated} {'would be ' * dry_run}updated, {tally.unchanged} unchanged"
            f", {tally.failed.total()} failed" + (f" ({reasons})" if reasons else "")
        )
        if tally.renewed:
            line += f", {tally.renewed} renewed by others meanwhile"
        line += f"; {tally.read / max(seconds, 0.001):.0f} articles a second"
    if without_page:
        line += f"; {without_page} of an earlier version have no archived page"
    return line


def _print_lines(settled: Sequence[tuple[Renewal, str | None]]) -> None:
    """A line for each article that changed, or that could not be read."""
    for one, outcome in settled:
        told: dict[str, Any] = {"url": one.stored["url"]}
        if outcome is not None or one.reason is not None:
            told |= {"outcome": outcome or one.reason, "detail": one.detail}
        elif one.before:
            values = {name: before_and_after(name, one) for name in one.before}
            fields = {name: {"before": before, "after": after} for name, (before, after) in values.items()}
            told |= {"outcome": "updated", "fields": fields}
        else:
            continue
        print(json.dumps(told, ensure_ascii=False, default=str))
