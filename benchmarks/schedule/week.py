"""A simulated week: thirty newspapers over HTTP on a script, crawled on a timetable by the kiosk's clock, and watched.

`python -m benchmarks.schedule.week`. A real mongod, real HTTP, the crawls of `scrapy crawl` (`runner.py`), the watching
that follows each. The clock is the kiosk's: a round of crawls every few of its hours, each run's record set to the
time of its round. Four weeks of earlier runs are written as records, made of the same script. One paper changes its
layout, one falls silent, one slows, one answers 403: these raise exactly their alarms, told once by a webhook, and
nothing that is printed is stored later than the crawl that follows it.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Self

from pymongo.database import Database
from scrapy.settings import Settings

from benchmarks.schedule.kiosk import Kiosk
from benchmarks.schedule.press import ALARM_OF, Paper, press
from benchmarks.schedule.records import runs_of
from crawler.store.connection import open_database
from crawler.store.local import LocalServer
from crawler.store.schema import prepare_before
from crawler.watch.history import Run
from crawler.watch.rounds import after_run

_ROOT = Path(__file__).parents[2]
_RUNNERS = 2


class Webhook:
    """Counts what it is told, by event and site."""

    def __init__(self) -> None:
        self.told: Counter[str] = Counter()
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]
                webhook.told[text.splitlines()[0].partition(":")[0]] += 1  # ALARM paper07
                self.send_response(200)
                self.end_headers()

            def log_message(self, *arguments: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> Self:
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class Week:
    """The papers, their database, and the processes that crawl."""

    def __init__(
        self, papers: list[Paper], gap: timedelta, database: Database[dict[str, Any]], settings: Settings
    ) -> None:
        self.papers = papers
        self.gap = gap
        self.database = database
        self.settings = settings
        self.late: list[timedelta] = []
        self.missed: list[str] = []
        self.crawls = 0

    def write_history(self, week: datetime) -> None:
        """Records of the runs before the week, of the papers' script."""
        chance = random.Random(1)  # noqa: S311 - fiction
        for paper in self.papers:
            runs = [run for run in runs_of(paper, self.gap, chance) if run.started_at < week]
            self.database["crawls"].insert_many([_document(paper.name, run) for run in runs])

    def crawl(self, kiosk: Kiosk, runners: "list[subprocess.Popen[str]]", at: datetime, *, judge: bool) -> None:
        """One round: every paper once; then each run's record is set to the round's time, and judged."""
        kiosk.now = at
        known = {url["url"] for url in self.database["articles"].find({}, {"url": 1, "_id": 0})}
        lines: dict[str, str] = {}
        for i, runner in enumerate(runners):
            names = [paper.name for paper in self.papers[i :: len(runners)]]
            Thread(target=_crawl_each, args=(runner, names, lines), daemon=True).start()
        while len(lines) < len(self.papers):
            time.sleep(0.05)
            if any(runner.poll() is not None for runner in runners):
                raise SystemExit("a runner ended")
        for crawl in sorted(lines.values()):
            if not judge:
                self.database["crawls"].delete_one({"_id": crawl})
                continue
            times = {"started_at": at, "alive_at": at, "ended_at": at + timedelta(seconds=5), "why": "timetable: bench"}
            self.database["crawls"].update_one({"_id": crawl}, {"$set": times})
            after_run(self.database, self.settings, crawl)
            self.crawls += 1
        if judge:
            self._measure(kiosk, known, at)

    def _measure(self, kiosk: Kiosk, known: set[str], at: datetime) -> None:
        """How late what was printed since the last round was stored, and what was not."""
        stored = {url["url"] for url in self.database["articles"].find({}, {"url": 1, "_id": 0})}
        for paper in self.papers:
            for story in paper.between(at - self.gap, at):
                address = f"{kiosk.address}/{paper.name}/news/{story.number}"
                if story.is_broken or paper.is_troubled("refusing", at):
                    continue
                if address in stored:
                    self.late.append(at - story.published_at)
                else:
                    self.missed.append(address)
        assert known <= stored


def _crawl_each(runner: "subprocess.Popen[str]", names: list[str], ids: dict[str, str]) -> None:
    assert runner.stdin is not None
    assert runner.stdout is not None
    for name in names:
        runner.stdin.write(f"{name}\n")
        runner.stdin.flush()
        ids[name] = runner.stdout.readline().strip()


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


def _report(week: Week, webhook: Webhook, begin: float) -> int:
    """Print what came of it; 1 where something is not as it should be."""
    alarms = list(week.database["alarms"].find().sort("since", 1))
    wrong = len(week.missed)
    print(f"{week.crawls} crawls in {time.monotonic() - begin:.0f} s, every {week.gap} of the papers' time")
    late = max(week.late, default=timedelta(0))
    print(f"{len(week.late)} articles printed; stored after {late} at the latest; missed: {len(week.missed)}")
    print("\n".join(f"  missed: {address}" for address in week.missed[:5]))
    for paper in week.papers:
        own = [alarm for alarm in alarms if alarm["site"] == paper.name]
        expected = ALARM_OF.get(paper.trouble or "")
        is_right = [alarm["check"] in expected for alarm in own] == [True] if expected else not own
        wrong += not is_right
        if not own and is_right:
            continue
        print(f"{'ok   ' if is_right else 'WRONG'} {paper.name}: {paper.trouble}, {paper.daily:.0f} articles a day")
        for alarm in own:
            after = (
                f", {(alarm['since'] - paper.trouble_at) / timedelta(hours=1):.0f} h after it began"
                if paper.trouble_at
                else ""
            )
            told = webhook.told[f"ALARM {paper.name}"]
            wrong += told != 1
            print(f"      {alarm['check']}{after}, told {told} time{'s' * (told != 1)}: {alarm['message'][:150]}")
    print("as it should be" if not wrong else f"{wrong} things are wrong")
    return int(bool(wrong))


def main() -> int:
    """Run the week and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=8, help="between the rounds (default: 8)")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    gap = timedelta(hours=options.hours)
    end = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    start = end - timedelta(days=7)
    papers = press(options.seed, start, most=40)
    for paper in papers:
        paper.latency = 0.01  # loopback's
    begin = time.monotonic()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="naba-week-"))
        server = stack.enter_context(LocalServer.acquire(Path(folder) / "data"))
        webhook = stack.enter_context(Webhook())
        kiosk = stack.enter_context(Kiosk(papers, start))
        named = {"MONGODB_URI": server.uri, "MONGODB_DATABASE": "week", "NABA_DATA": folder}
        hook = f"http://127.0.0.1:{webhook.server.server_address[1]}/"
        settings = Settings({**named, "ALARM_WEBHOOK": hook})
        connection = stack.enter_context(open_database(settings))
        prepare_before(connection)
        environment = (
            os.environ | named | {"NABA_TEST_SITE": kiosk.address, "SCRAPY_SETTINGS_MODULE": "crawler.settings"}
        )
        runners = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "benchmarks.schedule.runner"],
                    cwd=_ROOT,
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(_RUNNERS)
        ]
        week = Week(papers, gap, connection.database(), settings)
        week.write_history(start)
        week.crawl(kiosk, runners, start, judge=False)  # what the papers had before the week
        at = start + gap
        while at <= end:
            week.crawl(kiosk, runners, at, judge=True)
            print(f"{at:%a %H:%M} {time.monotonic() - begin:4.0f} s", file=sys.stderr)
            at += gap
        for runner in runners:
            assert runner.stdin is not None
            runner.stdin.close()
        return _report(week, webhook, begin)


if __name__ == "__main__":
    sys.exit(main())
