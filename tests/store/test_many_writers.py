"""Many processes write the same articles at once, and are killed, and so is their server: all is there, once."""

import asyncio
import multiprocessing
import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pymongo import AsyncMongoClient, MongoClient

from crawler.addresses import address_key
from crawler.items import Article
from crawler.store.articles import ArticleWriter, WriteFailedError
from crawler.store.history import versions
from crawler.store.schema import prepare
from tests.conftest import kill_server

NOON = datetime(2018, 2, 13, 12, tzinfo=UTC)
BODY = "أكد الوزير أن الأشغال تنتهي في آجالها. " * 12
SITE = "https://www.example.com"
EDITED, TWICE, VERSIONS, BATCH = 12, 8, 4, 7


def readings_of(worker, workers):
    """What one worker reads, in an order of its own: each article as it stood at the worker's minute."""
    version = worker * VERSIONS // workers
    common = {"site": "example", "fetched_at": NOON + timedelta(minutes=worker), "read_count": 100 + worker}
    readings = []
    for number in range(EDITED):  # under its own address, or in an edition that names it
        own = f"{SITE}/dz/{number}"
        url = own if worker % 2 else f"{SITE}/view{worker % 3}?id={number}"
        body = f"{BODY} رقم {number} نسخة {version}"
        readings.append(Article(url=url, canonical_url=own, title=f"عنوان {number}", body=body, **common))
    for number in range(TWICE):  # under two addresses that do not name each other
        body = f"{BODY} نص {number}"
        readings += [Article(url=f"{SITE}/{way}/{number}", title="عنوان", body=body, **common) for way in ("a", "b")]
    random.Random(worker).shuffle(readings)  # noqa: S311 - repeatable
    return readings


def work(uri, name, worker, workers, told):
    """Write all; tell which readings were acknowledged, a line each, as a crawl tells its queue."""

    async def run(lines):
        async with AsyncMongoClient(uri, tz_aware=True, w="majority", journal=True) as client:
            writer = ArticleWriter(client[name], f"worker-{worker}")
            readings = readings_of(worker, workers)
            for start in range(0, len(readings), BATCH):
                batch = readings[start : start + BATCH]
                for reading, outcome in zip(batch, await writer.write(batch), strict=True):
                    assert not isinstance(outcome, WriteFailedError), outcome
                    lines.write(f"{worker} {reading.url}\n")

    with Path(told).open("a", buffering=1) as lines:
        asyncio.run(run(lines))


def start(uri, name, workers, told):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    jobs = [context.Process(target=work, args=(uri, name, worker, workers, str(told))) for worker in range(workers)]
    for job in jobs:
        job.start()
    return jobs


def check_whole(database, workers):
    """Every article, alias, version and reading is there, once."""
    assert database.articles.count_documents({}) == EDITED + TWICE
    by_version = [[w for w in range(workers) if w * VERSIONS // workers == version] for version in range(VERSIONS)]
    views = {f"{SITE}/view{worker % 3}" for worker in range(0, workers, 2)}
    for number in range(EDITED):
        stored = database.articles.find_one({"_id": address_key(f"{SITE}/dz/{number}")})
        assert sorted(alias["url"] for alias in stored["aliases"]) == sorted(f"{view}?id={number}" for view in views)
        found = versions(database, stored)
        assert [version.fields["body"][-1] for version in found] == [str(version) for version in range(VERSIONS)]
        seen = [(version.first_seen, version.last_seen) for version in found]
        assert seen == [tuple(NOON + timedelta(minutes=w) for w in (those[0], those[-1])) for those in by_version]
        numbers = sorted(row["number"] for row in database.revisions.find({"article": stored["_id"]}))
        assert numbers == list(range(stored["number"] - VERSIONS + 1, stored["number"]))
        assert (stored["read_count"], stored["counted_before"]["count"]) == (99 + workers, 98 + workers)
        assert stored["read_growth"] == 60
        readings = Counter(row["count"] for row in database.read_counts.find({"article": stored["_id"]}))
        assert readings == Counter(range(100, 100 + workers))
    for stored in database.articles.find({"title": "عنوان"}):
        (alias,) = stored["aliases"]
        assert {stored["url"].split("/")[-2], alias["url"].split("/")[-2]} == {"a", "b"}
        assert stored["number"] == 1
        for key in (None, alias["key"]):
            rows = database.read_counts.find({"article": stored["_id"], "alias": key})
            assert Counter(row["count"] for row in rows) == Counter(range(100, 100 + workers))
    assert database.read_counts.count_documents({}) == workers * (EDITED + 2 * TWICE)
    assert database.revisions.count_documents({}) == EDITED * (VERSIONS - 1)


def check_acknowledged(database, told, workers):
    """What a worker was told of is there, whatever became of the worker."""
    lines = [line.split() for line in told.read_text().splitlines()]
    readings = {worker: {one.url: one for one in readings_of(worker, workers)} for worker in range(workers)}
    for worker, url in ((int(worker), url) for worker, url in lines):
        key = address_key(url)
        stored = database.articles.find_one({"$or": [{"_id": key}, {"aliases.key": key}]})
        reading = readings[worker][url]
        assert reading.body in [version.fields["body"] for version in versions(database, stored)]
        assert database.read_counts.count_documents({"article": stored["_id"], "at": reading.fetched_at}) >= 1
    return len(lines)


def test_twenty_processes_store_every_article_alias_version_and_reading_once(mongod_uri, database, tmp_path):
    asyncio.run(_prepare(mongod_uri, database.name))
    jobs = start(mongod_uri, database.name, 20, tmp_path / "told")
    for job in jobs:
        job.join(120)
    assert [job.exitcode for job in jobs] == [0] * 20
    check_whole(database, 20)


async def _prepare(uri, name):
    async with AsyncMongoClient(uri) as client:
        await prepare(client[name])


def test_killed_with_their_server_and_run_again_nothing_acknowledged_is_lost_nothing_doubled(own_server, tmp_path):
    workers, told = 8, tmp_path / "told"
    asyncio.run(_prepare(own_server.uri, "naba"))
    with MongoClient(own_server.uri, tz_aware=True) as client:
        jobs = start(own_server.uri, "naba", workers, told)
        for round_, lines in enumerate((20, 60, 100)):
            wait_for_lines(told, lines, jobs)
            kill_server(own_server)
            for job in jobs[2 * round_ : 2 * round_ + 2]:
                job.kill()
        for job in jobs:
            job.join(120)
        assert [job.exitcode for job in jobs[6:]] == [0, 0]  # they waited for their server
        assert check_acknowledged(client.naba, told, workers) >= 100
        for job in (again := start(own_server.uri, "naba", workers, told)):
            job.join(120)
        assert [job.exitcode for job in again] == [0] * workers
        check_whole(client.naba, workers)


def wait_for_lines(told, count, jobs):
    """Wait until so many readings were acknowledged, or nobody is left."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and any(job.is_alive() for job in jobs):
        if told.exists() and told.read_text().count("\n") >= count:
            return
        time.sleep(0.005)
