"""The whole way of an article, as a user goes it: crawl, store, search, crawl again, be killed, go on."""

import contextlib
import errno
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time

import pytest
from pymongo import MongoClient

from crawler.errors import UserError
from crawler.store.local import LocalServer, Places
from samples.build import EXPECTED, WARC
from samples.newspaper import Newspaper
from tests.conftest import ROOT, clean_environment, fresh_database, runner
from tests.website import Page, Website

REPLAY = f"REPLAY={WARC}"
QUICK = ["-s", "SPIDER_MODULES=spiders,tests.spiders", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]


def expected():
    return [json.loads(line) for line in EXPECTED.read_text("utf-8").splitlines()]


def summary(answer):
    """The counts of the crawl's last line, by kind."""
    line = answer.stderr.strip().splitlines()[-1]
    return {
        kind: int(count) for count, kind in re.findall(r"(\d+) (new|updated|unchanged|duplicate|dropped|failed)", line)
    }


@pytest.fixture
def newspaper_site():
    """The sample newspaper on loopback, as of its second visit."""
    pages = {answer.path: Page(answer.body, answer.status, answer.headers) for answer in Newspaper().answers()}
    with Website(pages) as site:
        yield site


@pytest.fixture(scope="class")
def crawled(mongod_uri, tmp_path_factory):
    """The sample newspaper, crawled: a command in that database, the database, and what the crawl said."""
    with fresh_database(mongod_uri) as database:
        store = {"MONGODB_URI": mongod_uri, "MONGODB_DATABASE": database.name}
        run = runner(clean_environment(tmp_path_factory.mktemp("crawled")) | store)
        yield run, database, run("crawl", "sample", "-s", REPLAY)


class TestReplay:
    def test_gives_the_expected_records_and_says_what_it_did(self, crawled):
        scrapy, database, crawl = crawled
        assert crawl.returncode == 0, crawl.stderr
        assert summary(crawl) == {"new": 34, "updated": 0, "unchanged": 0, "duplicate": 1, "dropped": 0, "failed": 4}
        assert "skipped: 1 offsite, 1 robots_txt" in crawl.stderr.splitlines()[-1]
        found = scrapy("search", "--site", "sample", "--limit", "0", "--format", "jsonl")
        stored = {record["url"]: record for record in map(json.loads, found.stdout.splitlines())}
        assert len(stored) == 34
        for record in expected():
            got = stored.get(record["url"])
            if got is None:  # met under its second address first: that one is its own then, and this the alias
                article = database.articles.find_one({"aliases.url": record["url"]})
                got = stored[article["url"]] | {"url": record["url"], "canonical_url": record["canonical_url"]}
            assert {name: got[name] for name in record} == record

    def test_run_again_stores_nothing_again_and_says_so(self, crawled):
        scrapy, database, _ = crawled
        told = {"crawl": 0, "archived": 0}  # the last run's id, and which of an article's two addresses it read last
        before = list(database.articles.find({}, told))
        again = scrapy("crawl", "sample", "-s", REPLAY)
        counts = summary(again)
        assert (counts["new"], counts["updated"], counts["duplicate"]) == (0, 0, 0)
        assert counts["unchanged"] == 35  # 34 articles, one of them under its second address too
        assert list(database.articles.find({}, told)) == before

    def test_an_edit_is_found_and_the_earlier_text_kept(self, scrapy_with_store, database):
        # the first visit recorded the oldest of the three designs only
        first = scrapy_with_store("crawl", "sample", "-s", REPLAY, "-s", "REPLAY_AT=2021-08-01")
        assert summary(first)["new"] == 14
        second = summary(scrapy_with_store("crawl", "sample", "-s", REPLAY))
        assert (second["new"], second["updated"]) == (20, 1)
        (revision,) = database.revisions.find()
        now = database.articles.find_one({"_id": revision["article"]})
        assert now["number"] == 2
        assert revision["title"] == f"{now['title']} قريبا"

    def test_what_ran_can_be_looked_up(self, crawled):
        scrapy, _, _ = crawled
        *_, run = map(json.loads, scrapy("crawls", "--format", "jsonl").stdout.splitlines())  # newest first
        assert (run["site"], run["reason"], run["counts"]["new"]) == ("sample", "finished", 34)
        assert {note["reason"] for note in run["notes"]} >= {"failed/http_404", "failed/http_500"}
        detail = scrapy("crawls", run["_id"]).stdout
        assert "https://www.sample.example/article/withdrawn" in detail

    def test_limit_and_period_are_kept_to(self, scrapy_with_store, database):
        limited = scrapy_with_store("crawl", "sample", "-s", REPLAY, "-a", "limit=3")
        assert summary(limited)["new"] == 3
        database.articles.delete_many({})
        scrapy_with_store("crawl", "sample", "-s", REPLAY, "-a", "since=2018-01", "-a", "until=2018-01")
        dates = [article["published_at"] for article in database.articles.find({"published_at": {"$ne": None}})]
        assert dates
        assert {(date.year, date.month) for date in dates} == {(2018, 1)}


