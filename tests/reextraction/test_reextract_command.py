"""`scrapy reextract`: archived pages read again, as users do it."""

import json
import os
import re
import shutil
import signal
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from pymongo import MongoClient

from benchmarks.archive.corpus import KNOWN, article, write_warc
from crawler.extraction import VERSION, version_of
from spiders.sample import Sample
from tests.conftest import begun, clean_environment, fresh_database, kill_when, runner

CURRENT = version_of(Sample.site())
# What an earlier extraction may have made of a page.
SPOILT = {"extractor": "0", "body": "القراءات: 458\n\nنص قديم", "kicker": None, "read_count": None}
COUNTER = ("counted_at", "counted_before", "read_growth")
TOLD = dict.fromkeys(("crawl", "terms", "title_terms", "unlinked", "story", *COUNTER), 0)


def summary(run):
    """The counts of a run's last line."""
    line = run.stderr.splitlines()[-1]
    return Counter({kind: int(count) for count, kind in re.findall(r"(\d+) (?:would be )?(\w+)", line)})


@pytest.fixture(scope="module")
def imported(mongod_uri, tmp_path_factory):
    """A command with 24 articles of the sample newspaper, stored from a WARC file; the database; the file."""
    folder = tmp_path_factory.mktemp("imported")
    warc = folder / "data" / "archive" / "sample" / "a.warc.gz"
    warc.parent.mkdir(parents=True)
    write_warc(warc, (article(number, KNOWN) for number in range(1, 25)))
    with fresh_database(mongod_uri) as database:
        run = runner(
            clean_environment(folder)
            | {"NABA_DATA": str(folder / "data"), "MONGODB_URI": mongod_uri, "MONGODB_DATABASE": database.name}
        )
        crawl = run("crawl", "archive", "-a", f"files={warc}")
        assert "24 new" in crawl.stderr, crawl.stderr
        yield run, database, warc


@pytest.fixture
def stored(imported):
    """The same, as it was imported."""
    run, database, warc = imported
    before = list(database.articles.find())
    yield run, database, warc, before
    for name in ("articles", "revisions", "read_counts", "crawls"):
        database[name].delete_many({})
    database.articles.insert_many(before)


