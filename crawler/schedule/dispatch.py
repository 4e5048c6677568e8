"""Where jobs go: to processes of this machine, or to a broker and its workers."""

import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from pymongo.database import Database

from crawler.schedule.broker import Broker
from crawler.schedule.children import BUSY_AGAIN, Child, Children, last_line
from crawler.schedule.job import BUSY
from crawler.schedule.plan import Timetable
from crawler.store.jobs import find_job, mark_sent, note_false_start

Document = dict[str, Any]

_BATCH = 50
_LEAST_PAUSE, _LONGEST_PAUSE = 5.0, 300.0  # seconds


class Dispatcher(Protocol):
    """What takes jobs on."""

    def take(self, jobs: list[Document], leases: Mapping[str, Document], timetable: Timetable) -> list[Document]:
        """Begin what may begin of the unfinished jobs, oldest first; answers which."""

    def look(self) -> None:
        """See what ended."""

    @property
    def is_local(self) -> bool:
        """Whether jobs end with this process."""


class Limits:
    """How many more may run, of all and of each group."""

    def __init__(self, timetable: Timetable, at_most: int | None, running: list[Document]) -> None:
        self.timetable = timetable
        self.room = None if at_most is None else at_most - len(running)
        self.groups = Counter(timetable.group_limits)
        for job in running:
            self.groups.subtract(self._groups(job))

    def _groups(self, job: Document) -> list[str]:
        plan = self.timetable.plans.get(job["site"] or "")
        return [group for group in plan.groups if group in self.timetable.group_limits] if plan else []

    def admit(self, job: Document) -> bool:
        """Whether the job may run too; if so it is counted."""
        groups = self._groups(job)
        if (self.room is not None and self.room <= 0) or any(self.groups[group] <= 0 for group in groups):
            return False
        if self.room is not None:
            self.room -= 1
        self.groups.subtract(groups)
        return True


class Local:
    """Runs jobs in processes of this machine."""

    is_local = True

    def __init__(self, database: Database[Document], children: Children, at_most: int) -> None:
        self.database = database
        self.children = children
        self.at_most = at_most
        self._not_before: dict[str, float] = {}
        self._pauses: Counter[str] = Counter()

    def take(self, jobs: list[Document], leases: Mapping[str, Document], timetable: Timetable) -> list[Document]:
        """Start what is not in work, as far as there is room; two jobs of one lease follow each other."""
        mine = self.children.running
        busy = set(leases) | {child.job["lease"] for child in mine.values()}
        # What a scheduler that was killed had started goes on, and counts.
        in_work = [job for job in jobs if job["_id"] in mine or leases.get(job["lease"], {}).get("job") == job["_id"]]
        limits = Limits(timetable, timetable.at_most or self.at_most, in_work)
        begun = []
        for job in jobs:
            if job["lease"] in busy or self._not_before.get(job["_id"], 0) > time.monotonic():
                continue
            if limits.admit(job):
                busy.add(job["lease"])
                self.children.start(job)
                begun.append(job)
        return begun

    def look(self) -> None:
        """Reap; a job whose process could not even begin waits a while before it is tried again."""
        for child in self.children.ended():
            job_id, status = child.job["_id"], child.status()
            if status == 0:
                self._not_before.pop(job_id, None)
                self._pauses.pop(job_id, None)
            else:
                if status != BUSY:
                    note_if_not_begun(self.database, child)
                self._pauses[job_id] += 1
                pause = BUSY_AGAIN if status == BUSY else _LEAST_PAUSE * 2 ** (self._pauses[job_id] - 1)
                self._not_before[job_id] = time.monotonic() + min(pause, _LONGEST_PAUSE)


class ToWorkers:
    """Sends jobs to a broker; `scrapy worker` runs them, here and on other machines."""

    is_local = False

    def __init__(self, database: Database[Document], broker: Broker, patience: float) -> None:
        """Send each job once, and again when nothing was heard of it for `patience` seconds."""
        self.database = database
        self.broker = broker
        self.patience = timedelta(seconds=patience)

    def take(self, jobs: list[Document], leases: Mapping[str, Document], timetable: Timetable) -> list[Document]:
        """Send what was not sent, as far as the timetable's limits go, and what a broker may have lost."""
        now = datetime.now(UTC)
        held = {lease.get("job") for lease in leases.values()}

        def is_lost(job: Document) -> bool:
            return job["_id"] not in held and bool(now - job["sent_at"] > self.patience)

        limits = Limits(timetable, timetable.at_most, [job for job in jobs if job.get("sent_at")])
        chosen = [job for job in jobs if (is_lost(job) if job.get("sent_at") else limits.admit(job))]
        for start in range(0, len(chosen), _BATCH):
            ids = [job["_id"] for job in chosen[start : start + _BATCH]]
            self.broker.send(ids)
            mark_sent(self.database, ids)
        return chosen

    def look(self) -> None:
        """Workers look after their own."""


def note_if_not_begun(database: Database[Document], child: Child) -> None:
    """Count a process that ended before its job began: what is wrong stands in its log."""
    job = find_job(database, child.job["_id"])
    if job and job["state"] == "queued" and job.get("parts") == child.job.get("parts") and not job.get("process"):
        note_false_start(database, job["_id"], f"could not begin: {last_line(child.log_file)} (log: {child.log_file})")
