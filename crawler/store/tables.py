"""Slices as tables: Arrow, and through it pandas and polars."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import bson
from bson.codec_options import CodecOptions
from pymongo.database import Database

from crawler.errors import UserError
from crawler.store.batches import BATCH, raw_batches
from crawler.store.bodies import cut_bodies, text_array
from crawler.store.fields import Column, Kind, choose_columns, projection
from crawler.store.filters import Filters

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Document = dict[str, Any]

# Datetimes without a zone, meant as UTC: a third cheaper to decode.
_NAIVE: "CodecOptions[Document]" = CodecOptions()


def need_arrow() -> Any:
    """PyArrow.

    Raises:
        UserError: when the extra is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise UserError("tables and Parquet need PyArrow: pip install 'naba[data]'") from None
    return pa


def arrow_schema(columns: Sequence[Column]) -> "pa.Schema":
    """The columns' Arrow types, each with its meaning as the field's metadata.

    Instants are timestamp[ms, UTC], as exact as MongoDB keeps them; their offsets stand beside them in minutes.
    """
    arrow = need_arrow()
    types: dict[Kind, Any] = {
        "text": arrow.string(),
        "texts": arrow.list_(arrow.string()),
        "instant": arrow.timestamp("ms", tz="UTC"),
        "day": arrow.date32(),
        "count": arrow.int64(),
        "offset": arrow.int16(),
        "number": arrow.float64(),
        "key": arrow.string(),
    }
    return arrow.schema(
        [
            arrow.field(
                column.name,
                types[column.kind],
                nullable=column.name not in {"id", "url", "title", "body"},
                metadata={"meaning": column.meaning},
            )
            for column in columns
        ]
    )


_MADE: frozenset[Kind] = frozenset({"day", "key", "texts"})
"""Kinds whose values are not MongoDB's own."""


class _Arrays:
    """The columns of one batch as Arrow arrays."""

    def __init__(self, raw: bytes, columns: Sequence[Column], schema: "pa.Schema") -> None:
        arrow = need_arrow()
        cut = cut_bodies(raw) if any(column.name == "body" for column in columns) else None
        rest = cut[0] if cut else raw
        self._bodies = cut[1] if cut else None
        self._documents = bson.decode_all(rest, _NAIVE)
        # Arrow takes values out of documents itself, null for what is absent: half the cost of a list a column.
        plain = [
            arrow.field(column.stored_as[0], field.type)
            for column, field in zip(columns, schema, strict=True)
            if column.kind not in _MADE and not self._is_cut(column)
        ]
        self._plain = arrow.array(self._documents, arrow.struct(plain))

    def _is_cut(self, column: Column) -> bool:
        return self._bodies is not None and column.name == "body"

    def array(self, column: Column, field: "pa.Field") -> "pa.Array":
        arrow = need_arrow()
        if self._bodies is not None and self._is_cut(column):
            return text_array(self._bodies)
        name = column.stored_as[0]
        if column.kind == "day":
            return self._days()
        if column.kind == "key":
            keys = (document.get(name) for document in self._documents)
            return arrow.array([None if key is None else key.hex() for key in keys], field.type)
        if column.kind == "texts":
            return arrow.array([document.get(name) or [] for document in self._documents], field.type)
        return self._plain.field(name)

    def _days(self) -> "pa.Array":
        """Days of publication in the site's zone."""
        import pyarrow as pa
        import pyarrow.compute as pc

        moments = pa.array([document.get("published_at") for document in self._documents], pa.timestamp("ms"))
        minutes = pa.array([document.get("published_utc_offset") or 0 for document in self._documents], pa.int64())
        shown = pc.add(moments, pc.multiply(minutes, 60_000).cast(pa.duration("ms")))
        # A day holds no time: what the cast cuts off is meant to be.
        return shown.cast(pa.date32(), safe=False)


def to_batch(raw: bytes, columns: Sequence[Column], schema: "pa.Schema") -> "pa.RecordBatch":
    """BSON documents, one after the other, as one Arrow batch."""
    arrays = _Arrays(raw, columns, schema)
    return need_arrow().RecordBatch.from_arrays(list(map(arrays.array, columns, schema)), schema=schema)


def arrow_batches(
    database: Database[Document],
    filters: Filters,
    fields: Sequence[str] | None = None,
    *,
    sort: list[tuple[str, int]] | None = None,
    size: int = BATCH,
) -> Iterator["pa.RecordBatch"]:
    """Articles that match as Arrow batches, streamed in bounded memory.

    Args:
        database: the collection's database.
        filters: which articles.
        fields: names in `COLUMNS`; None for all.
        sort: as `raw_batches`.
        size: rows a batch, at most.

    Raises:
        UserError: for an unknown field, or when PyArrow is not installed.
    """
    columns = choose_columns(fields)
    schema = arrow_schema(columns)
    for raw in raw_batches(database, filters, projection(columns), sort=sort, size=size):
        yield to_batch(raw, columns, schema)


def to_arrow(database: Database[Document], filters: Filters, fields: Sequence[str] | None = None) -> "pa.Table":
    """Articles that match as one Arrow table, in memory; as `arrow_batches`."""
    arrow = need_arrow()
    schema = arrow_schema(choose_columns(fields))
    table: pa.Table = arrow.Table.from_batches(arrow_batches(database, filters, fields), schema=schema)
    return table


def to_pandas(database: Database[Document], filters: Filters, fields: Sequence[str] | None = None) -> "pd.DataFrame":
    """The same as a pandas DataFrame; lists are arrays of objects.

    Raises:
        UserError: as `arrow_batches`, or when pandas is not installed.
    """
    try:
        import pandas  # noqa: F401, ICN001 - PyArrow needs it
    except ImportError:
        raise UserError("a DataFrame needs pandas: pip install pandas") from None
    frame: pd.DataFrame = to_arrow(database, filters, fields).to_pandas()
    return frame


def to_polars(database: Database[Document], filters: Filters, fields: Sequence[str] | None = None) -> "pl.DataFrame":
    """The same as a polars DataFrame.

    Raises:
        UserError: as `arrow_batches`, or when polars is not installed.
    """
    try:
        import polars as pl
    except ImportError:
        raise UserError("a polars DataFrame needs polars: pip install polars") from None
    frame = pl.from_arrow(to_arrow(database, filters, fields))
    assert isinstance(frame, pl.DataFrame)
    return frame
