"""The scheduler as a user runs it: real crawls of real HTTP, killed and stopped at any instant."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from crawler.store.leases import take_lease
from tests.conftest import ROOT
from tests.fleet.site import Fleet

QUICK = ["-s", "SPIDER_MODULES=tests.fleet", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return answer


@pytest.fixture
def fleet():
    with Fleet() as site:
        yield site


@pytest.fixture
def schedule(environment, mongod_uri, database, fleet, tmp_path):
    """Start `scrapy schedule`; whatever it leaves is killed in the end."""
    started = []

    def start(timetable, *options, **variables):
        (tmp_path / "crawls.toml").write_text(timetable, "utf-8")
        own = {
            "NABA_TIMETABLE": str(tmp_path / "crawls.toml"),
            "MONGODB_URI": mongod_uri,
            "MONGODB_DATABASE": database.name,
            "NABA_TEST_SITE": fleet.address,
            "NABA_TEST_FLEET": "2",
            "NABA_ARCHIVE_ENABLED": "0",
            **variables,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", "schedule", *QUICK, *options],
            cwd=ROOT,
            env=environment | own,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
    for lease in database.leases.find():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(int(lease["holder"].split(":")[1]), signal.SIGKILL)


def articles(database):
    return database.articles.count_documents({})


ONE = "[sites.fleet01]\nenabled = false\n"


class TestOnce:
    def test_runs_what_is_due_and_ends(self, schedule, database, fleet):
        timetable = '[defaults]\nevery = "1d"\n'
        first = schedule(timetable, "--once")
        told = first.communicate(timeout=100)[1]
        assert first.returncode == 0, told
        assert "fleet00: done in" in told
        assert "4 new, 0 updated, 0 failed" in told
        assert "2 done" in told.splitlines()[-1]
        assert fleet.crawled() == {"fleet00": 1, "fleet01": 1}
        assert articles(database) == 8
        assert {job["state"] for job in database.jobs.find()} == {"done"}
        (crawl, _) = database.crawls.find()
        assert crawl["why"] == "timetable: every 1d ([defaults])"
        assert os.path.exists(crawl["log_file"])  # noqa: PTH110 - a path of the record
        assert not list(database.leases.find())
        again = schedule(timetable, "--once")
        told = again.communicate(timeout=60)[1]
        assert again.returncode == 0
        assert "started" not in told  # nothing is due any more
        assert fleet.crawled() == {"fleet00": 1, "fleet01": 1}

    def test_a_crawl_that_breaks_is_nobody_else_s(self, schedule, database, fleet):
        killed = []

        def kill_one(path):
            if path == "/fleet00/feed" and not killed:
                job = wait_for(lambda: database.jobs.find_one({"site": "fleet00", "process": {"$exists": True}}))
                killed.append(int(job["process"].split(":")[1]))
                os.kill(killed[0], signal.SIGKILL)

        fleet.on_request = kill_one
        process = schedule("", "--once")
        told = process.communicate(timeout=100)[1]
        assert killed
        assert process.returncode == 0, told
        assert "attempt 2" in told  # it is tried again
        assert articles(database) == 8
        assert database.crawls.count_documents({"site": "fleet00"}) == 2
        assert database.crawls.count_documents({"site": "fleet01"}) == 1


class TestKilled:
    def test_the_next_scheduler_neither_loses_nor_doubles_what_was_in_work(self, schedule, database, fleet):
        """Killed while a crawl runs: the crawl goes on, and the next scheduler sees that it does."""
        go_on = threading.Event()
        fleet.on_request = lambda path: go_on.wait(60) if path == "/fleet00/news/2" else None
        timetable = ONE + '[defaults]\nevery = "1d"\n'
        first = schedule(timetable, "--once")
        wait_for(lambda: fleet.asked["/fleet00/news/2"])
        first.kill()
        first.wait()
        second = schedule(timetable, "--once")
        wait_for(lambda: database.leases.find_one({"_id": ":scheduler", "holder": {"$regex": f":{second.pid}:"}}))
        time.sleep(2)  # time enough to begin a second crawl
        go_on.set()
        told = second.communicate(timeout=60)[1]
        assert second.returncode == 0
        assert "fleet00: done" in told
        assert fleet.crawled() == {"fleet00": 1}
        (job,) = database.jobs.find()
        assert (job["state"], job["attempts"]) == ("done", 0)
        assert articles(database) == 4

    def test_with_all_its_crawls_they_are_run_again(self, schedule, database, fleet):
        fleet.on_request = lambda path: time.sleep(30) if path == "/fleet00/news/2" else None
        first = schedule(ONE, "--once")
        wait_for(lambda: fleet.asked["/fleet00/news/2"])
        first.kill()
        first.wait()
        job = database.jobs.find_one()
        os.killpg(int(job["process"].split(":")[1]), signal.SIGKILL)
        fleet.on_request = None
        second = schedule(ONE, "--once")
        assert second.wait(100) == 0
        (after,) = database.jobs.find()
        assert (after["_id"], after["state"], after["attempts"]) == (job["_id"], "done", 1)
        assert articles(database) == 4

    def test_what_was_due_meanwhile_is_one_start(self, schedule, database):
        timetable = ONE + '[defaults]\nevery = "2s"\n'
        first = schedule(timetable)
        wait_for(lambda: database.jobs.count_documents({"state": "done"}))
        first.kill()
        first.wait()
        wait_for(lambda: not database.leases.count_documents({"_id": "fleet00"}))
        before = database.jobs.count_documents({})
        time.sleep(5)
        second = schedule(timetable)
        wait_for(lambda: database.jobs.count_documents({}) > before)
        second.send_signal(signal.SIGTERM)
        assert second.wait(60) == 0
        late = database.jobs.find_one({}, sort=[("queued_at", -1)])
        assert database.jobs.count_documents({}) <= before + 2
        assert late["due"] <= late["queued_at"]


class TestStop:
    def test_on_sigterm_crawls_end_cleanly_and_go_on_at_the_next_start(self, schedule, database, fleet):
        fleet.on_request = lambda path: time.sleep(1) if "/news/" in path else None
        first = schedule(ONE, "--once")
        wait_for(lambda: fleet.asked["/fleet00/news/1"])
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=60)
        assert first.returncode == 0
        job = database.jobs.find_one()
        assert (job["state"], job["reason"]) == ("queued", "stopped")
        assert database.crawls.find_one()["reason"] == "shutdown"
        assert not list(database.leases.find())
        second = schedule(ONE, "--once")
        assert second.wait(100) == 0
        assert database.jobs.find_one()["state"] == "done"
        assert articles(database) == 4

    @pytest.mark.parametrize("seconds", [1, 600])
    def test_crawls_that_do_not_end_in_time_or_at_a_second_signal_are_killed(self, schedule, database, fleet, seconds):
        fleet.on_request = lambda path: time.sleep(60) if path == "/fleet00/news/1" else None
        process = schedule(ONE, "--once", NABA_SCHEDULE_STOP_SECONDS=str(seconds))
        wait_for(lambda: fleet.asked["/fleet00/news/1"])
        process.send_signal(signal.SIGINT)
        if seconds > 1:
            time.sleep(0.5)
            process.send_signal(signal.SIGINT)
        process.wait(60)
        assert database.jobs.find_one()["state"] == "running"  # the next scheduler finds its process gone
        pid = int(database.jobs.find_one()["process"].split(":")[1])
        wait_for(lambda: not os.path.exists(f"/proc/{pid}"))  # noqa: PTH110


class TestOneAtATime:
    def test_a_second_scheduler_says_who_runs(self, schedule, database):
        first = schedule('[defaults]\nevery = "1d"\n')
        wait_for(lambda: database.leases.find_one({"_id": ":scheduler"}))
        second = schedule('[defaults]\nevery = "1d"\n')
        told = second.communicate(timeout=60)[1]
        assert second.returncode == 1
        assert told.startswith("error: a scheduler runs on this database already: ")
        first.send_signal(signal.SIGTERM)
        assert first.wait(60) == 0

    def test_a_site_whose_lease_another_machine_has_is_left_alone(self, schedule, database, fleet):
        take_lease(database, "fleet00", holder="elsewhere:1:1", seconds=300)
        process = schedule("", "--once")
        wait_for(lambda: database.jobs.find_one({"site": "fleet01", "state": "done"}))
        assert fleet.crawled() == {"fleet01": 1}
        database.leases.delete_one({"_id": "fleet00"})
        assert process.wait(60) == 0
        assert fleet.crawled() == {"fleet00": 1, "fleet01": 1}
