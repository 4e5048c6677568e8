"""A seeded collection, the application on it, the command as users run it, and a browser."""

import asyncio
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

import httpx
import pytest
from pymongo import AsyncMongoClient, MongoClient
from scrapy.settings import Settings

from crawler.catalogue import spiders
from crawler.errors import UserError
from crawler.javascript.browser import find_browser
from crawler.room.app import create_app
from crawler.room.sites import SiteCard, Sites
from tests.conftest import ROOT, clean_environment, fresh_database
from tests.room import seeding

DAYS, MOST = 30, 2


@pytest.fixture(scope="session")
def seeded(mongod_uri):
    """Name of a database with the seeded collection; read only."""
    with fresh_database(mongod_uri) as database:
        # A thread of its own: Playwright's event loop, where it runs, is this one's.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, _seed(mongod_uri, database.name)).result()
        yield database.name


async def _seed(uri, name):
    async with AsyncMongoClient(uri, tz_aware=True) as client:
        await seeding.write(client[name], days=DAYS, most=MOST)


@pytest.fixture(scope="session")
def sites():
    return Sites(map(SiteCard.of, spiders().values()))


class Client:
    """Asks an application without a network; each question has an event loop of its own, as sync tests want it."""

    def __init__(self, app):
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    def request(self, method, path, **options):
        async def ask():
            async with httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1:8000") as client:
                return await client.request(method, path, **options)

        return asyncio.run(ask())

    def get(self, path, **options):
        return self.request("GET", path, **options)


@pytest.fixture(scope="session")
def ask(mongod_uri, seeded, sites):
    """The application on the seeded collection: `ask.get("/search", params=...)`."""
    with MongoClient(mongod_uri, tz_aware=True) as mongo:
        yield Client(create_app(mongo[seeded], sites))


@pytest.fixture(scope="session")
def id_of(ask):
    """The id of the article of an address."""

    def find(address):
        return ask.get("/api/article", params={"address": address}).json()["id"]

    return find


@pytest.fixture(scope="session")
def serving(mongod_uri, seeded, tmp_path_factory):
    """Run `scrapy serve ...` as a user does; answers the process and the room's address."""
    folder = tmp_path_factory.mktemp("serving")
    environment = clean_environment(folder) | {"MONGODB_URI": mongod_uri, "MONGODB_DATABASE": seeded}
    running = []

    def serve(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", "serve", "--port", "0", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        running.append(process)
        told = []
        for line in process.stderr:
            told.append(line)
            if found := re.search(r"http://\S+/", line):
                return process, found[0].rstrip("/"), "".join(told)
        raise AssertionError("".join(told))

    yield serve
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=20)


@pytest.fixture(scope="session")
def address(serving):
    """Address of a reading room that runs."""
    return serving()[1]


@pytest.fixture(scope="module")  # its event loop would be in the way of other modules' own
def browser():
    """A headless Chromium, or the reason why there is none."""
    if find_spec("playwright") is None:
        pytest.skip("playwright is not installed: pip install 'naba[dev]'")
    try:
        program = find_browser(Settings())
    except UserError as error:
        pytest.skip(str(error))
    from playwright.sync_api import sync_playwright

    # A container's root has no sandbox to run it in; what it is shown here is ours.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()
