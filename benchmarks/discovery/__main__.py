"""`make bench-discovery`: a newspaper of 5,000 articles on loopback; prints what each crawl asked for, stored and took.

A real mongod, real HTTP, crawls as users start them. No delay between requests: the site is our own.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database

from benchmarks.discovery.newspaper import Newspaper
from crawler.store.local import LocalServer

_ROOT = Path(__file__).parents[2]
_QUICK = ["-s", "SPIDER_MODULES=tests.spiders", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]
_KILLS = 5


class Bench:
    """One newspaper and one database."""

    def __init__(self, paper: Newspaper, uri: str, database: Database[dict[str, Any]], folder: Path) -> None:
        self.paper = paper
        self.database = database
        self.environment = os.environ | {
            "MONGODB_URI": uri,
            "MONGODB_DATABASE": database.name,
            "NABA_TEST_SITE": paper.address,
            "NABA_DATA": str(folder),
        }

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Begin a crawl."""
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", "gazette", *_QUICK, *arguments],
            cwd=_ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def crawl(self, name: str, *arguments: str) -> None:
        """Run a crawl to its end and print a line."""
        self.paper.forget()
        begin = time.monotonic()
        process = self.start(*arguments)
        errors = process.communicate()[1]
        line = errors.strip().splitlines()[-1]
        if process.returncode:
            sys.exit(f"{name}: the crawl failed: {line}")
        self.report(name, time.monotonic() - begin, line)

    def report(self, name: str, seconds: float, line: str) -> None:
        """Print what was asked for and stored."""
        counts = {kind: int(count) for count, kind in re.findall(r"(\d+) (new|updated|unchanged|gone)", line)}
        stored = self.database["articles"].count_documents({})
        print(
            f"{name:<34} {len(self.paper.asked):>7} {len(self.paper.fetched()):>8} {counts.get('new', 0):>6} "
            f"{counts.get('updated', 0):>7} {stored:>7} {seconds:>7.0f}",
            flush=True,
        )

    def kill_at(self, stored: int, *arguments: str) -> None:
        """Begin a crawl and kill it when so many articles are stored."""
        process = self.start(*arguments)
        while process.poll() is None and self.database["articles"].count_documents({}) < stored:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if process.returncode != -signal.SIGKILL:
            sys.exit(f"the crawl ended before it was killed at {stored}")


def run(size: int, uri: str, folder: Path) -> None:
    """The crawls, one after the other."""
    client: MongoClient[dict[str, Any]]
    database: Database[dict[str, Any]]
    print(f"{'crawl':<34} {'asked':>7} {'articles':>8} {'new':>6} {'updated':>7} {'stored':>7} {'s':>7}")
    with MongoClient(uri) as client, Newspaper(size) as paper:
        since = f"since={paper.first_month:%Y-%m}"
        for kind in ("whole", "killed"):
            database = client[f"bench_{uuid.uuid4().hex[:8]}"]
            bench = Bench(paper, uri, database, folder)
            try:
                (_whole if kind == "whole" else _killed)(bench, since)
            finally:
                client.drop_database(database.name)


def _whole(bench: Bench, since: str) -> None:
    bench.crawl("first, since two years ago", "-a", since)
    bench.crawl("again, nothing new", "-a", since)
    bench.crawl("today, nothing new")
    numbers = max(bench.paper.stories)
    bench.paper.edit(numbers, numbers - 1)
    bench.paper.publish(7)
    bench.crawl("7 new, 2 edited")


def _killed(bench: Bench, since: str) -> None:
    bench.paper.forget()
    size = len(bench.paper.stories)
    begin = time.monotonic()
    for kill in range(_KILLS):
        bench.kill_at((kill + 1) * size // (_KILLS + 1), "-a", since)
    errors = bench.start("-a", since).communicate()[1]
    bench.report(f"killed {_KILLS} times, then to its end", time.monotonic() - begin, errors.strip().splitlines()[-1])
    fetched = len(bench.paper.fetched())
    print(f"articles {size}, fetched {fetched}: {100 * (fetched / size - 1):.1f} % in vain")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.discovery", description=__doc__)
    parser.add_argument("--size", type=int, default=5000, help="articles of the newspaper (default: 5000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, LocalServer.acquire(folder) as server:
        run(options.size, server.uri, Path(folder))


if __name__ == "__main__":
    main()
