"""A simulated week: thirty newspapers over HTTP on a script, crawled on a timetable by the kiosk's clock, and watched.

`python -m benchmarks.schedule.week`. The real scheduler with a timetable file, its jobs, a real mongod, real HTTP, the
crawls of `scrapy crawl` (`runner.py`), the watching that follows each. The clock is the kiosk's: it is put forward to
the scheduler's next start, and each run's record is set to that time. Four weeks of earlier runs are written as
records, made of the same script. One paper changes its layout, one falls silent, one slows, one answers 403: these
raise exactly their alarms, told once by a webhook; nothing that is printed is stored later than its paper's interval;
the scheduler's memory stays flat.
"""

import argparse
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from pymongo.database import Database
from scrapy.settings import Settings

from benchmarks.loopback import Loopback, Reply
from benchmarks.schedule.kiosk import Kiosk
from benchmarks.schedule.long_run import Silent, resident
from benchmarks.schedule.press import ALARM_OF, Paper, press
from benchmarks.schedule.records import run_between, runs_of
from crawler.catalogue import spiders
from crawler.schedule.plan import Timetable
from crawler.schedule.scheduler import Scheduler
from crawler.store.connection import open_database
from crawler.store.jobs import end_job, start_job
from crawler.store.local import LocalServer
from crawler.store.schema import prepare_before
from crawler.watch.history import Run
from crawler.watch.rounds import after_run

_ROOT = Path(__file__).parents[2]
_GROWTH = 1.1
"""Memory of the last day at most, of the second day's: the first fills caches."""


class Webhook(Loopback):
    """Counts what it is told, by event and site."""

    def __init__(self) -> None:
        self.told: Counter[str] = Counter()

    def respond(self, request: BaseHTTPRequestHandler) -> Reply:
        """Take a message."""
        text = json.loads(request.rfile.read(int(request.headers["Content-Length"])))["text"]
        self.told[text.splitlines()[0].partition(":")[0]] += 1  # ALARM paper07
        return Reply(200, {}, b"")


class Runner:
    """Runs the scheduler's jobs in one process that stays: a process a crawl would pay its imports 650 times.

    Args:
        process: of `benchmarks.schedule.runner`.
        kiosk: whose time it is.
        database: the collection's.
        settings: of the watching.
    """

    is_local = True

    def __init__(
        self, process: "subprocess.Popen[str]", kiosk: Kiosk, database: Database[dict[str, Any]], settings: Settings
    ) -> None:
        self.process = process
        self.kiosk = kiosk
        self.database = database
        self.settings = settings
        self.read_until = dict.fromkeys(kiosk.papers, kiosk.now)
        self.late: list[timedelta] = []
        self.missed: list[str] = []
        self.crawls = 0

    def take(self, jobs: list[dict[str, Any]], leases: Mapping[str, Any], timetable: Timetable) -> list[dict[str, Any]]:
        """Crawl what is due, one after the other; each run's record is set to the kiosk's time, and judged."""
        del leases, timetable  # a dispatcher's form
        for job in jobs:
            start_job(self.database, job["_id"], "benchmark", None)
            crawl = self.crawl(job["site"])
            at = self.kiosk.now
            times = {"started_at": at, "alive_at": at, "ended_at": at + timedelta(seconds=5), "why": job["why"]}
            self.database["crawls"].update_one({"_id": crawl}, {"$set": times})
            after_run(self.database, self.settings, crawl)
            end_job(self.database, job["_id"], "benchmark", status=0, reason="finished", crawl=crawl)
            self._measure(self.kiosk.papers[job["site"]], at)
            self.crawls += 1
        return jobs

    def look(self) -> None:
        """Nothing goes on between two looks."""

    def crawl(self, name: str) -> str:
        """Crawl a paper; answers the run's id."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{name}\n")
        self.process.stdin.flush()
        if not (crawl := self.process.stdout.readline().strip()):
            raise SystemExit(f"the process that crawls ended at {name}")
        return crawl

    def _measure(self, paper: Paper, at: datetime) -> None:
        """How late what the paper printed since its last crawl was stored, and what was not."""
        printed = paper.between(self.read_until[paper.name], at)
        self.read_until[paper.name] = at
        if paper.is_troubled("refusing", at):
            return
        addresses = {
            f"{self.kiosk.address}/{paper.name}/news/{one.number}": one for one in printed if not one.is_broken
        }
        found = self.database["articles"].find({"url": {"$in": list(addresses)}}, {"url": 1, "_id": 0})
        stored = {one["url"] for one in found}
        self.late += [at - addresses[address].published_at for address in stored]
        self.missed += [address for address in addresses if address not in stored]


def _document(site: str, run: Run) -> dict[str, Any]:
    """A run's figures as `crawls` holds them."""
    fields = {name: {"filled": has, "missing": lacks, "lacking": []} for name, (has, lacks) in run.fields.items()}
    return {
        "_id": f"{run.id}",
        "site": site,
        "why": "timetable: bench",
        "arguments": {},
        "replay": None,
        "started_at": run.started_at,
        "alive_at": run.started_at,
        "ended_at": run.started_at + timedelta(seconds=5),
        "reason": "finished",
        "counts": {"new": run.new},
        "first_tries": {"read": run.read, "failed": run.failed, "turned_away": run.turned_away},
        "discovery": {"feed": run.listings},
        "fields": fields,
        "answers": {"median": run.latency},
        "newest_at": run.newest_at,
        "findings": [],
    }


