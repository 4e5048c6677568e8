"""Ctrl-C before a crawl has begun: it ends with 130 and a line, as later."""

import contextlib
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from tests.conftest import ROOT, begun

SPIDERS = ["-s", "SPIDER_MODULES=spiders,tests.spiders"]
TELLS = [signal.SIGINT, signal.SIGTERM]


@contextlib.contextmanager
def silent_server():
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        yield server


def wait_until_idle(process):
    """Wait until it only waits: interrupted in mid-constructor, PyMongo's destructors complain."""
    used, one = None, psutil.Process(process.pid)
    while used != (used := one.cpu_times()[:2]):
        time.sleep(0.2)


@pytest.mark.parametrize("how", TELLS)
@pytest.mark.parametrize("command", [["crawl", "sample"], ["crawl", "archive", "-a", "files=samples"]])
def test_while_it_waits_for_mongodb(environment, how, command):
    with silent_server() as server:
        address = f"mongodb://127.0.0.1:{server.getsockname()[1]}/"
        with begun(environment | {"MONGODB_URI": address}, *command) as crawl:
            connection, _ = server.accept()
            with connection:
                wait_until_idle(crawl)
                crawl.send_signal(how)
                _, errors = crawl.communicate(timeout=60)
    assert errors.splitlines() == [f"{command[1]}: interrupted before it began"]
    assert crawl.returncode == 130


def test_a_job_while_it_waits_for_mongodb(environment):
    code = "import sys; from crawler.schedule.job import main; sys.exit(main(['j']))"
    with silent_server() as server:
        address = f"mongodb://127.0.0.1:{server.getsockname()[1]}/"
        own = environment | {"MONGODB_URI": address}
        job = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=own, stderr=subprocess.PIPE)
        connection, _ = server.accept()
        with connection:
            wait_until_idle(job)
            job.send_signal(signal.SIGINT)
            assert job.communicate(timeout=60) == (None, b"")
    assert job.returncode == 130


@pytest.mark.parametrize("how", TELLS)
def test_while_it_is_opened(environment, mongod_uri, database, how):
    store = {"MONGODB_URI": mongod_uri, "MONGODB_DATABASE": database.name}
    with begun(environment | store, "crawl", "stalling", *SPIDERS) as crawl:
        deadline = time.monotonic() + 60
        while not database.crawls.find_one() and time.monotonic() < deadline:
            time.sleep(0.02)
        crawl.send_signal(how)
        _, errors = crawl.communicate(timeout=60)
    assert errors.splitlines()[-1] == "stalling: interrupted before it began"
    assert "Traceback" not in errors
    assert crawl.returncode == 130
    run = database.crawls.find_one()
    assert run["reason"] == "shutdown"  # not "died", as the next run would find it, and raise an alarm
    assert run["ended_at"]
