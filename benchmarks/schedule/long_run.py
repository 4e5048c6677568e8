"""A week of the scheduler by an accelerated clock: is every start made once and in time, and is its memory flat?

`python -m benchmarks.schedule.long_run [--days 7]`: the real scheduler and a real mongod; crawls are taken for done at
once, and now and then the scheduler is off for hours.
"""

import argparse
import gc
import random
import tempfile
import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pymongo import UpdateMany
from pymongo.database import Database

from crawler.catalogue import spiders
from crawler.schedule.plan import Timetable
from crawler.schedule.scheduler import Scheduler
from crawler.schedule.telling import Teller
from crawler.store.connection import Connection
from crawler.store.local import LocalServer
from crawler.store.schema import prepare_before

_SITES = 30
_STEP = timedelta(minutes=5)


class Quick:
    """Takes every job for done."""

    is_local = True

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self.database = database

    def take(self, jobs: list[dict[str, Any]], leases: Mapping[str, Any], timetable: Timetable) -> list[dict[str, Any]]:
        """Done."""
        del leases, timetable  # a dispatcher's form
        ids = [job["_id"] for job in jobs]
        if ids:
            fields = {"state": "done", "reason": "finished", "ended_at": datetime.now(UTC)}
            self.database["jobs"].bulk_write([UpdateMany({"_id": {"$in": ids}}, {"$set": fields})])
        return jobs

    def look(self) -> None:
        """Nothing runs."""


class Silent(Teller):
    """Tells nothing."""

    def say(self, text: str) -> None:
        """Nothing."""


def run(database: Database[dict[str, Any]], path: Path, days: int) -> bool:
    """The week; answers whether all was right."""
    chosen = dict(list(spiders().items())[:_SITES])
    now = begin = datetime(2026, 3, 25, tzinfo=UTC)  # the clocks of Europe and of Cairo change in it
    scheduler = Scheduler(database, path, chosen, Quick(database), Silent(database), now=lambda: now)
    scheduler.clock.open(now, never_run_is_due=False)
    expected = {plan.site: plan for plan in scheduler.clock.timetable.enabled()}
    chance = random.Random(1)  # noqa: S311 - a script
    offline: list[tuple[datetime, datetime]] = []
    memory: list[int] = []
    while now < begin + timedelta(days=days):
        scheduler.look()
        if (now - begin) // timedelta(days=1) > len(memory):
            gc.collect()
            memory.append(resident())
        if chance.random() < 1 / 576:  # every other day
            away = timedelta(hours=chance.uniform(1, 5))
            offline.append((now, now + away))
            now += away
        now += _STEP
    missed = late = 0
    starts: Counter[str] = Counter()
    for site, plan in expected.items():
        dues = {job["due"] for job in database["jobs"].find({"site": site}, {"due": 1})}
        starts[site] = len(dues)
        moment = plan.next_start(begin)
        while moment and moment < now - _STEP:
            # What falls between the end of a downtime and the next look is part of the same late start.
            covered = any(off <= moment <= on + _STEP for off, on in offline)
            late += covered and moment not in dues
            missed += not covered and moment not in dues
            moment = plan.next_start(moment)
    jobs = database["jobs"].count_documents({})
    print(f"{'days':>4} {'sites':>5} {'starts':>7} {'missed':>6} {'coalesced':>9} {'off':>4} memory of each day, MiB")
    told = " ".join(f"{size / 2**20:.1f}" for size in memory)
    print(f"{days:>4} {len(expected):>5} {jobs:>7} {missed:>6} {late:>9} {len(offline):>4} {told}")
    return not missed and jobs == sum(starts.values())


def resident() -> int:
    """Bytes that this process holds."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schedule.long_run", description=__doc__)
    parser.add_argument("--days", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, LocalServer.acquire(folder) as server:
        connection = Connection(server.uri, f"bench_{uuid.uuid4().hex[:8]}", None)
        with connection:
            prepare_before(connection)
            right = run(connection.database(), Path(folder) / "crawls.toml", options.days)
    raise SystemExit(0 if right else 1)


if __name__ == "__main__":
    main()