class TestOverHttp:
    def test_every_article_once_and_every_page_archived(self, scrapy_with_store, newspaper_site, database, environment):
        crawl = scrapy_with_store("crawl", "local", *QUICK, NABA_TEST_SITE=newspaper_site.address)
        assert summary(crawl)["new"] == 34, crawl.stderr
        assert database.articles.count_documents({}) == 34
        assert database.articles.count_documents({"archived": None}) == 0
        (warc,) = (environment_path(environment) / "archive" / "local").glob("*.warc.gz")
        replayed = scrapy_with_store(
            "crawl", "local", *QUICK, "-s", f"REPLAY={warc}", NABA_TEST_SITE=newspaper_site.address
        )
        assert summary(replayed)["unchanged"] == 35, replayed.stderr

    def test_the_crawl_is_polite(self, scrapy_with_store, newspaper_site):
        variables = {"NABA_TEST_SITE": newspaper_site.address, "NABA_CONTACT": "team@example.org"}
        scrapy_with_store("crawl", "local", *QUICK, **variables)
        assert newspaper_site.asked[0] == "/robots.txt"
        assert not [path for path in newspaper_site.asked if path.startswith("/search")]
        assert all(agent.startswith("naba/") and "(+team@example.org)" in agent for agent in newspaper_site.user_agents)

    def test_killed_half_way_and_run_again_every_article_is_stored_once(
        self, newspaper_site, environment, mongod_uri, database, scrapy_with_store
    ):
        acknowledged = set()
        crawl = start_crawl(newspaper_site, environment, mongod_uri, database.name, "-s", "STORE_INTERVAL=0.05")

        def kill_half_way(_path):
            if len(newspaper_site.asked) == 22:
                wait_for(lambda: database.articles.count_documents({}))
                acknowledged.update(article["_id"] for article in database.articles.find({}, {"_id": 1}))
                os.kill(crawl.pid, signal.SIGKILL)

        newspaper_site.on_request = kill_half_way
        assert crawl.wait(60) == -signal.SIGKILL
        assert acknowledged
        newspaper_site.on_request = None
        again = scrapy_with_store("crawl", "local", *QUICK, NABA_TEST_SITE=newspaper_site.address)
        assert again.returncode == 0, again.stderr
        stored = list(database.articles.find())
        assert acknowledged <= {article["_id"] for article in stored}
        addresses = [{article["url"], *(alias["url"] for alias in article["aliases"])} for article in stored]
        assert len(stored) == 34
        for record in expected():
            path = record["url"].split("/", 3)[3]
            assert sum(any(address.endswith(path) for address in known) for known in addresses) == 1
        runs = scrapy_with_store("crawls", "local", "--format", "table", *QUICK[:2]).stdout
        assert "died" in runs

    def test_interrupted_nothing_that_was_fetched_is_lost(self, newspaper_site, environment, mongod_uri, database):
        # nothing is written before the interrupt: what is stored was written by the crawl's end
        crawl = start_crawl(
            newspaper_site,
            environment,
            mongod_uri,
            database.name,
            *("-s", "STORE_INTERVAL=4", "-s", "STORE_BATCH=1000"),
            start_new_session=True,
        )
        wait_for(lambda: len(newspaper_site.asked) >= 12)
        os.killpg(crawl.pid, signal.SIGINT)  # as a terminal does: to the workers too
        _, errors = crawl.communicate(timeout=60)
        assert crawl.returncode == 130
        assert "Traceback" not in errors
        counts = re.search(r"local: (\d+) new", errors)
        assert int(counts[1]) == database.articles.count_documents({}) > 0
        assert "ended early: shutdown" in errors

    @pytest.mark.parametrize("victim", ["pid", "supervisor"])
    def test_the_local_server_killed_in_mid_crawl_comes_back_and_nothing_is_lost(
        self, newspaper_site, environment, victim
    ):
        crawl = start_crawl(newspaper_site, environment, None, "naba", "-s", "STORE_INTERVAL=0.05")
        places = Places.of(environment["NABA_DATA"])

        def kill_half_way(_path):
            if len(newspaper_site.asked) == 22:
                os.kill(places.state()[victim], signal.SIGKILL)

        newspaper_site.on_request = kill_half_way
        with kept_server(crawl, places) as uri:
            _, errors = crawl.communicate(timeout=90)
            assert crawl.returncode == 0, errors
            # a write that was done and not acknowledged is done again, and finds its article unchanged
            new, unchanged = (int(re.search(rf"(\d+) {kind}", errors)[1]) for kind in ("new", "unchanged"))
            assert new + unchanged == 34
            assert "Traceback" not in errors
            with MongoClient(uri) as client:
                assert client.naba.articles.count_documents({}) == 34

    def test_a_server_that_stays_away_ends_the_crawl_with_one_line(self, newspaper_site, environment, tmp_path):
        with LocalServer.acquire(tmp_path / "server") as server:
            uri = f"{server.uri}&serverSelectionTimeoutMS=200"
            quick = ["-s", "STORE_INTERVAL=0.05", "-s", "STORE_PATIENCE=0.1"]
            crawl = start_crawl(newspaper_site, environment, uri, "naba", *quick)

            def stop_half_way(_path):
                if len(newspaper_site.asked) == 22:
                    os.kill(server.places.state()["supervisor"], signal.SIGTERM)
                    wait_for(lambda: not server.places.is_supervised())

            newspaper_site.on_request = stop_half_way
            _, errors = crawl.communicate(timeout=120)
        assert crawl.returncode == 1
        assert "MongoDB stayed away: the crawl ends" in errors
        assert "ended early: store_failed" in errors
        assert "Traceback" not in errors

    def test_two_crawls_at_once_store_every_article_once(self, newspaper_site, environment, mongod_uri, database):
        crawls = [start_crawl(newspaper_site, environment, mongod_uri, database.name) for _ in range(2)]
        answers = [crawl.communicate(timeout=120) for crawl in crawls]
        assert [crawl.returncode for crawl in crawls] == [0, 0], answers
        assert database.articles.count_documents({}) == 34
        told = [re.search(r"local: (\d+) new", errors)[1] for _, errors in answers]
        assert sum(map(int, told)) == 34

    def test_a_page_that_kills_its_worker_costs_that_page_only(self, newspaper_site, scrapy_with_store):
        crawl = scrapy_with_store(
            "crawl", "local", *QUICK, "-s", "EXTRACTION_TIMEOUT=0.0001", NABA_TEST_SITE=newspaper_site.address
        )
        assert summary(crawl)["new"] == 0
        assert "timeout" in crawl.stderr.splitlines()[-1]

    def test_an_archive_that_fills_up_ends_the_crawl_and_says_so(
        self, newspaper_site, environment, mongod_uri, database
    ):
        def no_large_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (70_000, 70_000))

        crawl = start_crawl(newspaper_site, environment, mongod_uri, database.name, preexec_fn=no_large_files)
        _, errors = crawl.communicate(timeout=60)
        assert crawl.returncode == 1
        assert "make room or set NABA_ARCHIVE" in errors
        assert "ended early: archive_failed" in errors
        assert "Traceback" not in errors


