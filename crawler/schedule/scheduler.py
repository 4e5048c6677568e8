"""The scheduler: makes jobs of what is due, hands them on, tells what becomes of them.

What it must not forget stands in MongoDB: `schedule` holds the instant from which each site's next start counts, and a
job's id is its site and the instant that it serves. A start is written as a job first and counted in `schedule` then:
killed between the two, the next scheduler makes the same job again, which is the same document.
"""

import signal
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

from pymongo import UpdateOne
from pymongo.database import Database
from pymongo.errors import PyMongoError

from crawler.errors import UserError
from crawler.schedule.broker import BrokerAwayError
from crawler.schedule.dispatch import Dispatcher
from crawler.schedule.plan import Plan, Timetable
from crawler.schedule.quiet import leave_quiet
from crawler.schedule.reading import Spiders, check_timetable, read_timetable
from crawler.schedule.telling import Teller
from crawler.store.connection import brief
from crawler.store.jobs import Job, add_jobs, unfinished
from crawler.store.leases import SCHEDULER, Heartbeat, live_leases, release_lease, take_lease

Document = dict[str, Any]

_TICK = 0.5
"""Seconds between two looks."""
_LONGEST_PAUSE = 30.0
"""Seconds between two attempts while the database is away."""


class Clock:
    """When each site starts next, kept in `schedule`."""

    def __init__(self, database: Database[Document], timetable: Timetable) -> None:
        self.database = database
        self.timetable = timetable
        self.after: dict[str, datetime] = {}
        self.next: dict[str, datetime] = {}

    def open(self, now: datetime, *, never_run_is_due: bool) -> None:
        """Read what is kept; a site that is new counts from now on, or is due at once."""
        kept = {row["_id"]: row["after"] for row in self.database["schedule"].find()}
        new = [plan.site for plan in self.timetable.enabled() if plan.site not in kept]
        if new and not never_run_is_due:
            self._keep(dict.fromkeys(new, now))
        self.after = kept | ({} if never_run_is_due else dict.fromkeys(new, now))
        self.next = (
            {plan.site: now for plan in self.timetable.enabled() if plan.site in new} if never_run_is_due else {}
        )
        for plan in self.timetable.enabled():
            if plan.site in self.after:
                self._count(plan)

    def change(self, timetable: Timetable, now: datetime) -> None:
        """Go on with another timetable."""
        self.timetable = timetable
        self.open(now, never_run_is_due=False)

    def _count(self, plan: Plan) -> None:
        due = plan.next_start(self.after[plan.site])
        if due is None:
            self.next.pop(plan.site, None)
        else:
            self.next[plan.site] = due

    def due(self, now: datetime) -> list[tuple[Plan, datetime]]:
        """The sites whose start has come and that are not in quiet hours, the longest due first."""
        chosen = [
            (self.timetable.plans[site], due)
            for site, due in self.next.items()
            if due <= now and not self.timetable.plans[site].is_quiet(now)
        ]
        return sorted(chosen, key=lambda one: one[1])

    def started(self, plans: Iterable[Plan], now: datetime) -> None:
        """Jobs of these sites are kept: what was due until now is served."""
        served = list(plans)
        self._keep({plan.site: now for plan in served})
        for plan in served:
            self.after[plan.site] = now
            self._count(plan)

    def _keep(self, after: dict[str, datetime]) -> None:
        if after:
            self.database["schedule"].bulk_write(
                [UpdateOne({"_id": site}, {"$set": {"after": moment}}, upsert=True) for site, moment in after.items()]
            )

    def coming(self, now: datetime) -> list[tuple[datetime, Plan]]:
        """Each site's next start, in order of time."""
        plans = self.timetable.plans
        rows = [
            (max(due, leave_quiet(now, plans[site].quiet, plans[site].zone)), plans[site])
            for site, due in self.next.items()
        ]
        return sorted(rows, key=lambda row: (row[0], row[1].site))


