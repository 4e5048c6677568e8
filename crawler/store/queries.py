"""Questions to the collection: filters that people type, as one MongoDB query."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from crawler.arabic.letters import words

Document = dict[str, Any]
Sort = Literal["newest", "oldest", "reads"]

SORTS: dict[Sort, list[tuple[str, int]]] = {
    "newest": [("published_at", DESCENDING), ("_id", ASCENDING)],
    "oldest": [("published_at", ASCENDING), ("_id", ASCENDING)],
    "reads": [("read_count", DESCENDING), ("_id", ASCENDING)],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles; all that are given must hold."""

    text: str = ""
    """Words that all occur in the headline, kicker, summary or body; spelling variants and harakat make no
    difference."""
    site: str | None = None
    country: str | None = None
    since: datetime | None = None
    """Published at this aware instant or later."""
    until: datetime | None = None
    """Published before this aware instant."""
    section: str | None = None
    min_reads: int | None = None

    def query(self) -> Document:
        """The MongoDB filter."""
        query: Document = {}
        if terms := words(self.text):
            query["terms"] = {"$all": sorted(set(terms))}
        query |= {name: value for name in ("site", "country", "section") if (value := getattr(self, name)) is not None}
        published = {"$gte": self.since, "$lt": self.until}
        if period := {operator: moment for operator, moment in published.items() if moment is not None}:
            query["published_at"] = period
        if self.min_reads is not None:
            query["read_count"] = {"$gte": self.min_reads}
        return query


def search(
    database: Database[Document], filters: Filters, *, sort: Sort = "newest", limit: int | None = None
) -> Iterator[Document]:
    """Stored articles that match, streamed.

    Args:
        database: the collection's database.
        filters: which articles.
        sort: articles without the sorted field come last, or first in `oldest`.
        limit: at most so many; None for all.
    """
    cursor = database["articles"].find(filters.query(), {"terms": 0}).sort(SORTS[sort]).allow_disk_use(True)
    yield from cursor.limit(limit) if limit else cursor


def count(database: Database[Document], filters: Filters) -> int:
    """How many stored articles match."""
    return database["articles"].count_documents(filters.query())
