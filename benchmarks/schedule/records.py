"""Weeks of run records in memory, made of the papers' script: how often the checks cry wolf, how soon they tell.

`python -m benchmarks.schedule.records [--seeds N]`; no database, no network. Each seed is thirty newspapers crawled for
six weeks; alarms of the last two count (the first four make the history). What real crawls meet is in it: listings
that time out now and then, dead links, slow hours, hours in which the crawler itself was off, a holiday, jitter.
"""

import argparse
import math
import random
import statistics
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.schedule.press import ALARM_OF, Paper, press
from crawler.watch.history import MOST_RUNS, REACH, History, Run
from crawler.watch.judge import judge

_WEEK = datetime(2026, 3, 2, tzinfo=UTC)
_GAPS = (15, 30, 60, 60, 180, 720)
"""Minutes between a site's runs."""


def runs_of(paper: Paper, gap: timedelta, chance: random.Random) -> Iterator[Run]:
    """The records of a paper's crawls, one after the other."""
    now, before = paper.begin, paper.begin - gap
    off_at = paper.begin + (paper.end - paper.begin) * chance.random()
    while now < paper.end:
        yield run_between(paper, before, now, chance)
        before = now
        now += gap + timedelta(seconds=chance.uniform(-20, 60))
        if before < off_at <= now:  # the machine slept
            now += timedelta(hours=chance.uniform(1, 8))


def run_between(paper: Paper, before: datetime, now: datetime, chance: random.Random) -> Run:
    """The record of a crawl of what the paper printed since the one before."""
    latency = paper.latency * math.exp(chance.gauss(0, 0.35)) * (2.5 if chance.random() < 0.01 else 1.0)
    if paper.is_troubled("slow", now):
        latency = paper.latency * 4 + 3
    newest = paper.newest(now, 1)
    common: dict[str, Any] = {"id": f"{paper.name}-{now.isoformat()}", "started_at": now, "latency": latency}
    common["newest_at"] = newest[0].published_at if newest else None
    if paper.is_troubled("refusing", now):
        at = paper.newest(paper.trouble_at or now, 1)
        common["newest_at"] = at[0].published_at if at else None
        return Run(**common, listings={"asked": 1, "failed": 1, "turned_away": 1})
    if chance.random() < 0.004:
        return Run(**common, listings={"asked": 1, "failed": 1})
    printed = paper.between(before, now)
    read = [story for story in printed if not story.is_broken]
    fields = {}
    for name in [*paper.odds] if read else []:
        filled = sum(name in paper.shows(story, now) for story in read)
        fields[name] = (filled, len(read) - filled)
    unchanged = int(not printed and chance.random() < 0.7)
    listings = {"asked": 1, "unchanged": unchanged, "found": 0 if unchanged else 30}
    return Run(
        **common, new=len(read), read=len(read), failed=len(printed) - len(read), fields=fields, listings=listings
    )


def watch(
    paper: Paper, gap: timedelta, chance: random.Random, since: datetime
) -> list[tuple[str, datetime, datetime | None]]:
    """The alarms that the paper's runs raise from `since` on: check, raised, over."""
    earlier: deque[Run] = deque(maxlen=MOST_RUNS)
    is_open: dict[str, Any] = {}
    alarms: list[tuple[str, datetime, datetime | None]] = []
    for run in runs_of(paper, gap, chance):
        while earlier and earlier[-1].started_at < run.started_at - REACH:
            earlier.pop()
        if run.started_at >= since:
            judged = judge(run, History(list(earlier)), is_open)
            for check in judged.well:
                is_open.pop(check)
                at = next(i for i in reversed(range(len(alarms))) if alarms[i][0] == check)
                alarms[at] = (*alarms[at][:2], run.started_at)
            for verdict in judged.wrong:
                if verdict.check not in is_open:
                    alarms.append((verdict.check, run.started_at, None))
                    is_open[verdict.check] = verdict.usual
            earlier.appendleft(replace(run, findings=frozenset(judged.findings)))
        else:
            earlier.appendleft(run)
    return alarms


def main() -> None:
    """Print the false alarms, and how soon each trouble was told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--papers", type=int, default=30)
    options = parser.parse_args()
    begin = time.monotonic()
    false: Counter[str] = Counter()
    delays: dict[str, list[float]] = {}
    missed: Counter[str] = Counter()
    site_weeks = 0
    for seed in range(options.seeds):
        chance = random.Random(seed)  # noqa: S311 - fiction
        for paper in press(seed, _WEEK, papers=options.papers):
            gap = timedelta(minutes=chance.choice(_GAPS))
            alarms = watch(paper, gap, chance, _WEEK - timedelta(days=14))
            site_weeks += 3
            expected = ALARM_OF.get(paper.trouble or "", "")
            own = [alarm for alarm in alarms if alarm[0] in expected and alarm[1] >= (paper.trouble_at or alarm[1])]
            for alarm in alarms:
                if alarm not in own[:1]:
                    false[alarm[0]] += 1
                    print(f"seed {seed} {paper.name} ({paper.trouble}, {paper.daily:.0f} a day, every {gap}): {alarm}")
            if paper.trouble and own and paper.trouble_at:
                delays.setdefault(paper.trouble, []).append((own[0][1] - paper.trouble_at) / timedelta(hours=1))
            elif paper.trouble:
                missed[paper.trouble] += 1
                print(f"seed {seed} {paper.name}: missed {paper.trouble}, {paper.daily:.0f} a day, every {gap}")
    print(f"{site_weeks} site-weeks watched in {time.monotonic() - begin:.0f} s: false alarms {dict(false) or 0}")
    for trouble, hours in sorted(delays.items()):
        told = f"{statistics.median(hours):.1f} hours (longest {max(hours):.1f})"
        print(f"{trouble}: told {len(hours)} of {len(hours) + missed[trouble]} times, after {told}")


if __name__ == "__main__":
    main()
