"""Workers on one machine, killed at random while they work: is every job done, each site crawled by one at a time?

Real workers, a real broker, a real mongod, real HTTP; used by `make bench-schedule` and, small, by the tests.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pymongo.database import Database

from crawler.schedule.broker import Broker
from crawler.schedule.guard import kill_tree
from crawler.store.connection import Connection
from crawler.store.jobs import Job, add_jobs, mark_sent
from crawler.store.schema import prepare_before
from tests.fleet.site import Fleet

_ROOT = Path(__file__).parents[2]
_QUICK = ("SPIDER_MODULES=tests.fleet", "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "STORE_INTERVAL=0.05")
LEASE_SECONDS = 20
"""Short, as the machine is one: what a killed worker left is another's after a quarter of it."""
_GIVE_UP = 3600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run; every number is counted, none is assumed."""

    jobs: int
    done: int
    failed: int
    kills: int
    begun: int
    """Crawls that began: jobs whose process was killed begin again."""
    together: int
    """The most requests that one newspaper had to answer at a time."""
    overlaps: int
    """Runs of one site that began before the one before had ended."""
    articles: int
    expected: int
    twice: int
    """Articles with more than one document."""
    seconds: float

    def is_right(self) -> bool:
        """Whether all was done, nothing at the same time, and each article is there once."""
        return (
            (self.done, self.failed) == (self.jobs, 0)
            and (self.together, self.overlaps) == (1, 0)
            and (self.articles, self.twice) == (self.expected, 0)
        )


class Cluster:
    """Workers of one broker and one database."""

    def __init__(
        self, fleet: Fleet, papers: int, *, uri: str, database: Database[Any], broker: str, folder: Path
    ) -> None:
        self.fleet = fleet
        self.papers = papers
        self.database = database
        self.folder = folder
        self.environment = os.environ | {
            "MONGODB_URI": uri,
            "MONGODB_DATABASE": database.name,
            "BROKER_URL": broker,
            "NABA_DATA": str(folder),
            "NABA_TEST_SITE": fleet.address,
            "NABA_TEST_FLEET": str(papers),
            "NABA_ARCHIVE_ENABLED": "0",
            "NABA_LEASE_SECONDS": str(LEASE_SECONDS),
            "SCRAPY_SETTINGS_MODULE": "crawler.settings",
        }
        self.connection = Connection(uri, database.name, None)
        prepare_before(self.connection)
        self.broker = Broker(broker, database.name, silence=LEASE_SECONDS / 4)
        self.workers: list[subprocess.Popen[bytes]] = []
        self.kills = 0

    def send(self, jobs_a_paper: int, *arguments: str) -> int:
        """Put so many jobs of each paper on the broker, of all papers in turn."""
        settings = [word for pair in _QUICK for word in ("-s", pair)]
        jobs = [
            Job(f"fleet{paper:02}/{number}", ["crawl", f"fleet{paper:02}", *arguments, *settings], f"fleet{paper:02}",
                "benchmark", f"fleet{paper:02}")
            for number in range(jobs_a_paper)
            for paper in range(self.papers)
        ]  # fmt: skip
        ids = add_jobs(self.connection.database(), jobs)
        self.broker.send(ids)
        mark_sent(self.connection.database(), ids)
        return len(ids)

    def start(self, count: int, processes: int) -> None:
        """Start workers."""
        for _ in range(count):
            self.workers.append(self._worker(processes))

    def _worker(self, processes: int) -> "subprocess.Popen[bytes]":
        with (self.folder / "workers.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "scrapy", "worker", "--processes", str(processes)],
                cwd=_ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    def kill_one(self, chance: random.Random, processes: int) -> None:
        """Kill a worker as its machine or only itself would die, and start another in its place."""
        number = chance.randrange(len(self.workers))
        victim = self.workers[number]
        if chance.random() < 0.5:
            kill_tree(victim.pid)
        else:
            victim.send_signal(signal.SIGKILL)
        victim.wait()
        self.kills += 1
        self.workers[number] = self._worker(processes)

    def left(self) -> int:
        """Jobs that are not over."""
        return self.database["jobs"].count_documents({"state": {"$in": ["queued", "running"]}})

    def run(self, jobs: int, *, workers: int, processes: int, kills: int, seed: int = 1) -> Outcome:
        """Run jobs that were sent to their end; so many workers are killed, evenly over the work."""
        chance = random.Random(seed)  # noqa: S311 - a script of kills
        begin, shown = time.monotonic(), jobs
        self.start(workers, processes)
        try:
            while (left := self.left()) and time.monotonic() - begin < _GIVE_UP:
                # The next kill comes when its share of the jobs is done, or something is begun anew since the last.
                if left != shown and sys.stderr.isatty():
                    print(f"\r{left} jobs left, {self.kills} kills ", end="", file=sys.stderr)
                shown = left
                if self.kills < kills and jobs - left >= (self.kills + 1) * jobs // (kills + 2):
                    time.sleep(chance.random())
                    self.kill_one(chance, processes)
                time.sleep(0.1)
            return self._outcome(jobs, time.monotonic() - begin)
        finally:
            self.stop()

    def stop(self) -> None:
        """End all workers."""
        for worker in self.workers:
            worker.terminate()
        for worker in self.workers:
            try:
                worker.wait(60)
            except subprocess.TimeoutExpired:
                kill_tree(worker.pid)
        self.workers.clear()
        self.broker.close()
        self.connection.close()

    def _outcome(self, jobs: int, seconds: float) -> Outcome:
        states = [job["state"] for job in self.database["jobs"].find({}, {"state": 1})]
        addresses = [row["url"] for row in self.database["articles"].find({}, {"url": 1})]
        runs = list(self.database["crawls"].find({}, {"site": 1, "started_at": 1, "ended_at": 1, "alive_at": 1}))
        return Outcome(
            jobs=jobs,
            done=states.count("done"),
            failed=states.count("failed"),
            kills=self.kills,
            begun=len(runs),
            together=max(self.fleet.together[f"fleet{paper:02}"] for paper in range(self.papers)),
            overlaps=overlaps(runs),
            articles=len(set(addresses)),
            expected=self.papers * self.fleet.articles,
            twice=len(addresses) - len(set(addresses)),
            seconds=seconds,
        )


def overlaps(runs: Sequence[dict[str, Any]]) -> int:
    """How many runs began while another of their site went on; one that was killed went on until it last told."""
    found = 0
    last: dict[str, datetime] = {}
    for run in sorted(runs, key=lambda run: run["started_at"]):
        before = last.get(run["site"], datetime.min.replace(tzinfo=UTC))
        found += run["started_at"] < before
        last[run["site"]] = max(before, run["ended_at"] or run.get("alive_at") or run["started_at"])
    return found


__all__ = ["Cluster", "Outcome", "overlaps"]
