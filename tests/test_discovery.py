"""A newspaper of many articles over HTTP: all is found, once, and nothing is asked for in vain."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.discovery.newspaper import Newspaper
from tests.conftest import ROOT
from tests.test_crawl import summary

# `make bench-discovery` runs the same at 5,000.
SIZE = 160
KILLS = 2
# Only the tests' own spiders: the catalogue takes its time to load.
QUICK = ["-s", "SPIDER_MODULES=tests.spiders", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]


@pytest.fixture
def paper():
    with Newspaper(SIZE) as newspaper:
        yield newspaper


@pytest.fixture
def crawl(scrapy_with_store, paper):
    """Crawl the newspaper; answers the counts. What it was asked for before is forgotten."""

    def run(*arguments):
        paper.forget()
        answer = scrapy_with_store("crawl", "gazette", *QUICK, *arguments, NABA_TEST_SITE=paper.address)
        assert answer.returncode == 0, answer.stderr
        assert "Traceback" not in answer.stderr
        return summary(answer)

    return run


def backfill(paper):
    return "-a", f"since={paper.first_month:%Y-%m}"


class TestNewspaper:
    def test_a_first_crawl_finds_all_and_the_next_asks_for_next_to_nothing(self, crawl, paper, database):
        assert crawl(*backfill(paper))["new"] == SIZE
        assert sorted(paper.fetched()) == sorted(story.path for story in paper.stories.values())
        for arguments in (backfill(paper), ()):
            database.addresses.update_many({}, {"$set": {"due_at": datetime.now(UTC) + timedelta(days=1)}})
            again = crawl(*arguments)
            assert (again["new"], again["updated"], again["unchanged"]) == (0, 0, 0)
            assert paper.fetched() == []
            assert len(paper.asked) < 10, paper.asked
        assert paper.answers[304] >= 2

    def test_what_is_new_edited_or_deleted_is_fetched_and_the_store_says_so(self, crawl, paper, database):
        crawl(*backfill(paper))
        known = {article["url"]: article["_id"] for article in database.articles.find()}
        edited, deleted, due = (number for number in range(SIZE, 0, -1) if number in {SIZE, SIZE - 1, SIZE - 2})
        also_edited = SIZE - 3
        paper.edit(edited, also_edited)
        paper.delete(deleted)
        new = paper.publish(7)
        soon = datetime.now(UTC) - timedelta(seconds=1)
        later = datetime.now(UTC) + timedelta(days=1)
        database.addresses.update_many({"state": "reread"}, {"$set": {"due_at": later}})
        keys = [known[f"{paper.address}/news/{number}"] for number in (deleted, due)]
        for key in keys:  # an old article has no further reading: put one there
            database.addresses.update_one(
                {"_id": key},
                {
                    "$set": {"due_at": soon, "state": "reread", "site": "gazette", "attempts": 0},
                    "$setOnInsert": {"url": database.articles.find_one({"_id": key})["url"], "source": ""},
                },
                upsert=True,
            )
        counts = crawl()
        expected = {story.path for story in new} | {f"/news/{n}" for n in (edited, also_edited, deleted, due)}
        assert set(paper.fetched()) == expected
        assert len(paper.fetched()) == len(expected)
        assert (counts["new"], counts["updated"], counts["unchanged"]) == (7, 2, 1)
        gone = database.articles.find_one({"url": f"{paper.address}/news/{deleted}"})
        assert gone["gone_at"] is not None
        assert gone["body"]
        assert database.articles.count_documents({"gone_at": {"$ne": None}}) == 1
        assert database.revisions.count_documents({}) == 2
        (run,) = database.crawls.find().sort("started_at", -1).limit(1)
        assert run["counts"]["gone"] == 1
        paper.stories[deleted].is_deleted = False
        database.articles.update_one({"_id": gone["_id"]}, {"$set": {"missed_at": later - timedelta(days=3)}})
        assert crawl()["unchanged"] == 1
        assert paper.fetched() == [f"/news/{deleted}"]
        assert database.articles.count_documents({"gone_at": {"$ne": None}}) == 0

    def test_a_month_touches_only_that_month(self, crawl, paper, database):
        month = f"{paper.now - timedelta(days=200):%Y-%m}"
        expected = {story.path for story in paper.of_month(month)}
        assert crawl("-a", f"since={month}", "-a", f"until={month}")["new"] == len(expected)
        assert set(paper.fetched()) == expected
        assert [path for path in paper.asked if path.startswith("/sitemap-")] == [f"/sitemap-{month}.xml"]
        dates = {f"{article['published_at']:%Y-%m}" for article in database.articles.find()}
        assert dates == {month}

    def test_killed_again_and_again_it_ends_with_all_and_few_fetches_in_vain(
        self, crawl, paper, database, environment, mongod_uri
    ):
        for kill in range(KILLS):
            stored = (kill + 1) * SIZE // (KILLS + 2)
            arguments = backfill(paper)
            start_and_kill(paper, environment, mongod_uri, database, arguments, collection="articles", count=stored)
        assert database.articles.count_documents({}) < SIZE
        fetched = len(paper.fetched())
        crawl(*backfill(paper))
        fetched += len(paper.fetched())
        assert database.articles.count_documents({}) == SIZE
        # What a kill costs does not grow with the newspaper: at most what was in work, each time.
        assert fetched <= SIZE + KILLS * 32
        assert database.addresses.count_documents({"lease_until": {"$ne": None}}) == 0

    def test_killed_while_it_reads_again_no_version_and_no_reading_is_lost_or_doubled(
        self, crawl, paper, database, environment, mongod_uri
    ):
        arguments = ("-a", "since=120d")
        for story in paper.stories.values():
            story.reads = 100
        size = crawl(*arguments)["new"]
        assert database.read_counts.count_documents({"count": 100}) == size
        for story in paper.stories.values():
            story.reads = 107
        paper.edit(*paper.stories)
        again = (*arguments, "-a", "refresh=all", "-s", "STORE_INTERVAL=0.05")
        start_and_kill(paper, environment, mongod_uri, database, again, collection="revisions", count=size // 3)
        before = {name: list(database[name].find()) for name in ("revisions", "read_counts")}
        assert len(before["revisions"]) < size
        crawl(*again)
        for article in database.articles.find():
            key = {"article": article["_id"]}
            assert (article["number"], article["read_count"]) == (2, 107)
            assert [row["number"] for row in database.revisions.find(key)] == [1]
            first, *later = (row["count"] for row in database.read_counts.find(key).sort("at", 1))
            assert first == 100
            assert later in ([107], [107, 107])  # read before the kill and after it: two readings
        for name, rows in before.items():
            kept = {row["_id"]: row for row in database[name].find()}
            assert all(kept[row["_id"]] == row for row in rows)

    def test_limit_is_kept_to_and_what_is_left_is_fetched_next(self, crawl, paper):
        assert crawl("-a", "limit=5")["new"] == 5
        first = paper.fetched()
        assert len(first) == 5
        assert [path for path in paper.asked if path.startswith("/latest")] == []
        crawl("-a", "limit=5")
        assert len(paper.fetched()) == 5
        assert not set(first) & set(paper.fetched())

    def test_refresh_all_reads_everything_anew(self, crawl, paper):
        crawl("-a", "since=60d")
        stored = len(set(paper.fetched()))
        counts = crawl("-a", "since=60d", "-a", "refresh=all")
        assert counts["unchanged"] == len(paper.fetched()) == stored


def start_and_kill(paper, environment, uri, database, arguments, *, collection, count):
    """Begin a crawl, and kill it when a collection has so many documents."""
    variables = {"MONGODB_URI": uri, "MONGODB_DATABASE": database.name, "NABA_TEST_SITE": paper.address}
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "gazette", *QUICK, *arguments],
        cwd=ROOT,
        env=environment | variables,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and database[collection].count_documents({}) < count:
        time.sleep(0.02)
    process.kill()
    assert process.wait(30) == -signal.SIGKILL
