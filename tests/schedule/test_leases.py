"""Leases: one holder at a time, by the server's clock; who loses one ends."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from pymongo import MongoClient

from crawler.processes import holder
from crawler.schedule.guard import memory_of
from crawler.store.jobs import Job, add_jobs, find_job
from crawler.store.leases import Heartbeat, live_leases, release_lease, take_lease
from tests.conftest import ROOT
from tests.fleet.site import Fleet
from tests.schedule.test_scheduler import QUICK, wait_for

ELSEWHERE = "elsewhere:1:1"


class TestTaking:
    def test_of_many_at_once_one_has_it(self, database):
        def take(number):
            return take_lease(database, "a", holder=f"elsewhere:{number}:1", seconds=60)

        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(take, range(24)))
        assert answers.count(None) == 1
        (lease,) = database.leases.find()
        assert {answer["holder"] for answer in answers if answer} == {lease["holder"]}

    def test_it_runs_out_and_is_another_s_by_the_server_s_clock(self, database):
        assert take_lease(database, "a", holder=ELSEWHERE, seconds=0.5, job="j") is None
        assert take_lease(database, "a")["job"] == "j"
        assert set(live_leases(database)) == {"a"}
        wait_for(lambda: take_lease(database, "a") is None)
        lease = database.leases.find_one()
        assert (lease["holder"], lease["number"]) == (holder(), 2)
        assert "job" not in lease

    def test_a_process_of_this_machine_that_is_gone_has_none(self, database):
        gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
        dead = holder().rsplit(":", 2)[0] + f":{int(gone.stdout)}:1"
        assert take_lease(database, "a", holder=dead, seconds=600) is None
        assert live_leases(database) == {}
        assert take_lease(database, "a") is None

    def test_only_its_holder_gives_it_back(self, database):
        take_lease(database, "a")
        release_lease(database, "a", ELSEWHERE)
        assert live_leases(database)
        release_lease(database, "a", holder())
        assert not live_leases(database)


class TestHeartbeat:
    def test_it_is_prolonged_and_its_loss_is_told_once(self, database):
        lost = threading.Event()
        told = []
        take_lease(database, "a", seconds=1)
        heartbeat = Heartbeat(database, "a", seconds=1, on_loss=lambda why: (told.append(why), lost.set()))
        heartbeat.start()
        time.sleep(2)
        assert take_lease(database, "a", holder=ELSEWHERE, seconds=60)  # still this process'
        database.leases.update_one({"_id": "a"}, {"$set": {"holder": ELSEWHERE}})
        assert lost.wait(10)
        heartbeat.stop()
        assert told == ["another process has it"]

    def test_a_call_that_hangs_does_not_hide_that_the_lease_is_over(self):
        lost = threading.Event()
        with MongoClient("mongodb://127.0.0.1:1", serverSelectionTimeoutMS=60_000) as client:
            heartbeat = Heartbeat(client["any"], "a", seconds=1, on_loss=lambda _: lost.set())
            heartbeat.start()
            assert lost.wait(20)
            heartbeat.stop()


@pytest.fixture
def run_job(environment, mongod_uri, database):
    """Start a job's process as a scheduler does."""
    started = []

    def start(job_id, fleet, **variables):
        own = {
            "MONGODB_URI": mongod_uri,
            "MONGODB_DATABASE": database.name,
            "NABA_TEST_SITE": fleet.address,
            "NABA_TEST_FLEET": "1",
            "NABA_ARCHIVE_ENABLED": "0",
            "NABA_LEASE_SECONDS": "3",
        }
        code = "import sys; from crawler.schedule.job import main; sys.exit(main(sys.argv[1:]))"
        process = subprocess.Popen(
            [sys.executable, "-c", code, job_id], cwd=ROOT, env=environment | own | variables, stderr=subprocess.PIPE
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.communicate()


def queue(database):
    add_jobs(database, [Job("j", ["crawl", "fleet00", *QUICK], "fleet00", "", "fleet00")])


def test_a_crawl_that_slept_over_its_lease_ends_and_leaves_the_job_to_the_next(run_job, database):
    with Fleet(articles=40, seconds=0.2) as fleet:
        queue(database)
        first = run_job("j", fleet)
        wait_for(lambda: fleet.asked["/fleet00/news/2"])
        os.kill(first.pid, signal.SIGSTOP)
        database.leases.update_one({"_id": "fleet00"}, {"$set": {"holder": ELSEWHERE}})  # it ran out, another took it
        os.kill(first.pid, signal.SIGCONT)
        first.communicate(timeout=60)
        assert first.returncode != 0
        assert len([path for path in fleet.asked if "/news/" in path]) < 40
        assert find_job(database, "j")["state"] == "running"  # as its new holder says
        assert database.leases.find_one()["holder"] == ELSEWHERE
        database.leases.delete_many({})
        fleet.seconds = 0
        second = run_job("j", fleet)
        assert second.communicate(timeout=60)
        assert second.returncode == 0
    assert find_job(database, "j")["state"] == "done"
    assert database.articles.count_documents({}) == 40


def test_a_job_that_is_stopped_before_its_crawl_began_is_begun_anew(run_job, database):
    with Fleet(articles=1) as fleet:
        command = ["crawl", "stalling", "-s", "SPIDER_MODULES=spiders,tests.spiders"]
        add_jobs(database, [Job("j", command, "stalling", "", "stalling")])
        job = run_job("j", fleet)
        wait_for(database.crawls.find_one)
        job.send_signal(signal.SIGINT)
        _, errors = job.communicate(timeout=60)
    assert job.returncode == 130, errors
    assert b"Traceback" not in errors
    assert find_job(database, "j")["state"] == "queued"


def test_a_job_that_holds_too_much_memory_is_ended_and_says_so(run_job, database):
    with Fleet(articles=40, seconds=0.5) as fleet:
        queue(database)
        process = run_job("j", fleet, NABA_JOB_MEMORY="100")
        _, told = process.communicate(timeout=100)
    assert b"the job ends: memory" in told
    job = find_job(database, "j")
    ends = [("failed", "memory")]
    if process.returncode == -signal.SIGKILL:  # before it could write why: the next attempt counts it
        ends.append(("running", ""))
    assert (job["state"], (job["reason"] or "")[:6]) in ends


def test_memory_counts_the_whole_family():
    alone = memory_of(os.getpid())
    with subprocess.Popen([sys.executable, "-c", "x = bytearray(60_000_000); print(1, flush=True); input()"],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:  # fmt: skip
        child.stdout.readline()
        together = memory_of(os.getpid())
        child.communicate(b"\n")
    if alone:  # Linux
        assert together - alone > 50_000_000