def _report(runner: Runner, webhook: Webhook, gap: timedelta, memory: list[int], seconds: float) -> int:
    """Print what came of it; 1 where something is not as it should be."""
    database = runner.database
    jobs = Counter(job["state"] for job in database["jobs"].find({}, {"state": 1}))
    print(f"{runner.crawls} crawls in {seconds:.0f} s, each paper every {gap} of its own time; jobs: {dict(jobs)}")
    late = max(runner.late, default=timedelta(0))
    print(f"{len(runner.late)} articles printed; stored after {late} at the latest; missed: {len(runner.missed)}")
    for address in runner.missed[:5]:
        print(f"  missed: {address}")
    print("memory of the scheduler's process each day, MiB:", " ".join(f"{size / 2**20:.1f}" for size in memory))
    wrong = (
        len(runner.missed) + (late > gap) + (jobs["done"] != runner.crawls) + (memory[-1] > _GROWTH * memory[:2][-1])
    )
    for paper in runner.kiosk.papers.values():
        wrong += _report_alarms(paper, list(database["alarms"].find({"site": paper.name}).sort("since", 1)), webhook)
    print("as it should be" if not wrong else f"{wrong} things are wrong")
    return int(bool(wrong))


def _report_alarms(paper: Paper, alarms: list[dict[str, Any]], webhook: Webhook) -> int:
    """Print a paper's alarms, if it has any or should; answers how many things are wrong."""
    expected = ALARM_OF.get(paper.trouble or "")
    is_right = [alarm["check"] in expected for alarm in alarms] == [True] if expected else not alarms
    if not alarms and is_right:
        return 0
    wrong = int(not is_right)
    print(f"{'ok   ' if is_right else 'WRONG'} {paper.name}: {paper.trouble}, {paper.daily:.0f} articles a day")
    for alarm in alarms:
        hours = (alarm["since"] - paper.trouble_at) / timedelta(hours=1) if paper.trouble_at else None
        after = f", {hours:.0f} h after it began" if hours is not None else ""
        told = webhook.told[f"ALARM {paper.name}"]
        wrong += told != 1
        print(f"      {alarm['check']}{after}, told {told} time{'s' * (told != 1)}: {alarm['message'][:150]}")
    return wrong


def _write_history(runner: Runner, gap: timedelta) -> None:
    """Records of the runs before the week, of the papers' script, and what the papers had before it."""
    chance, week = random.Random(1), runner.kiosk.now  # noqa: S311 - fiction
    for paper in runner.kiosk.papers.values():
        runs = [run for run in runs_of(paper, gap, chance) if run.started_at < week]
        # The crawl that reads what is there already is told as one like those before it.
        runs.append(run_between(paper, runs[-1].started_at, week, chance))
        runner.database["crawls"].delete_one({"_id": runner.crawl(paper.name)})
        runner.database["crawls"].insert_many([_document(paper.name, run) for run in runs])


def _run_week(runner: Runner, path: Path, end: datetime, begin: float) -> list[int]:
    """The scheduler works until the end; answers its process' memory in bytes after each day."""
    kiosk, start, memory = runner.kiosk, runner.kiosk.now, list[int]()
    known = spiders(Settings({"SPIDER_MODULES": ["benchmarks.schedule.spiders"]}))
    scheduler = Scheduler(runner.database, path, known, runner, Silent(runner.database), now=lambda: kiosk.now)
    scheduler.clock.open(start, never_run_is_due=False)
    while (coming := scheduler.clock.coming(kiosk.now)) and coming[0][0] <= end:
        kiosk.now = coming[0][0]
        if scheduler.look() and scheduler.clock.coming(kiosk.now)[0][0] <= kiosk.now:
            raise SystemExit(f"the scheduler does not go on at {kiosk.now}")
        if (kiosk.now - start) // timedelta(days=1) > len(memory):
            gc.collect()
            memory.append(resident())
            print(f"{kiosk.now:%a %H:%M} {time.monotonic() - begin:4.0f} s", file=sys.stderr)
    return [*memory, resident()]


def main() -> int:
    """Run the week and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=8, help="between two crawls of a paper (default: 8)")
    parser.add_argument("--days", type=float, default=7, help="of the week (default: 7)")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    gap = timedelta(hours=options.hours)
    # In the past, as dates to come are no dates of articles; always at the same hour and weekday, as papers go by them.
    start = datetime(2026, 3, 2, tzinfo=UTC)
    papers = press(options.seed, start, most=40)
    for paper in papers:
        paper.latency = 0.01  # loopback's
    begin = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="naba-week-")))
        server = stack.enter_context(LocalServer.acquire(folder / "data"))
        webhook = stack.enter_context(Webhook())
        kiosk = stack.enter_context(Kiosk(papers, start))
        named = {"MONGODB_URI": server.uri, "MONGODB_DATABASE": "week", "NABA_DATA": str(folder)}
        settings = Settings({**named, "ALARM_WEBHOOK": f"{webhook.address}/"})
        connection = stack.enter_context(open_database(settings))
        prepare_before(connection)
        process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "benchmarks.schedule.runner"],
                cwd=_ROOT,
                env=os.environ
                | named
                | {"NABA_TEST_SITE": kiosk.address, "SCRAPY_SETTINGS_MODULE": "crawler.settings"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        runner = Runner(process, kiosk, connection.database(), settings)
        _write_history(runner, gap)
        timetable = folder / "crawls.toml"
        timetable.write_text(f'[defaults]\nevery = "{round(gap / timedelta(minutes=1))}m"\n', "utf-8")
        memory = _run_week(runner, timetable, start + timedelta(days=options.days), begin)
        assert process.stdin is not None
        process.stdin.close()
        return _report(runner, webhook, gap, memory, time.monotonic() - begin)


if __name__ == "__main__":
    sys.exit(main())
