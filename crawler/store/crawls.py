"""The runs: what was crawled, how it ended, what came of it."""

from collections.abc import Iterator
from typing import Any

from pymongo import DESCENDING
from pymongo.database import Database

Document = dict[str, Any]


def latest_crawls(database: Database[Document]) -> dict[str, Document]:
    """Each site's last run, by the site's name."""
    latest: list[Document] = [
        {"$sort": {"site": 1, "started_at": -1}},
        {"$group": {"_id": "$site", "crawl": {"$first": "$$ROOT"}}},
    ]
    return {row["_id"]: row["crawl"] for row in database["crawls"].aggregate(latest)}


def list_crawls(
    database: Database[Document], *, site: str | None = None, failed: bool = False, limit: int = 20
) -> Iterator[Document]:
    """Runs, newest first.

    Args:
        database: the collection's database.
        site: runs of this site only.
        failed: only runs that did not end by themselves, or in which something failed.
        limit: at most so many.
    """
    query: Document = {"site": site} if site else {}
    if failed:
        query["$or"] = [{"reason": {"$ne": "finished"}}, {"counts.failed": {"$gt": 0}}]
    yield from database["crawls"].find(query).sort("started_at", DESCENDING).limit(limit)


def find_crawl(database: Database[Document], crawl_id: str) -> Document | None:
    """The run of this id."""
    return database["crawls"].find_one({"_id": crawl_id})
