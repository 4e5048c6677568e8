"""Three workers killed at random on Redis and on RabbitMQ, then 1, 2 and 4 workers on the same work: printed as tables.

`python -m benchmarks.schedule.workers [--jobs 300] [--kills 24] [--broker redis,rabbitmq] [--no-throughput]`
"""

import argparse
import contextlib
import tempfile
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from benchmarks.schedule.cluster import Cluster, Outcome
from crawler.store.local import LocalServer
from tests.fleet.site import Fleet
from tests.schedule.brokers import rabbitmq_server, redis_server

_BROKERS: dict[str, Callable[[Path], AbstractContextManager[str]]] = {
    "redis": redis_server,
    "rabbitmq": rabbitmq_server,
}
_COLUMNS = (
    f"{'':<28} {'jobs':>5} {'done':>5} {'failed':>6} {'kills':>5} {'crawls':>6} {'at once':>7} {'overlaps':>8} "
    f"{'articles':>8} {'doubled':>7} {'s':>6}"
)


def show(name: str, outcome: Outcome) -> None:
    """One line of the table."""
    print(
        f"{name:<28} {outcome.jobs:>5} {outcome.done:>5} {outcome.failed:>6} {outcome.kills:>5} {outcome.begun:>6} "
        f"{outcome.together:>7} {outcome.overlaps:>8} {outcome.articles:>8} {outcome.twice:>7} {outcome.seconds:>6.0f}",
        flush=True,
    )


def killed(uri: str, broker: str, *, papers: int, jobs_a_paper: int, kills: int) -> Outcome:
    """Three workers, one crawl each, killed at random."""
    with contextlib.ExitStack() as stack:
        # Two articles a job: the paper's are all there when its jobs are done.
        articles = min(12, 2 * jobs_a_paper)
        cluster = _cluster(stack, uri, broker, papers, articles=articles, seconds=0.02)
        jobs = cluster.send(jobs_a_paper, "-a", "limit=2")
        return cluster.run(jobs, workers=3, processes=1, kills=kills)


def quick(uri: str, *, papers: int, workers: int, seconds: float) -> Outcome:
    """Workers of one crawl each on sites that take their time, as real ones do; nobody is killed."""
    with contextlib.ExitStack() as stack:
        cluster = _cluster(stack, uri, "redis", papers, articles=12, seconds=seconds)
        return cluster.run(cluster.send(1), workers=workers, processes=1, kills=0)


def _cluster(
    stack: contextlib.ExitStack, uri: str, broker: str, papers: int, *, articles: int, seconds: float
) -> Cluster:
    """Newspapers, a broker and a database of one's own."""
    client: MongoClient[dict[str, Any]] = stack.enter_context(MongoClient(uri, tz_aware=True))
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    database = client[f"bench_{uuid.uuid4().hex[:8]}"]
    stack.callback(client.drop_database, database.name)
    fleet = stack.enter_context(Fleet(articles=articles, seconds=seconds))
    url = stack.enter_context(_BROKERS[broker](folder))
    return Cluster(fleet, papers, uri=uri, database=database, broker=url, folder=folder)


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schedule.workers", description=__doc__)
    parser.add_argument("--jobs", type=int, default=300, help="of the killed workers (default: 300)")
    parser.add_argument("--kills", type=int, default=24, help="SIGKILLs (default: 24)")
    parser.add_argument("--papers", type=int, default=30, help="newspapers (default: 30)")
    parser.add_argument("--broker", default="redis,rabbitmq", help="which (default: both)")
    parser.add_argument("--throughput", type=int, default=24, help="jobs of each of 1, 2, 4 workers; 0: none (24)")
    options = parser.parse_args()
    right = True
    with tempfile.TemporaryDirectory() as folder, LocalServer.acquire(folder) as server:
        print(_COLUMNS)
        for broker in filter(None, options.broker.split(",")):
            try:
                outcome = killed(
                    server.uri, broker, papers=options.papers, jobs_a_paper=options.jobs // options.papers,
                    kills=options.kills,
                )  # fmt: skip
            except FileNotFoundError as error:
                print(f"{broker:<28} not run: {error}")
                continue
            show(f"killed, {broker}", outcome)
            right &= outcome.is_right()
        if options.throughput:
            _throughput(server.uri, options.throughput)
    raise SystemExit(0 if right else 1)


def _throughput(uri: str, jobs: int) -> None:
    first = 0.0
    for workers in (1, 2, 4):
        outcome = quick(uri, papers=jobs, workers=workers, seconds=1.0)
        rate = outcome.done / outcome.seconds
        first = first or rate
        show(f"{workers} workers, {rate / first:.2f} times one", outcome)


if __name__ == "__main__":
    main()
