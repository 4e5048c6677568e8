"""Who may crawl a site now: one holder at a time, across machines, by the server's clock.

A holder proves that it lives by renewing. One that was cut off, paused or killed stops renewing, and its lease runs
out; one whose lease was taken over meanwhile finds out at its next renewal, and ends.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

import pymongo
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError, PyMongoError

from crawler.processes import holder as this_process
from crawler.processes import is_dead

Document = dict[str, Any]

LEASE_SECONDS = 60.0
"""How long a lease lasts without a renewal."""
SCHEDULER = ":scheduler"
"""The lease of the one scheduler of a database; no spider can be called so."""
_BEATS = 5
"""Renewals in a lease's time: a few may be lost."""
_EPOCH: Document = {"$dateFromString": {"dateString": "1970-01-01T00:00:00Z"}}
# The end of suspended time counts: a laptop that slept has lost its leases. Where there is none, the next best.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def take_lease(
    database: Database[Document],
    name: str,
    *,
    holder: str | None = None,
    seconds: float = LEASE_SECONDS,
    **facts: object,
) -> Document | None:
    """Take the lease if it is free, has run out, or its holder was a process of this machine that is gone.

    Args:
        database: the collection's database.
        name: of the lease: a site's, or a job's that contacts no site.
        holder: who takes it; None: this process.
        seconds: how long it lasts without a renewal.
        facts: kept with it, for people: the job, the site.

    Returns:
        None when it was taken, else the lease of whoever has it.
    """
    me = holder or this_process()
    for _ in range(2):
        lease = _try(database, name, me, seconds, facts)
        if lease["holder"] == me:
            return None
        if not is_dead(lease["holder"]):
            return lease
        database["leases"].delete_one({"_id": name, "holder": lease["holder"]})
    return lease


def _try(database: Database[Document], name: str, me: str, seconds: float, facts: Document) -> Document:
    """The lease after an attempt, in one atomic update."""
    free = {"$or": [{"$eq": ["$holder", me]}, {"$lte": [{"$ifNull": ["$until", _EPOCH]}, "$$NOW"]}]}
    wanted = {
        "holder": me,
        "until": {"$add": ["$$NOW", int(seconds * 1000)]},
        "since": "$$NOW",
        "number": {"$add": [{"$ifNull": ["$number", 0]}, 1]},
        **{key: {"$literal": value} for key, value in facts.items()},
    }
    change = [{"$replaceWith": {"$cond": [free, {"$mergeObjects": [{"_id": "$_id"}, wanted]}, "$$ROOT"]}}]
    for attempt in range(3):
        try:
            found = database["leases"].find_one_and_update({"_id": name}, change, upsert=True, return_document=True)
        except DuplicateKeyError:  # another inserted it at the same moment
            if attempt == 2:
                raise
        else:
            assert found is not None  # upserted
            return found
    raise AssertionError  # the loop returns or raises


def renew_lease(database: Database[Document], name: str, holder: str, seconds: float) -> bool:
    """Prolong a lease; answers False when another has it. One that ran out and that nobody took is had again."""
    change = [{"$set": {"until": {"$add": ["$$NOW", int(seconds * 1000)]}}}]
    return database["leases"].update_one({"_id": name, "holder": holder}, change).matched_count == 1


def release_lease(database: Database[Document], name: str, holder: str) -> None:
    """Give a lease back, if it is still this holder's."""
    database["leases"].delete_one({"_id": name, "holder": holder})


def live_leases(database: Database[Document]) -> dict[str, Document]:
    """The leases that hold now, by name; those of processes of this machine that are gone do not."""
    rows = database["leases"].find({"$expr": {"$gt": ["$until", "$$NOW"]}})
    return {row["_id"]: row for row in rows if not is_dead(row["holder"])}


class Heartbeat:
    """A thread that renews a lease as long as its process lives, and tells once when it is lost.

    Lost is also a lease that could not be renewed for its own time: another may have it, and this process cannot know.
    """

    def __init__(
        self,
        database: Database[Document],
        name: str,
        *,
        on_loss: Callable[[str], None],
        seconds: float = LEASE_SECONDS,
    ) -> None:
        self.database = database
        self.name = name
        self.holder = this_process()
        self.seconds = seconds
        self.on_loss = on_loss
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True, name=f"lease-{name}")

    def start(self) -> None:
        """Begin to renew."""
        self._thread.start()

    def stop(self) -> None:
        """Renew no more; the lease is released by whoever took it."""
        self._over.set()
        self._thread.join(self.seconds)

    def _beat(self) -> None:
        beat = self.seconds / _BEATS
        safe = self.seconds - beat  # given up before it has run out: then another may have it
        confirmed = time.clock_gettime(_CLOCK)
        while not self._over.wait(beat):
            asked = time.clock_gettime(_CLOCK)
            try:
                with pymongo.timeout(max(confirmed + safe - asked, beat)):  # a call that hangs would outlast the lease
                    is_held = renew_lease(self.database, self.name, self.holder, self.seconds)
                if not is_held:
                    self.on_loss("another process has it")
                    return
                confirmed = asked
            except PyMongoError as error:
                if time.clock_gettime(_CLOCK) - confirmed >= safe:
                    self.on_loss(f"the database did not answer for {safe:g} s ({type(error).__name__})")
                    return
