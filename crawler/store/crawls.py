"""The runs: what was crawled, how it ended, what came of it."""

import getpass
import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import scrapy
from pymongo import DESCENDING
from pymongo.database import Database
from scrapy.settings import BaseSettings

from crawler import __version__
from crawler.processes import holder, is_dead, is_of_this_machine

Document = dict[str, Any]

DIED = "died"
NO_SITES = ("archive", "reextract")
"""What runs have for a site that are no crawl of one."""
_SILENT_MS = 10 * 60 * 1000
"""A run of another machine that told nothing for so long has died; it tells how far it is every ten seconds."""
_REASON = 100
"""Characters."""


def beginning(site: str, arguments: dict[str, str], settings: BaseSettings, extractor: str) -> Document:
    """The record of a run that begins: why, by whom, with what.

    Args:
        site: the spider's name.
        arguments: as given with `-a`.
        settings: CRAWL_REASON, REPLAY, LOG_FILE.
        extractor: version that its records will carry.
    """
    now = datetime.now(UTC)
    log_file = settings.get("LOG_FILE")
    return {
        "site": site,
        "why": str(settings["CRAWL_REASON"])[:_REASON],
        "by": f"{_user()}@{platform.node()}",
        "arguments": arguments,
        "replay": settings.get("REPLAY"),
        "started_at": now,
        "alive_at": now,
        "ended_at": None,
        "reason": None,
        "log_file": str(Path(log_file).resolve()) if log_file else None,
        "process": holder(),
        "versions": {
            "naba": __version__,
            "extractor": extractor,
            "scrapy": scrapy.__version__,
            "python": platform.python_version(),
        },
    }


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have a number only
        return str(os.getuid())


def mark_died(database: Database[Document], site: str | None = None) -> list[Document]:
    """Mark runs whose process is gone: `reason: died`, `ended_at` the instant at which it was last seen alive.

    A process of this machine is looked up; one of another machine has died when it told nothing for ten minutes, by
    the server's clock.

    Returns:
        The runs that were marked by this call, as they are now.
    """
    query: Document = {"ended_at": None} | ({"site": site} if site else {})
    silent = {"$lt": [{"$ifNull": ["$alive_at", "$started_at"]}, {"$subtract": ["$$NOW", _SILENT_MS]}]}
    rows = database["crawls"].aggregate(
        [{"$match": query}, {"$project": {"process": 1, "alive_at": 1, "started_at": 1, "silent": silent}}]
    )
    marked = []
    for row in rows:
        process = row.get("process", "")
        if not (is_dead(process) if is_of_this_machine(process) else row["silent"]):
            continue
        fields = {
            "reason": DIED,
            "ended_at": row.get("alive_at") or row["started_at"],
            "died_found_at": datetime.now(UTC),
        }
        # One of several that look at the same moment marks it, and none a run that told more meanwhile.
        guard = {"_id": row["_id"], "ended_at": None, "alive_at": row.get("alive_at")}
        if crawl := database["crawls"].find_one_and_update(guard, {"$set": fields}, return_document=True):
            marked.append(crawl)
    return marked


def end_interrupted(database: Database[Document], crawl_id: str) -> None:
    """End the record of a run that was stopped while it was opened, if it has one: itself it will not."""
    ending = {"ended_at": datetime.now(UTC), "reason": "shutdown"}
    database["crawls"].update_one({"_id": crawl_id, "ended_at": None}, {"$set": ending})


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
        failed: only runs that did not end by themselves, or in which something failed; none that merely runs.
        limit: at most so many.
    """
    query: Document = {"site": site} if site else {}
    if failed:
        query["$or"] = [{"reason": {"$nin": ["finished", None]}}, {"counts.failed": {"$gt": 0}}]
    yield from database["crawls"].find(query).sort("started_at", DESCENDING).limit(limit)


def find_crawl(database: Database[Document], crawl_id: str) -> Document | None:
    """The run of this id."""
    return database["crawls"].find_one({"_id": crawl_id})