class Scheduler:
    """Runs until it is told to stop, or with `once` until nothing is due and all is done."""

    def __init__(
        self,
        database: Database[Document],
        path: Path,
        spiders: Spiders,
        dispatcher: Dispatcher,
        teller: Teller,
        *,
        settings_given: Iterable[str] = (),
        lease_seconds: float = 60.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = database
        self.path = path
        self.spiders = spiders
        self.dispatcher = dispatcher
        self.teller = teller
        self.settings_given = [word for pair in settings_given for word in ("-s", pair)]
        self.lease_seconds = lease_seconds
        self.now = now
        self.clock = Clock(database, read_timetable(path, spiders))
        self.signals = 0
        self._lost: str | None = None
        self._wake = threading.Event()
        self._read_at = self._mtime()

    def run(self, *, once: bool = False) -> None:
        """Hold the scheduler's lease and work.

        Raises:
            UserError: when another scheduler works on this database, or took over.
        """
        held = take_lease(self.database, SCHEDULER, seconds=self.lease_seconds)
        if held:
            raise UserError(
                f"a scheduler runs on this database already: {held['holder']}, since {held['since']:%Y-%m-%d %H:%M} UTC"
            )
        heartbeat = Heartbeat(self.database, SCHEDULER, on_loss=self._lose, seconds=self.lease_seconds)
        heartbeat.start()
        try:
            self.clock.open(self.now(), never_run_is_due=once)
            self.teller.begin(self.clock)
            self._work(once=once)
        finally:
            self.teller.end()
            heartbeat.stop()
            release_lease(self.database, SCHEDULER, heartbeat.holder)
        if self._lost:
            raise UserError(f"the scheduler's lease is lost: {self._lost}")

    def _lose(self, why: str) -> None:
        self._lost = why
        self.stop()

    def stop(self, *_: int | FrameType | None) -> None:
        """Start nothing more and end; called again: at once."""
        self.signals += 1
        self._wake.set()

    def listen(self) -> None:
        """End on SIGTERM and Ctrl-C."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)

    def _work(self, *, once: bool) -> None:
        pause = _TICK
        while not self.signals:
            try:
                jobs = self.look()
                pause = _TICK
                if once and (not jobs or not self.dispatcher.is_local):
                    return
            except (PyMongoError, BrokerAwayError) as error:
                pause = min(2 * pause, _LONGEST_PAUSE)
                why = f"MongoDB does not answer: {brief(error)}" if isinstance(error, PyMongoError) else str(error)
                self.teller.say(f"{why}; looking again in {pause:g} s")
            self._wake.wait(pause)

    def look(self) -> list[Document]:
        """One round: what is due becomes jobs, jobs are handed on, what ended is told; answers what is unfinished."""
        self._read_again()
        now = self.now()
        self.dispatcher.look()
        jobs = unfinished(self.database)
        waiting = {job["site"] for job in jobs if job["due"] is not None}
        # A site whose last crawl has not ended yet is late; what it misses meanwhile is one start.
        due = [(plan, moment) for plan, moment in self.clock.due(now) if plan.site not in waiting]
        if due:
            add_jobs(self.database, [self._job(plan, moment) for plan, moment in due])
            self.clock.started([plan for plan, _ in due], now)
            jobs = unfinished(self.database)
        leases = live_leases(self.database)
        for job in self.dispatcher.take(jobs, leases, self.clock.timetable):
            self.teller.started(job, now)
        self.teller.look(jobs, leases)
        return jobs

    def _job(self, plan: Plan, due: datetime) -> Job:
        arguments = [word for name, value in plan.arguments.items() for word in ("-a", f"{name}={value}")]
        return Job(
            id=f"{plan.site}@{due:%Y%m%dT%H%M%SZ}",
            command=["crawl", plan.site, *arguments, *self.settings_given],
            lease=plan.site,
            why=f"timetable: {plan.why}",
            site=plan.site,
            due=due,
        )

    # --- the file may change while the scheduler runs

    def _mtime(self) -> float:
        try:
            return self.path.stat().st_mtime
        except OSError:
            return 0.0

    def _read_again(self) -> None:
        if (changed := self._mtime()) == self._read_at:
            return
        self._read_at = changed
        timetable, mistakes = check_timetable(self.path, self.spiders)
        if mistakes:
            for mistake in mistakes:
                self.teller.say(f"{mistake} (the timetable stays as it was)")
            return
        self.clock.change(timetable, self.now())
        self.teller.say(f"{self.path.name} is read anew")
