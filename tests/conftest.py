"""A real mongod for the whole session, a fresh database for each test that asks, and commands run as users run them."""

import contextlib
import os
import subprocess
import sys
import time
import uuid
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest
from hypothesis import settings
from pymongo import MongoClient
from scrapy.settings import Settings

from crawler.errors import UserError
from crawler.javascript.browser import find_browser
from crawler.store.local import LocalServer

ROOT = Path(__file__).parents[1]

# The same cases in each run, however slow the machine; HYPOTHESIS_PROFILE=explore looks for others.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session")
def mongod_uri(tmp_path_factory):
    """Address of a mongod of the session's own, on a socket."""
    if uri := os.environ.get("NABA_TEST_MONGODB_URI"):
        yield uri
        return
    try:
        server = LocalServer.acquire(tmp_path_factory.mktemp("data"))
    except UserError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no MongoDB to test with: {error}")
    with server:
        yield server.uri


@pytest.fixture
def database(mongod_uri):
    """A database of the test's own, dropped after it."""
    with fresh_database(mongod_uri) as database:
        yield database


@pytest.fixture
def own_server(mongod_uri, tmp_path):  # noqa: ARG001 - where there is no MongoDB, that says so
    """A server that a test may kill."""
    with LocalServer.acquire(tmp_path / "own") as server:
        yield server


@contextlib.contextmanager
def fresh_database(mongod_uri):
    """A database that nobody else uses, dropped in the end."""
    with MongoClient(mongod_uri, tz_aware=True) as client:
        name = f"test_{uuid.uuid4().hex[:12]}"
        yield client[name]
        client.drop_database(name)


def kill_when(server, command, is_time):
    """Kill the server, SIGKILL, as soon as a running command has come so far."""
    deadline = time.monotonic() + 60
    while command.poll() is None and not is_time():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert command.poll() is None, "it was over before its server could be killed"
    kill_server(server)


def kill_server(server):
    """Kill its mongod, SIGKILL; one that was killed before is named as the server until it was started again."""
    deadline = time.monotonic() + 60
    while True:
        with contextlib.suppress(psutil.NoSuchProcess):
            mongod = psutil.Process(server.places.state()["pid"])
            if mongod.status() != psutil.STATUS_ZOMBIE:
                mongod.kill()
                return
        assert time.monotonic() < deadline, "nobody started the server again"
        time.sleep(0.01)


@pytest.fixture
def environment(tmp_path):
    """Environment of a command: nothing of the developer's, all data under the test's folder."""
    return clean_environment(tmp_path)


def clean_environment(folder):
    """Nothing of the developer's, all data under the folder."""
    own = ("MONGODB_", "NABA_", "REPLAY", "SCRAPY_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return kept | {
        "NABA_DATA": str(folder / "data"),
        "PYTHONWARNINGS": "default",
        "SCRAPY_SETTINGS_MODULE": "crawler.settings",
    }


@contextlib.contextmanager
def begun(environment, *arguments):
    """`scrapy ...` that runs meanwhile, its standard error piped; it does not outlive the test."""
    command = subprocess.Popen(
        [sys.executable, "-m", "scrapy", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield command
    finally:
        command.kill()
        command.communicate()


@pytest.fixture
def scrapy(environment):
    """Run `scrapy ...` as a user does; the answer's stdout and stderr are text."""
    return runner(environment)


def runner(environment):
    """What runs `scrapy ...` in this environment."""

    def run(*arguments, stdin=None, timeout=120, **variables):
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *map(str, arguments)],
            cwd=ROOT,
            env=environment | {name: str(value) for name, value in variables.items()},
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return run


@pytest.fixture
def scrapy_with_store(scrapy, mongod_uri, database):
    """`scrapy ...` with the session's mongod and the test's database."""

    def run(*arguments, **options):
        return scrapy(*arguments, MONGODB_URI=mongod_uri, MONGODB_DATABASE=database.name, **options)

    return run


@pytest.fixture
def chromium():
    """A browser to render with, or the reason why there is none."""
    if find_spec("scrapy_playwright") is None:
        pytest.skip("the extra 'javascript' is not installed")
    try:
        return find_browser(Settings())
    except UserError as error:
        pytest.skip(str(error))
