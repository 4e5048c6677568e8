"""`scrapy export`: a slice of the collection as one file, or one folder of partitions, and its data card."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bson
from pymongo.database import Database

from crawler.errors import UserError
from crawler.slices.card import card_json, card_markdown, make_card
from crawler.slices.compression import compressed
from crawler.slices.lines import AWARE, EXCEPT_COMPUTED, full_line, plain_line, read_histories
from crawler.slices.parquet import NO_MONTH, NO_SITE, ParquetFile, PartitionedParquet
from crawler.slices.request import Request
from crawler.slices.sheet import CELL, SheetRows
from crawler.slices.tally import NEEDED, Tally
from crawler.slices.target import HashingFile, Written, atomic
from crawler.store.batches import ahead, raw_batches
from crawler.store.fields import COLUMNS, Column, choose_columns, projection
from crawler.store.filters import Filters
from crawler.store.tables import arrow_schema, to_batch

if TYPE_CHECKING:
    import pyarrow as pa

Document = dict[str, Any]

_AHEAD = 3
"""Batches that are read while a row group is compressed; more were no quicker, and take their memory."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of it."""

    articles: int
    size: int
    """Bytes, without the card."""
    notes: Sequence[str]
    """What a reader of the file should know."""


def _nothing(articles: int) -> None:
    """Progress that nobody looks at."""


def export(
    database: Database[Document], filters: Filters, request: Request, *, progress: Callable[[int], None] = _nothing
) -> Exported:
    """Write the articles that match, in bounded memory.

    Nothing stands under the final name until all is on the disk. Each article is whole, and as it was at some instant
    of the export.

    Args:
        database: the collection's database.
        filters: which articles.
        request: what and where.
        progress: called with the number of articles in each batch that is written.

    Raises:
        UserError: for what cannot be, an empty result, or a disk that is full or refuses.
    """
    request.check()
    work = _Export(database, filters, request, progress)
    started = datetime.now(UTC)
    with atomic(request.path, force=request.force) as partial:
        written = work.parquet(partial) if request.format == ".parquet" else work.text(partial)
        if not work.tally.rows:
            raise UserError(f"no article matches: {request.path} is not written")
        for path in request.cards:  # of what is replaced
            path.unlink(missing_ok=True)
    card = make_card(
        request.path.name,
        work.tally,
        written,
        question=request.question or {},
        started_at=started,
        ended_at=datetime.now(UTC),
        notes=work.notes,
    )
    for path, text in zip(request.cards, (card_json(card), card_markdown(card)), strict=True):
        with atomic(path, force=True) as partial:
            partial.write_text(text, "utf-8")
    return Exported(work.tally.rows, sum(one.size for one in written), work.notes)


class _Export:
    """One export: reads, writes under a passing name, counts."""

    def __init__(
        self, database: Database[Document], filters: Filters, request: Request, progress: Callable[[int], None]
    ) -> None:
        self._database, self._filters, self._request, self._progress = database, filters, request, progress
        self.tally = Tally(choose_columns(request.fields))
        self.notes: list[str] = []
        columns = {column.name: column for column in self.tally.columns}
        # And those that the tally counts by.
        self._read: list[Column] = list((columns | {name: COLUMNS[name] for name in NEEDED}).values())

    def parquet(self, partial: Path) -> list[Written]:
        """Write one file, or a folder of partitions."""
        partition = self._request.partition
        names = [column.name for column in self.tally.columns if column.name not in partition]
        schema = arrow_schema([COLUMNS[name] for name in names])
        file = PartitionedParquet(partial, schema, partition) if partition else ParquetFile(partial, schema)
        try:
            for batch in ahead(self._batches(), _AHEAD):
                if isinstance(file, PartitionedParquet):
                    file.write(batch.select(names), _partitions(batch, partition))
                else:
                    file.write(batch.select(names))
                self._progress(batch.num_rows)
            return file.finish()
        finally:
            file.abandon()

    def _batches(self) -> Iterator["pa.RecordBatch"]:
        # Sorted so, a partition's articles come one after the other.
        keys = self._request.partition
        sort = [*([("site", 1)] if "site" in keys else []), ("published_at", -1)] if keys else None
        schema = arrow_schema(self._read)
        for raw in raw_batches(self._database, self._filters, projection(self._read), sort=sort):
            batch = to_batch(raw, self._read, schema)
            # Here, in the thread that reads: the other's time is that of compression, which needs no interpreter lock.
            self.tally.add_batch(batch)
            yield batch

    def text(self, partial: Path) -> list[Written]:
        """Write one file of JSON Lines or CSV."""
        sheet = SheetRows(self.tally.columns) if self._request.format.startswith(".csv") else None
        with HashingFile(partial) as file, compressed(file, self._request.format) as stream:
            for piece, articles in ahead(self._pieces(sheet)):
                stream.write(piece)
                self._progress(articles)
        if sheet is not None and sheet.long_cells:
            many = f"{sheet.long_cells} articles have a text" if sheet.long_cells > 1 else "1 article has a text"
            self.notes.append(f"{many} longer than a cell of Excel holds ({CELL:,} characters); the file has all of it")
        return [Written("", self.tally.rows, file.size, file.sha256)]

    def _pieces(self, sheet: SheetRows | None) -> Iterator[tuple[bytes, int]]:
        if sheet is not None:
            yield sheet.header().encode(), 0
        fields = EXCEPT_COMPUTED if self._request.is_lossless else projection(self._read)
        for raw in raw_batches(self._database, self._filters, fields):
            documents = bson.decode_all(raw, AWARE)
            self.tally.add_documents(documents)
            text = self._lines(documents) if sheet is None else sheet.rows(documents)
            yield text.encode(errors="replace"), len(documents)

    def _lines(self, documents: Sequence[Document]) -> str:
        if not self._request.is_lossless:
            return "".join(plain_line(one, self.tally.columns) + "\n" for one in documents)
        histories = read_histories(self._database, documents)
        return "".join(full_line(one, histories[bytes(one["_id"])]) + "\n" for one in documents)


def _partitions(batch: "pa.RecordBatch", keys: Sequence[str]) -> list[tuple[str, ...]]:
    """Each row's site and month of publication in its zone, as asked for."""
    values: dict[str, list[str]] = {}
    if "month" in keys:
        values["month"] = [f"{day:%Y-%m}" if day else NO_MONTH for day in batch.column("published_on").to_pylist()]
    if "site" in keys:
        values["site"] = [site or NO_SITE for site in batch.column("site").to_pylist()]
    return list(zip(*(values[key] for key in keys), strict=True))