def test_records_become_what_todays_extraction_gives_and_nothing_else_changes(stored):
    run, database, _, before = stored
    database.articles.update_many({"read_count": {"$gt": 40}}, {"$set": SPOILT})
    spoilt = database.articles.count_documents({"extractor": "0"})
    assert 0 < spoilt < 24
    dry = run("reextract", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert summary(dry)["updated"] == spoilt
    assert re.search(rf"^body +{spoilt} ", dry.stdout, re.MULTILINE)
    assert "القراءات: 458" in dry.stdout
    assert database.articles.count_documents({"extractor": "0"}) == spoilt
    assert database.crawls.count_documents({"site": "reextract"}) == 0

    lines = run("reextract", "--format", "jsonl")
    assert summary(lines)["updated"] == spoilt
    told = [json.loads(line) for line in lines.stdout.splitlines()]
    assert len(told) == spoilt
    assert all(one["fields"]["body"]["before"] == SPOILT["body"] for one in told)
    now = {one["_id"]: one for one in database.articles.find({}, TOLD)}
    for one in before:
        after = now[one["_id"]]
        assert {name: after.get(name) for name in after} == {name: one.get(name) for name in after}
    assert database.revisions.count_documents({}) == 0
    counted = database.read_counts.find_one({"article": now_counted(now)})
    assert counted["count"] == now[counted["article"]]["read_count"]
    assert database.articles.count_documents({"unlinked": {"$exists": True}}) == 0

    again = run("reextract")
    assert again.stderr.startswith("nothing to do")
    assert again.stdout == ""
    (crawl,) = database.crawls.find({"site": "reextract"})
    assert (crawl["reason"], crawl["counts"]["updated"], crawl["counts"]["updated_by_field"]["body"]) == (
        "finished",
        spoilt,
        spoilt,
    )
    assert "reextract" in run("crawls", "reextract").stdout


def now_counted(now):
    return next(one["_id"] for one in now.values() if one.get("read_count", 0) and one["read_count"] > 40)


def test_filters_and_force(stored):
    run, database, _, _ = stored
    section = database.articles.find_one({"section": {"$ne": None}})["section"]
    asked = database.articles.count_documents({"section": section})
    forced = run("reextract", "--force", "--section", section)
    assert (summary(forced)["read"], summary(forced)["unchanged"]) == (asked, asked)
    assert "nothing to do" in run("reextract", "--site", "sample").stderr
    assert "error: no site is called" in run("reextract", "--site", "sampel").stderr
    assert "--unique has no meaning" in run("reextract", "--unique").stderr


def test_a_change_of_a_sites_rules_makes_its_pages_due(stored):
    run, database, _, _ = stored
    database.articles.update_many({}, {"$set": {"extractor": f"{VERSION}+00000000"}})
    assert summary(run("reextract"))["unchanged"] == 24
    assert database.articles.distinct("extractor") == [CURRENT]


def test_what_cannot_be_read_is_kept_counted_and_named(stored):
    run, database, warc, before = stored
    # in the order of their pages: an article that is told to be the file's first page must not be that one already
    in_file = sorted(before, key=lambda one: one["archived"]["offset"], reverse=True)
    no_article, moved, broken, unkept, *_ = [one["_id"] for one in in_file]
    other = warc.with_name("b.warc.gz")
    page = article(200, KNOWN)
    shell = "<html><body><h1>عنوان</h1></body></html>".encode()
    write_warc(other, [type(page)(page.url, shell), article(201, KNOWN)])
    shutil.copy(other, warc.with_name("c.warc.gz"))
    with warc.with_name("c.warc.gz").open("r+b") as file:
        file.write(bytes(40))
    places = {no_article: "sample/b.warc.gz", moved: "sample/gone.warc.gz", broken: "sample/c.warc.gz"}
    for key, file in places.items():
        database.articles.update_one(
            {"_id": key}, {"$set": {"extractor": "0", "archived": {"file": file, "offset": 0}}}
        )
    database.articles.update_one({"_id": unkept}, {"$set": {"extractor": "0", "archived": None}})
    run1 = run("reextract")
    assert run1.returncode == 0
    told = summary(run1)
    assert (told["read"], told["failed"], told["empty"], told["no_file"], told["unreadable"]) == (3, 3, 1, 1, 1)
    assert "1 of an earlier version have no archived page" in run1.stderr
    assert "Traceback" not in run1.stderr
    texts = {one["_id"]: (one["title"], one["body"], one["number"]) for one in before}
    for one in database.articles.find():
        assert (one["title"], one["body"], one["number"]) == texts[one["_id"]]
    detail = run("crawls", "reextract", "--last").stdout
    assert "failed/no_file" in detail, detail
    # what the page does not give is not tried again by this version; a file may come back
    assert (told := summary(run("reextract")))["read"] == 2, told
    shutil.copy(warc, warc.with_name("gone.warc.gz"))
    assert summary(run("reextract"))["updated"] == 1
    for name in ("b", "c", "gone"):
        warc.with_name(f"{name}.warc.gz").unlink()


def spoilt_copies(articles):
    """The same articles many times over, so that a run lasts."""
    copies = []
    for number in range(1, 13):
        for one in articles:
            copies.append(one | SPOILT | {"_id": bytes([number]) + one["_id"][1:], "url": f"{one['url']}?n={number}"})
            copies[-1] |= {"text_hash": copies[-1]["_id"], "aliases": []}
    return copies


def of_archive(warc, uri, database):
    """The environment of a command on this archive and another database."""
    own = {"NABA_DATA": str(warc.parents[2]), "MONGODB_URI": uri, "MONGODB_DATABASE": database}
    return clean_environment(warc.parents[3]) | own


def test_killed_in_mid_run_and_run_again_every_article_is_read(stored, mongod_uri):
    run, database, warc, before = stored
    copies = spoilt_copies(before)
    database.articles.insert_many(copies)
    done = {"_id": {"$in": [one["_id"] for one in copies]}, "extractor": CURRENT}
    with begun(of_archive(warc, mongod_uri, database.name), "reextract", "-s", "DEDUPLICATE=off") as command:
        deadline = time.monotonic() + 60
        while not database.articles.count_documents(done) and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(command.pid, signal.SIGKILL)
        assert command.wait() == -signal.SIGKILL
    read = database.articles.count_documents(done)
    assert 0 < read < len(copies)
    again = run("reextract", "-s", "DEDUPLICATE=off")
    assert summary(again)["read"] == len(copies) - read
    assert database.articles.count_documents(done) == len(copies)
    assert database.articles.count_documents({}) == len(copies) + len(before)
    bodies = {one["_id"][1:]: one["body"] for one in before}
    assert all(one["body"] == bodies[one["_id"][1:]] for one in database.articles.find())
    assert database.revisions.count_documents({}) == 0
    runs = list(database.crawls.find({"site": "reextract"}).sort("started_at"))
    assert [one["reason"] for one in runs] in (["died", "finished"], [None, "finished"])


def test_its_server_killed_in_mid_run_comes_back_and_every_article_is_read_once(imported, own_server):
    _, database, warc = imported
    before = list(database.articles.find())
    copies = spoilt_copies(before)
    environment = of_archive(warc, own_server.uri, "naba")
    with MongoClient(own_server.uri) as client:
        articles = client.naba.articles
        articles.insert_many(copies)
        done = {"extractor": CURRENT}
        with begun(environment, "reextract", "-s", "DEDUPLICATE=off") as command:
            kill_when(own_server, command, lambda: articles.count_documents(done))
            _, errors = command.communicate(timeout=90)
        assert command.returncode == 0, errors
        assert "Traceback" not in errors
        assert articles.count_documents(done) == articles.count_documents({}) == len(copies)
        assert f"reextract: {len(copies)} read, {len(copies)} updated, 0 unchanged, 0 failed;" in errors
        bodies = {one["_id"][1:]: one["body"] for one in before}
        assert all(one["body"] == bodies[one["_id"][1:]] for one in articles.find())
        assert client.naba.revisions.count_documents({}) == 0
        (run,) = client.naba.crawls.find({"site": "reextract"})
        assert (run["reason"], run["counts"]["updated"]) == ("finished", len(copies))
    again = runner(environment)("reextract", "-s", "DEDUPLICATE=off")
    assert "nothing to do" in again.stderr


def test_what_a_crawl_renews_meanwhile_is_the_crawls(stored, mongod_uri):
    # the guard itself: between reading and writing, a crawl stores a newer page
    import asyncio

    from pymongo import AsyncMongoClient

    from crawler.store.reextracted import Renewal, write_renewals

    _, database, _, before = stored
    old, newer = before[0], datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    database.articles.update_one({"_id": old["_id"]}, {"$set": {"fetched_at": newer, "title": "من الزاحف"}})
    renewals = [
        Renewal(one, {"title": "من الأرشيف", "extractor": CURRENT}, {"title": one["title"]}) for one in before[:2]
    ]

    async def write():
        async with AsyncMongoClient(mongod_uri, tz_aware=True) as client:
            return await write_renewals(client[database.name], renewals), await write_renewals(
                client[database.name], renewals
            )

    once, twice = asyncio.run(write())
    assert once == twice == {0: "renewed"}  # a repeated write is none
    titles = {one["_id"]: one["title"] for one in database.articles.find()}
    assert (titles[old["_id"]], titles[before[1]["_id"]]) == ("من الزاحف", "من الأرشيف")
