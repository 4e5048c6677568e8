"""What an export counts while it writes, for its data card."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from crawler.store.fields import Column, day_of

if TYPE_CHECKING:
    import pyarrow as pa

Document = dict[str, Any]

NEEDED = ("site", "published_on", "extractor")
"""Columns that are counted by, whatever is exported."""
_UNKNOWN = "?"


@dataclass(slots=True)
class Tally:
    """Counts; their size does not grow with the articles."""

    columns: Sequence[Column]
    rows: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    """Articles that have each column; an empty list is not one."""
    by_site_and_year: Counter[tuple[str, str]] = field(default_factory=Counter)
    extractors: Counter[str] = field(default_factory=Counter)
    earliest: date | None = None
    latest: date | None = None

    def add_documents(self, documents: Sequence[Document]) -> None:
        """Count stored documents, which hold what `NEEDED` is made of beside the columns."""
        self.rows += len(documents)
        for column in self.columns:
            name = column.stored_as[0]
            self.filled[column.name] += sum(document.get(name) not in (None, []) for document in documents)
        for document in documents:
            day = day_of(document)
            self._place(document.get("site"), day.year if day else None, 1)
            self._span(day, day)
        self.extractors.update(document.get("extractor") or _UNKNOWN for document in documents)

    def add_batch(self, batch: "pa.RecordBatch") -> None:
        """Count an Arrow batch that has `NEEDED` beside the columns."""
        import pyarrow as pa
        import pyarrow.compute as pc

        self.rows += batch.num_rows
        for column in self.columns:
            values = batch.column(column.name)
            if column.kind == "texts":
                self.filled[column.name] += pc.sum(pc.greater(pc.list_value_length(values), 0)).as_py() or 0
            else:
                self.filled[column.name] += batch.num_rows - values.null_count
        days = batch.column("published_on")
        span = pc.min_max(days).as_py()
        self._span(span["min"], span["max"])
        places = pa.table({"site": batch.column("site"), "year": pc.year(days)}).group_by(
            ["site", "year"], use_threads=False
        )
        for row in places.aggregate([([], "count_all")]).to_pylist():
            self._place(row["site"], row["year"], row["count_all"])
        for row in batch.column("extractor").value_counts().to_pylist():
            self.extractors[row["values"] or _UNKNOWN] += row["counts"]

    def _place(self, site: str | None, year: int | None, articles: int) -> None:
        self.by_site_and_year[site or _UNKNOWN, f"{year:04}" if year else _UNKNOWN] += articles

    def _span(self, first: date | None, last: date | None) -> None:
        if first and last:
            self.earliest = min(self.earliest or first, first)
            self.latest = max(self.latest or last, last)

    def counts(self) -> dict[str, dict[str, int]]:
        """Articles of each site by year; `?` for those without a date."""
        years = sorted({year for _, year in self.by_site_and_year})
        sites = sorted({site for site, _ in self.by_site_and_year})
        return {site: {year: count for year in years if (count := self.by_site_and_year[site, year])} for site in sites}
