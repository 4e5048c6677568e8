"""What the scheduler tells while it runs: a live view on a terminal, plain lines elsewhere. All on standard error."""

import sys
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pymongo.database import Database
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from crawler.display import one_line
from crawler.store.crawls import find_crawl

if TYPE_CHECKING:
    from crawler.schedule.scheduler import Clock

Document = dict[str, Any]

_SHOWN = 8
"""Lines of each part of the live view."""
_KINDS = ("new", "updated", "failed")


class Teller:
    """Plain lines: a start, an end, a trouble."""

    def __init__(self, database: Database[Document], *, is_local: bool = True) -> None:
        """Tell of jobs that run here, or are sent to workers."""
        self.database = database
        self.is_local = is_local
        self.clock: Clock | None = None
        self.known: dict[str, Document] = {}
        self.counts = {"done": 0, "failed": 0}

    def begin(self, clock: "Clock") -> None:
        """The scheduler begins."""
        self.clock = clock
        coming = clock.coming(datetime.now(UTC))
        first = f"; the first is {coming[0][1].site} at {_local(coming[0][0])}" if coming else ""
        self.say(f"{len(coming)} sites on the timetable{first}")

    def say(self, text: str) -> None:
        """Tell a line."""
        print(f"{datetime.now():%Y-%m-%d %H:%M:%S} {text}", file=sys.stderr, flush=True)  # noqa: DTZ005 - the reader's clock

    def started(self, job: Document, now: datetime) -> None:
        """A job was handed on."""
        due = f", due {_local(job['due'])}" if job["due"] and (now - job["due"]).total_seconds() > 1 else ""
        again = f", attempt {job['attempts'] + 2}" if job["state"] == "running" else ""
        self.say(f"{_name(job)}: {'started' if self.is_local else 'sent'} ({job['why']}{due}{again})")

    def look(self, jobs: list[Document], leases: Mapping[str, Document]) -> None:  # noqa: ARG002 - the live view's
        """See what ended since the last look."""
        now = {job["_id"]: job for job in jobs}
        for job_id in [job_id for job_id in self.known if job_id not in now]:
            if job := self.database["jobs"].find_one({"_id": job_id}):
                self.counts[job["state"]] += 1
                self.ended(job)
        self.known = now

    def ended(self, job: Document) -> None:
        """A job is over."""
        crawl = find_crawl(self.database, job["crawl"]) if job.get("crawl") else None
        self.say(f"{_name(job)}: {_result(job, crawl)}")

    def end(self) -> None:
        """The scheduler ends."""
        if any(self.counts.values()):
            failed = f", {self.counts['failed']} failed: see `scrapy crawls --failed`" if self.counts["failed"] else ""
            self.say(f"{self.counts['done']} done{failed}")


class LiveTeller(Teller):
    """What runs, what comes next, what ended, and the last messages, on one screen."""

    def __init__(self, database: Database[Document], *, is_local: bool = True) -> None:
        super().__init__(database, is_local=is_local)
        self.messages: deque[str] = deque(maxlen=3)
        self.results: deque[tuple[datetime, str, str]] = deque(maxlen=_SHOWN)
        self.live = Live(console=Console(stderr=True), auto_refresh=False, transient=True)

    def begin(self, clock: "Clock") -> None:
        """Open the view."""
        super().begin(clock)
        self.live.start()

    def say(self, text: str) -> None:
        """Keep a message in view."""
        if self.live.is_started:
            self.messages.append(f"{datetime.now():%H:%M:%S} {text}")  # noqa: DTZ005 - the reader's clock
        else:
            super().say(text)

    def started(self, job: Document, now: datetime) -> None:
        """It is seen among those that run."""

    def ended(self, job: Document) -> None:
        """Keep the result in view."""
        crawl = find_crawl(self.database, job["crawl"]) if job.get("crawl") else None
        self.results.appendleft((job["ended_at"], _name(job), _result(job, crawl)))

    def look(self, jobs: list[Document], leases: Mapping[str, Document]) -> None:
        """Draw the view."""
        super().look(jobs, leases)
        running = [job for job in jobs if leases.get(job["lease"], {}).get("job") == job["_id"]]
        waiting = len(jobs) - len(running)
        parts: list[RenderableType] = [
            _table(f"running ({len(running)}), waiting ({waiting})", map(self._running, running[:_SHOWN])),
            _table("next", (_next(moment, plan.site, plan.why) for moment, plan in self._coming())),
            _table("ended", ((_local(moment), name, result) for moment, name, result in self.results)),
        ]
        parts += [Text(one_line(message, 200), style="yellow") for message in self.messages]
        parts.append(Text("Ctrl-C ends after what is fetched is stored, twice: at once", style="dim"))
        self.live.update(Group(*parts), refresh=True)

    def _coming(self) -> list[Any]:
        return self.clock.coming(datetime.now(UTC))[:_SHOWN] if self.clock else []

    def _running(self, job: Document) -> tuple[str, str, str]:
        crawl = self.database["crawls"].find_one({"process": job.get("process")}, {"counts": 1})
        seconds = (datetime.now(UTC) - job["started_at"]).total_seconds() if job.get("started_at") else 0
        return f"{seconds:.0f} s", _name(job), _counts(crawl) if crawl else "starting"

    def end(self) -> None:
        """Close the view; what was counted stays on the screen."""
        self.live.stop()
        super().end()


def _table(title: str, rows: Any) -> Table:
    table = Table(box=None, title=title, title_justify="left", title_style="bold", show_header=False, pad_edge=False)
    for _ in range(3):
        table.add_column(no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _next(moment: datetime, site: str, why: str) -> tuple[str, str, str]:
    seconds = (moment - datetime.now(UTC)).total_seconds()
    return _local(moment), site, f"{why}{', waits for its turn' if seconds < -1 else ''}"


def _name(job: Document) -> str:
    """`elmassa`, or of a bulk job what it does."""
    return str(job["site"]) if job["due"] else one_line(" ".join(job["command"]), 80)


def _result(job: Document, crawl: Document | None) -> str:
    took = (job["ended_at"] - job["started_at"]).total_seconds() if job.get("started_at") else 0
    told = f"{job['state']} in {took:.0f} s"
    if crawl:
        told += f": {_counts(crawl)}"
    reason = job.get("reason")
    return told + (f" ({reason})" if reason and reason != "finished" else "")


def _counts(crawl: Document) -> str:
    return ", ".join(f"{crawl['counts'].get(kind, 0)} {kind}" for kind in _KINDS)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"
