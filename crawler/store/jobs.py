"""The jobs: what is to be run once, and what became of it.

A job is written here before anybody is told of it, and says itself that it is done. So whoever is killed - scheduler,
worker, broker - a job is neither lost nor run twice to its end: a message about it may be lost (it is sent again) or
come twice (the second finds it done).

    queued --(start: the job's process holds the lease)--> running --> done, failed
       ^                                                      |
       +---- its process died, was stopped, or reached its limit
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from pymongo import ASCENDING, DESCENDING, UpdateOne
from pymongo.database import Database

Document = dict[str, Any]
State = Literal["queued", "running", "done", "failed"]

ATTEMPTS = 10
"""Processes of one job that may die before it is given up."""


FAILURES = 20
"""Failed jobs of a batch that are told one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Job:
    """One bounded piece of work: a `scrapy` command in a process of its own."""

    id: str
    command: Sequence[str]
    """What follows `scrapy`: `["crawl", "elmassa", "-a", "since=2018-01"]`."""
    lease: str
    """What it must hold alone: the site, or itself."""
    why: str
    site: str | None = None
    due: datetime | None = None
    """The instant of the timetable that it serves."""
    part_of: str | None = None
    """The bulk job that it is a part of."""
    to_the_end: bool = False
    """Whether it goes on in a further part when it reaches its limit; the timetable's next crawl does so anyway."""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def document(self) -> Document:
        """As it is kept."""
        return {
            "command": list(self.command),
            "lease": self.lease,
            "why": self.why,
            "site": self.site,
            "due": self.due,
            "part_of": self.part_of,
            "to_the_end": self.to_the_end,
            "state": "queued",
            "attempts": 0,
            "parts": 0,
            **self.facts,
        }


def add_jobs(database: Database[Document], jobs: Iterable[Job]) -> list[str]:
    """Keep jobs; one that is there already stays as it is. Answers the ids of those that are new."""
    wanted = list(jobs)
    if not wanted:
        return []
    now = datetime.now(UTC)
    writes = [
        UpdateOne({"_id": job.id}, {"$setOnInsert": job.document() | {"queued_at": now}}, upsert=True) for job in wanted
    ]
    result = database["jobs"].bulk_write(writes)
    return [wanted[index].id for index in sorted(result.upserted_ids or {})]


def find_job(database: Database[Document], job_id: str) -> Document | None:
    """The job of this id."""
    return database["jobs"].find_one({"_id": job_id})


def unfinished(database: Database[Document]) -> list[Document]:
    """Jobs that are queued or run, the oldest first."""
    return list(database["jobs"].find({"state": {"$in": ["queued", "running"]}}).sort("queued_at", ASCENDING))


def latest_done(database: Database[Document], limit: int = 10) -> list[Document]:
    """Jobs that ended, the latest first."""
    return list(database["jobs"].find({"ended_at": {"$ne": None}}).sort("ended_at", DESCENDING).limit(limit))


def start_job(database: Database[Document], job_id: str, process: str, log_file: str | None) -> Document | None:
    """The holder of the job's lease begins it; None when it is over already.

    Its predecessor is gone, as it had the lease: a job that is still `running` died under it, and is given up when that
    happened too often.
    """
    died = {"$cond": [{"$eq": ["$state", "running"]}, 1, 0]}
    attempts = {"$add": [{"$ifNull": ["$attempts", 0]}, died]}
    gives_up = {"$gte": [attempts, ATTEMPTS]}
    change = [
        {
            "$set": {
                "attempts": attempts,
                "state": {"$cond": [gives_up, "failed", "running"]},
                "reason": {"$cond": [gives_up, {"$literal": f"died {ATTEMPTS} times"}, None]},
                "ended_at": {"$cond": [gives_up, "$$NOW", None]},
                "process": process,
                "log_file": log_file,
                "started_at": "$$NOW",
                "first_started_at": {"$ifNull": ["$first_started_at", "$$NOW"]},
            }
        }
    ]
    job: Document | None = database["jobs"].find_one_and_update(
        {"_id": job_id, "state": {"$in": ["queued", "running"]}}, change, return_document=True
    )
    return job if job and job["state"] == "running" else None


def end_job(
    database: Database[Document], job_id: str, process: str, *, status: int, reason: str | None, crawl: str | None
) -> None:
    """The job's process says that it is over.

    Args:
        database: the collection's database.
        job_id: of the job.
        process: the one that began it; another's word does not count.
        status: exit status.
        reason: why the crawl ended, as in `crawls`.
        crawl: id of the run.
    """
    change = {
        "$set": {"state": "failed" if status else "done", "status": status, "reason": reason, "crawl": crawl},
        "$currentDate": {"ended_at": True},
        "$inc": {"parts": 1},
    }
    database["jobs"].update_one({"_id": job_id, "process": process, "state": "running"}, change)


def requeue_job(database: Database[Document], job_id: str, process: str, *, why: str, part: bool = False) -> None:
    """The job's process was stopped, or reached the limit of its part: the job waits again.

    Args:
        database: the collection's database.
        job_id: of the job.
        process: the one that began it.
        why: for people.
        part: a part was done, so its processes may die anew as often.
    """
    change: Document = {"$set": {"state": "queued", "reason": why}, "$currentDate": {"ended_part_at": True}}
    if part:
        change["$set"]["attempts"] = 0
        change["$inc"] = {"parts": 1}
    database["jobs"].update_one({"_id": job_id, "process": process, "state": "running"}, change)


def note_false_start(database: Database[Document], job_id: str, why: str) -> None:
    """The job's process ended before it could begin; after `ATTEMPTS` of them it is given up."""
    attempts = {"$add": [{"$ifNull": ["$attempts", 0]}, 1]}
    gives_up = {"$gte": [attempts, ATTEMPTS]}
    change = [
        {
            "$set": {
                "attempts": attempts,
                "state": {"$cond": [gives_up, "failed", "$state"]},
                "reason": {"$literal": why},
                "ended_at": {"$cond": [gives_up, "$$NOW", None]},
            }
        }
    ]
    database["jobs"].update_one({"_id": job_id, "state": "queued"}, change)


def batches(database: Database[Document], limit: int = 20) -> list[Document]:
    """Bulk jobs, the newest first: how many of each are queued, running, done, failed; `failures`, the newest few."""
    counted: Document = {
        state: {"$sum": {"$cond": [{"$eq": ["$state", state]}, 1, 0]}}
        for state in ("queued", "running", "done", "failed")
    }
    pipeline: list[Document] = [
        {"$match": {"part_of": {"$ne": None}}},
        {"$group": {"_id": "$part_of", **counted, "queued_at": {"$min": "$queued_at"}}},
        {"$sort": {"queued_at": -1}},
        {"$limit": limit},
    ]
    return [
        row | {"failures": _failures(database, row["_id"]) if row["failed"] else []}
        for row in database["jobs"].aggregate(pipeline)
    ]


def _failures(database: Database[Document], batch: str) -> list[Document]:
    query = {"part_of": batch, "state": "failed"}
    found = database["jobs"].find(query, {"reason": 1, "log_file": 1})
    return list(found.sort([("ended_at", DESCENDING), ("_id", ASCENDING)]).limit(FAILURES))


def mark_sent(database: Database[Document], job_ids: Sequence[str]) -> None:
    """A broker took messages about these jobs."""
    database["jobs"].update_many({"_id": {"$in": list(job_ids)}}, {"$currentDate": {"sent_at": True}})
