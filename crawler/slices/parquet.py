"""Parquet: one file, or a folder of partitions by site and month (Hive's layout, which every reader knows)."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from crawler.slices.target import HashingFile, Written
from crawler.store.tables import need_arrow

if TYPE_CHECKING:
    import pyarrow as pa

NO_MONTH, NO_SITE = "undated", "none"
"""Partitions of articles without the value. Hive's own name for null breaks `pandas.read_parquet` (PyArrow 26)."""
_ROWS, _BYTES = 10_000, 8 * 1024 * 1024  # of a row group, whichever comes first; larger ones are no quicker to write
_UNIQUE = frozenset({"id", "url", "canonical_url", "title", "summary", "body"})
_OPEN = 8  # partitions written at once


def _is_text(kind: "pa.DataType") -> bool:
    types = need_arrow().types
    return bool(types.is_string(kind) or types.is_list(kind))


class ParquetFile:
    """Writes batches as row groups of bounded size, compressed with zstd."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        import pyarrow.parquet

        self._file = HashingFile(path)
        # Dictionaries are tried for every column unless told; on texts that never repeat that only costs.
        repeating = [field.name for field in schema if field.name not in _UNIQUE]
        # Least and greatest values let a reader leave out row groups by date or site; of texts they help nobody.
        telling = [field.name for field in schema if field.name == "site" or not _is_text(field.type)]
        self._schema = schema
        self._writer = pyarrow.parquet.ParquetWriter(
            self._file,
            schema,
            compression="zstd",
            compression_level=1,
            use_dictionary=repeating,
            write_statistics=telling,
        )
        self._waiting: list[pa.RecordBatch] = []
        self._waiting_rows = self._waiting_bytes = 0
        self.rows = 0

    def write(self, batch: "pa.RecordBatch") -> None:
        """Take a batch; a row group is written when enough has come together."""
        self._waiting.append(batch)
        self.rows += batch.num_rows
        self._waiting_rows += batch.num_rows
        self._waiting_bytes += batch.nbytes
        if self._waiting_rows >= _ROWS or self._waiting_bytes >= _BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            arrow = need_arrow()
            table = arrow.Table.from_batches(self._waiting, schema=self._schema)
            self._waiting, self._waiting_rows, self._waiting_bytes = [], 0, 0
            self._writer.write_table(table, row_group_size=_ROWS)

    def finish(self, name: str = "") -> list[Written]:
        """Write the rest and close."""
        self._flush()
        self._writer.close()
        self._file.close()
        return [Written(name, self.rows, self._file.size, self._file.sha256)]

    def abandon(self) -> None:
        """Close what will be thrown away; harmless after `finish`."""
        self._file.abandon()
        self._writer.close()


class PartitionedParquet:
    """Writes batches that carry their partitions into `site=.../month=.../part-0.parquet`.

    A few partitions are open at a time; one that comes back after it was closed gets a further file.

    Args:
        folder: a new one.
        schema: of the files: without the columns that are partitions.
        keys: names of the partitions, outermost first.
    """

    def __init__(self, folder: Path, schema: "pa.Schema", keys: Sequence[str]) -> None:
        folder.mkdir()
        self._folder, self._schema, self._keys = folder, schema, keys
        self._open: OrderedDict[tuple[str, ...], ParquetFile] = OrderedDict()
        self._numbers: dict[tuple[str, ...], int] = {}
        self.written: list[Written] = []

    def write(self, batch: "pa.RecordBatch", partitions: Sequence[tuple[str, ...]]) -> None:
        """Take a batch.

        Args:
            batch: rows without the partitions' columns.
            partitions: each row's values of the keys.
        """
        rows: dict[tuple[str, ...], list[int]] = {}
        for i, partition in enumerate(partitions):
            rows.setdefault(partition, []).append(i)
        arrow = need_arrow()
        for partition, chosen in rows.items():
            self._file(partition).write(batch.take(arrow.array(chosen)))

    def _name(self, partition: tuple[str, ...]) -> str:
        folders = "/".join(f"{key}={quote(value, safe='')}" for key, value in zip(self._keys, partition, strict=True))
        return f"{folders}/part-{self._numbers[partition]}.parquet"

    def _file(self, partition: tuple[str, ...]) -> ParquetFile:
        if partition in self._open:
            self._open.move_to_end(partition)
            return self._open[partition]
        if len(self._open) >= _OPEN:
            self._close(next(iter(self._open)))
        self._numbers[partition] = self._numbers.get(partition, -1) + 1
        path = self._folder / self._name(partition)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._open[partition] = ParquetFile(path, self._schema)
        return self._open[partition]

    def _close(self, partition: tuple[str, ...]) -> None:
        self.written += self._open.pop(partition).finish(self._name(partition))

    def finish(self) -> list[Written]:
        """Write the rest and close all."""
        for partition in list(self._open):
            self._close(partition)
        return self.written

    def abandon(self) -> None:
        """Close what will be thrown away; harmless after `finish`."""
        for file in self._open.values():
            file.abandon()