def environment_path(environment):
    from pathlib import Path

    return Path(environment["NABA_DATA"])


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)


@contextlib.contextmanager
def kept_server(crawl, places):
    """The crawl's local server, held so that it is there when the crawl has ended."""
    wait_for(lambda: places.state() or crawl.poll() is not None)
    with LocalServer.acquire(places.data) as server:
        yield server.uri


def start_crawl(site, environment, uri, database, *options, **more):
    """`uri` None is the local server."""
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "local", *QUICK, *options],
        cwd=ROOT,
        env=environment | {"MONGODB_URI": uri or "", "MONGODB_DATABASE": database, "NABA_TEST_SITE": site.address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **more,
    )


class TestMistakes:
    """Each gives one clear line and a non-zero status, never a traceback."""

    def told(self, answer):
        assert answer.returncode != 0
        assert "Traceback" not in answer.stderr
        (line,) = [line for line in answer.stderr.splitlines() if line.startswith("error:")]
        return line

    def test_an_unknown_site(self, scrapy):
        assert "no site is called 'elmasa' (near: elmassa" in self.told(scrapy("crawl", "elmasa"))

    def test_a_bad_since(self, scrapy):
        assert "since='tomorrow' is not a date" in self.told(scrapy("crawl", "elmassa", "-a", "since=tomorrow"))

    def test_an_unreachable_database(self, scrapy):
        told = self.told(
            scrapy(
                "crawl",
                "sample",
                "-s",
                REPLAY,
                MONGODB_URI="mongodb://user:secret@127.0.0.1:1/?serverSelectionTimeoutMS=300",
            )
        )
        assert "cannot be reached" in told
        assert "secret" not in told

    def test_a_database_that_cannot_be_prepared(self, scrapy_with_store, database):
        database.articles.create_index("else", name="site_text")
        told = self.told(scrapy_with_store("crawl", "sample", "-s", REPLAY))
        assert "cannot be prepared" in told
        assert "same name" in told

    def test_an_address_that_is_none(self, scrapy):
        assert "MONGODB_URI is no MongoDB address" in self.told(scrapy("search", MONGODB_URI="localhost:27017"))

    @pytest.mark.parametrize("name", ["absent.warc.gz", "pyproject.toml"])
    def test_an_unreadable_replay_file(self, scrapy, name):
        assert name in self.told(scrapy("crawl", "sample", "-s", f"REPLAY={ROOT / name}"))

    def test_a_bad_replay_instant(self, scrapy):
        told = self.told(scrapy("crawl", "sample", "-s", REPLAY, "-s", "REPLAY_AT=soon"))
        assert "REPLAY_AT=soon is not a date" in told

    def test_a_data_folder_that_cannot_be_written(self, scrapy, tmp_path):
        # a file where the folder should be: refused to root too, whom permissions do not stop
        (tmp_path / "file").write_text("")
        told = self.told(scrapy("crawl", "sample", "-s", REPLAY, NABA_DATA=tmp_path / "file"))
        assert "cannot be written" in told

    @pytest.mark.parametrize("command", ["crawl", "probe"])
    def test_times_that_are_none(self, scrapy, command):
        told = self.told(scrapy(command, "sample", "-s", REPLAY, NABA_REREAD_AFTER="often"))
        assert "REREAD_AFTER=often is no list of seconds" in told

    def test_an_archive_that_cannot_be_written(self, scrapy, tmp_path):
        (tmp_path / "file").write_text("")
        told = self.told(scrapy("crawl", "elmassa", NABA_ARCHIVE=tmp_path / "file"))
        assert "the archive" in told

    def test_a_data_folder_on_a_read_only_disk(self, tmp_path, monkeypatch):
        refused = OSError(errno.EROFS, os.strerror(errno.EROFS))

        def read_only(**_options):
            raise refused

        monkeypatch.setattr(tempfile, "TemporaryFile", read_only)
        with pytest.raises(UserError, match=r"cannot be written \(Read-only file system\)"):
            LocalServer.acquire(tmp_path)

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["search", "--contry", "dz"], "unknown option --contry"),
            (["search", "--limit", "many"], "--limit many is no number from 0 up"),
            (["search", "--since", "2020", "--until", "2019"], "--since 2020 is not before --until 2019"),
            (["crawls", "--limit", "0"], "--limit 0"),
            (["crawl"], "name one site"),
            (["crawl", "sample", "-s", "REPLAY="], "REPLAY is empty"),
            (["extract", "README.md", "--url", "el-massa"], "--url el-massa is no web address"),
            (["extract", "README.md", "--encoding", "cp1256x"], "--encoding cp1256x is no charset"),
            (["sites", "dz"], "unknown argument dz"),
            (["sites", "-L", "loud"], "LOG_LEVEL=LOUD is none of DEBUG"),
            (["crawl", "sample", "-s", "LOG_LEVEL=loud"], "LOG_LEVEL=LOUD is none of DEBUG"),
            (["crawl", "sample", "-s", "PAGES_LIMIT=ten"], "PAGES_LIMIT=ten is no number"),
            (["crawl", "sample", "-s", "IN_WORK=0"], "IN_WORK=0: at least 1"),
            (["crawl", "sample", "-s", "EXTRACTION_WORKERS=0"], "EXTRACTION_WORKERS=0: at least 1"),
            (["crawl", "sample", "-s", "ARCHIVE_ENABLED=maybe"], "ARCHIVE_ENABLED=maybe: write 1 or 0"),
        ],
    )
    def test_what_is_mistyped_is_told_in_one_line(self, scrapy, arguments, told):
        answer = scrapy(*arguments)
        assert answer.returncode in {1, 2}
        (line,) = answer.stderr.splitlines()
        assert line.startswith("error: ")
        assert told in line

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("NABA_DELAY", "slow"),
            ("NABA_EXTRACTION_WORKERS", "0"),
            ("NABA_PAGES_LIMIT", "ten"),
            ("MONGODB_DATABASE", "a b"),
            ("NABA_LOG_LEVEL", "loud"),
        ],
    )
    def test_a_variable_that_cannot_be(self, scrapy, mongod_uri, name, value):
        told = self.told(scrapy("search", **{"MONGODB_URI": mongod_uri, name: value}))
        assert f"{name.removeprefix('NABA_')}=" in told

    def test_a_site_that_cannot_be_reached(self, scrapy_with_store):
        answer = scrapy_with_store("crawl", "local", *QUICK, "-s", "RETRY_ENABLED=0")
        assert answer.returncode == 1
        assert "3 failed" in answer.stderr.splitlines()[-1]
