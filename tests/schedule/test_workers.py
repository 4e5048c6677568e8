"""Workers on a real broker, killed at random: no job is lost, no site crawled twice at a time, no article doubled."""

import contextlib
import shutil
import signal
import subprocess
import sys

import pytest

from benchmarks.schedule.cluster import Cluster, overlaps
from crawler.store.jobs import Job, add_jobs, find_job
from tests.conftest import ROOT
from tests.fleet.site import Fleet
from tests.schedule.brokers import redis_server
from tests.schedule.test_scheduler import QUICK, wait_for

PAPERS = 5


@pytest.fixture
def redis(tmp_path):
    """A Redis of the test's own."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    with redis_server(tmp_path) as url:
        yield url


@pytest.fixture
def fleet():
    with Fleet(articles=6, seconds=0.05) as site:
        yield site


@pytest.fixture
def cluster(fleet, mongod_uri, database, redis, tmp_path):
    cluster = Cluster(fleet, PAPERS, uri=mongod_uri, database=database, broker=redis, folder=tmp_path)
    yield cluster
    with contextlib.suppress(Exception):
        cluster.stop()


def test_workers_are_killed_and_every_job_is_done(cluster, tmp_path):
    jobs = cluster.send(3, "-a", "limit=2")
    outcome = cluster.run(jobs, workers=3, processes=1, kills=4)
    assert outcome.kills == 4, outcome
    assert outcome.is_right(), (outcome, (tmp_path / "workers.log").read_text("utf-8"))


def test_the_scheduler_puts_what_is_due_on_the_broker(cluster, database, fleet, tmp_path):
    (tmp_path / "crawls.toml").write_text('[defaults]\nevery = "1d"\nat_most = 3\n', "utf-8")

    def once():
        return subprocess.run(
            [sys.executable, "-m", "scrapy", "schedule", *QUICK, "--once"],
            cwd=ROOT,
            env=cluster.environment | {"NABA_TIMETABLE": str(tmp_path / "crawls.toml")},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    first = once()
    assert first.returncode == 0, first.stderr
    assert first.stderr.count(": sent (timetable: every 1d") == 3  # at_most
    assert once().stderr.count(": sent") == 0
    cluster.start(1, 2)
    wait_for(lambda: database.jobs.count_documents({"state": "done"}) == 3)
    assert once().stderr.count(": sent") == 2
    wait_for(lambda: database.jobs.count_documents({"state": "done"}) == PAPERS)
    assert set(fleet.crawled().values()) == {1}
    cluster.workers[0].send_signal(signal.SIGTERM)
    assert cluster.workers[0].wait(60) == 0


def test_a_worker_that_is_stopped_hands_its_crawl_on(cluster, database, fleet):
    fleet.on_request = lambda path: wait_for(lambda: not hold) if path == "/fleet00/news/2" else None
    hold = [True]
    cluster.papers = 1
    cluster.send(1)
    cluster.start(1, 1)
    wait_for(lambda: fleet.asked["/fleet00/news/2"])
    cluster.workers[0].send_signal(signal.SIGTERM)
    hold.clear()
    assert cluster.workers[0].wait(60) == 0
    assert find_job(database, "fleet00/0")["state"] in {"queued", "done"}
    cluster.workers.clear()
    cluster.start(1, 1)
    wait_for(lambda: find_job(database, "fleet00/0")["state"] == "done")
    assert database.articles.count_documents({}) == 6


def test_overlaps_are_seen(database):
    add_jobs(database, [Job("a", ["crawl", "a"], "a", "")])
    at = find_job(database, "a")["queued_at"]
    later = at.replace(year=at.year + 1)
    run = {"site": "a", "started_at": at, "ended_at": later}
    assert overlaps([run, run | {"started_at": later}]) == 0
    assert overlaps([run, run | {"started_at": at.replace(microsecond=999_999)}]) == 1


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "error: set BROKER_URL to redis://"),
        ("http://127.0.0.1:1/", "error: BROKER_URL=http://127.0.0.1:1/ is no broker: write redis://"),
        ("redis://:secret@127.0.0.1:1/0", "error: the broker at redis://:***@127.0.0.1:1/0 cannot be used"),
        ("amqp://guest:secret@127.0.0.1:1/", "error: the broker at amqp://guest:***@127.0.0.1:1/ cannot be used"),
    ],
)
def test_a_broker_that_is_none_is_told_in_a_line(scrapy_with_store, url, told):
    answer = scrapy_with_store("worker", BROKER_URL=url)
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert line.startswith(told)
    assert "secret" not in line
