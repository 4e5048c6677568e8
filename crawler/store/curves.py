"""How an article's counter grew: its readings in the order of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from pymongo.database import Database

from crawler.store.readings import Reading, growth, standing

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """One reading, beside the one before it."""

    at: datetime
    count: int
    gained: int | None
    """Reads since the reading before; None for the first, and where the counter fell."""
    growth: float | None
    """The same an hour."""
    is_reset: bool
    """The counter fell: the site began to count anew."""


def curve(readings: Sequence[Reading]) -> list[Point]:
    """Points of readings that are in the order of time."""
    points: list[Point] = []
    for i, one in enumerate(readings):
        before = readings[i - 1] if i else None
        fell = before is not None and one.count < before.count
        points.append(
            Point(
                one.at,
                one.count,
                gained=one.count - before.count if before is not None and not fell else None,
                growth=growth(before, one) if before is not None else None,
                is_reset=fell,
            )
        )
    return points


def curves(database: Database[Document], article: Document) -> dict[str, list[Point]]:
    """The curves of an article: of its own counter, then of each second address that counts by itself.

    Args:
        database: the collection's database.
        article: its document, as `find_article` answers it.

    Returns:
        Curves by address; the article's own is the first, empty when its page shows no counter.
    """
    rows = database["read_counts"].find({"article": article["_id"]})
    readings = {Reading(bytes(article["_id"]), row["at"], row["count"], row["alias"]) for row in rows}
    # A writer that died may have left the newest beside the article alone.
    beside = standing(article)
    if beside is not None and not any(one.at == beside.at and one.alias is None for one in readings):
        readings.add(beside)
    addresses = {bytes(alias["key"]): alias["url"] for alias in article["aliases"]}
    result: dict[str, list[Point]] = {article["url"]: []}
    ordered = sorted(readings, key=lambda one: (one.alias or b"", one.at))
    for alias, group in groupby(ordered, key=lambda one: one.alias):
        address = addresses.get(bytes(alias), alias.hex()) if alias else article["url"]
        result[address] = curve(list(group))
    return result
