"""`scrapy import`: articles of a JSON Lines file into the collection."""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pymongo.errors import PyMongoError

from crawler.cli import NabaCommand
from crawler.errors import UserError
from crawler.progress import progress_bar
from crawler.slices.compression import Decompressed, DecompressionError, open_lines
from crawler.slices.restore import Restorer
from crawler.slices.rows import Line, read_lines
from crawler.store.connection import Connection, brief, open_database
from crawler.store.schema import prepare

if TYPE_CHECKING:
    from crawler.store.stories import Mode

_BATCH = 200  # lines
_TOLD = 20
"""Bad lines that are told one by one; all are counted."""


class Command(NabaCommand):
    """Reads back what `scrapy export FILE.jsonl` wrote."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "FILE.jsonl[.gz|.zst]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Import articles from JSON Lines; what is stored and newer stays"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the file."""
        super().add_options(parser)
        parser.add_argument(
            "file", metavar="FILE", help="JSON Lines, as `scrapy export` or `scrapy extract` write them"
        )

    def execute(self, opts: argparse.Namespace) -> int:
        """Import, and tell what became of the lines; status 1 when some are bad."""
        assert self.settings is not None
        path = Path(opts.file)
        if not path.name.lower().endswith((".jsonl", ".ndjson", ".json", ".gz", ".zst")) or ".csv" in path.suffixes:
            raise UserError(f"{path} is no JSON Lines by its name: export to .jsonl, .jsonl.gz or .jsonl.zst")
        with open_lines(path) as lines, open_database(self.settings) as connection:
            work = _Import(lines, path, self.settings["DEDUPLICATE"], self.settings.getfloat("STORE_PATIENCE"))
            return asyncio.run(work.run(connection))


class _Import:
    """One import."""

    def __init__(self, lines: Decompressed, path: Path, deduplicate: "Mode", patience: float) -> None:
        self._lines, self._path, self._deduplicate, self._patience = lines, path, deduplicate, patience
        self._fates: Counter[str] = Counter()
        self._last = 0
        self._broken = ""

    async def run(self, connection: Connection) -> int:
        """Import all lines."""
        database = connection.async_database()
        restorer = Restorer(
            database, deduplicate=self._deduplicate, is_stopped=connection.is_stopped, patience=self._patience
        )
        try:
            await prepare(database)
            with progress_bar(self._path.name, self._path.stat().st_size) as advance:
                done = 0
                for batch in self._batches():
                    await restorer.write([line for line in batch if line.fate is None])
                    self._count(batch)
                    advance(self._lines.position - done)
                    done = self._lines.position
            await restorer.finish()
        except PyMongoError as error:
            raise UserError(
                f"MongoDB does not answer ({brief(error)}) after line {self._last} of {self._path}: "
                "run the import again, it goes on from there"
            ) from None
        finally:
            await database.client.close()
        return self._tell(restorer)

    def _batches(self) -> Iterator[list[Line]]:
        lines = read_lines(self._lines)
        while True:
            batch: list[Line] = []
            try:
                for line in islice(lines, _BATCH):
                    batch.append(line)  # noqa: PERF402 - what came before an error is kept
            except DecompressionError as error:
                self._broken = str(error)
            if batch:
                yield batch
            if len(batch) < _BATCH:
                return

    def _count(self, batch: list[Line]) -> None:
        for line in batch:
            self._fates[line.fate or "failed"] += 1
            self._last = line.number
            if line.fate == "failed" and self._fates["failed"] <= _TOLD:
                print(f"line {line.number}: {line.reason}", file=sys.stderr)

    def _tell(self, restorer: Restorer) -> int:
        bad = self._fates["failed"]
        if bad > _TOLD:
            print(f"and {bad - _TOLD} more lines", file=sys.stderr)
        if restorer.unmerged:
            told = f"{restorer.unmerged} with earlier versions of which the collection has its own: those stay"
            print(f"note: {told}", file=sys.stderr)
        if not self._fates:
            raise UserError(
                f"{self._path} cannot be read: {self._broken}" if self._broken else f"{self._path} has no lines"
            )
        kinds = ("new", "updated", "unchanged", "duplicate")
        counts = ", ".join(f"{self._fates[kind]:,} {kind}" for kind in kinds if self._fates[kind] or kind == "new")
        print(f"{counts}, {bad:,} bad line{'' if bad == 1 else 's'}", file=sys.stderr)
        if self._broken:
            raise UserError(f"{self._path} is broken after line {self._last}: {self._broken}; the lines before are in")
        return 1 if bad else 0
