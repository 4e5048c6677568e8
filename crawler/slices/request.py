"""What somebody asks to be exported: where to, as what, with which fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.errors import UserError
from crawler.slices.compression import need_zstandard
from crawler.store.fields import choose_columns
from crawler.store.tables import need_arrow

FORMATS = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".csv", ".csv.gz", ".csv.zst", ".parquet")
PARTITIONS = ("site", "month")
_ALIASES = {".ndjson": ".jsonl", ".zst": ".jsonl.zst"}


def format_of(path: Path) -> str:
    """The end of a file's name, one of `FORMATS`.

    Raises:
        UserError: for a name without any of them.
    """
    name = path.name.lower()
    for suffix in sorted(FORMATS, key=len, reverse=True):
        if name.endswith(suffix) and name != suffix:
            return suffix
    for alias, suffix in _ALIASES.items():
        if name.endswith(alias) and name.count(".") == 1:
            return suffix
    raise UserError(f"{path.name!r} does not say which format: end it with one of {', '.join(FORMATS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to export where."""

    path: Path
    fields: Sequence[str] | None = None
    """Names in `COLUMNS`; None: all, and for JSON Lines what `scrapy import` reads back."""
    partition: Sequence[str] = ()
    """Some of `PARTITIONS`, for Parquet."""
    force: bool = False
    """Replace what is there."""
    question: dict[str, Any] | None = None
    """The filters as typed, for the card."""

    @property
    def format(self) -> str:
        """One of `FORMATS`; raises as `format_of`."""
        return format_of(self.path)

    @property
    def is_lossless(self) -> bool:
        """Whether it imports back."""
        return self.fields is None and self.format.startswith(".jsonl")

    @property
    def cards(self) -> tuple[Path, Path]:
        """The data card for programs, and for people."""
        name = self.path.name
        return self.path.with_name(f"{name}.card.json"), self.path.with_name(f"{name}.card.md")

    def check(self) -> None:
        """Refuse what cannot be, before anything is read.

        Raises:
            UserError: for an unknown format, field or partition, a partition of what is not Parquet, a missing library
                or folder.
        """
        suffix = self.format
        columns = choose_columns(self.fields)
        for name in self.partition:
            if name not in PARTITIONS:
                raise UserError(f"there is no partition by {name!r}: take site, month, or site,month")
        if self.partition and suffix != ".parquet":
            raise UserError(f"only Parquet is partitioned: end {self.path.name!r} with .parquet")
        if not [column for column in columns if column.name not in self.partition]:
            raise UserError("every field named is a partition: name one more")
        if suffix == ".parquet":
            need_arrow()
        if suffix.endswith(".zst"):
            need_zstandard()
        if not self.path.parent.is_dir():
            raise UserError(f"there is no folder {self.path.parent}: make it first")
