"""Crawls of a small newspaper that gets into trouble: alarms once, over once, told by every channel, seen by health."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from benchmarks.schedule.kiosk import Kiosk
from benchmarks.schedule.press import Paper, Story
from crawler.catalogue import site_named
from crawler.extraction import extract
from samples.build import WARC
from tests.conftest import ROOT

NOW = datetime.now(UTC).replace(microsecond=0)
FIELDS = ("kicker", "authors", "read_count")
QUICK = ["-s", "SPIDER_MODULES=benchmarks.schedule.spiders", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]


def paper(trouble, trouble_at):
    """A paper that prints an article a minute."""
    one = Paper("paper00", 1, NOW - timedelta(hours=2), NOW - timedelta(hours=2), trouble, trouble_at)
    begin = NOW - timedelta(hours=2)
    one.stories = [Story(n, begin + timedelta(minutes=n), frozenset(FIELDS)) for n in range(1, 120)]
    one._moments = [story.published_at for story in one.stories]
    return one


def record(number, **fields):
    """An earlier run of the paper, as its record is."""
    started_at = NOW - timedelta(hours=30 - number)
    counts = {"new": 12, "failed": 0, "fetched": 12}
    return {
        "_id": f"earlier-{number}",
        "site": "paper00",
        "why": "by hand",
        "arguments": {},
        "replay": None,
        "notes": [],
        "started_at": started_at,
        "alive_at": started_at,
        "ended_at": started_at,
        "reason": "finished",
        "counts": counts,
        "first_tries": {"read": 12},
        "discovery": {"feed": {"asked": 1, "unchanged": 0, "found": 40}},
        "fields": {name: {"filled": 12, "missing": 0, "lacking": []} for name in (*FIELDS, "published_at")},
        "answers": {"count": 14, "median": 30.0},  # a busy machine is no slow site
    } | fields


class Receiver:
    """A webhook on loopback: keeps what it is sent; answers `status`."""

    def __init__(self):
        self.got, self.status = [], 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if receiver.status == 200:
                    receiver.got.append(json.loads(body))
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, *arguments):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}/hook?secret=1"


@pytest.fixture
def webhook():
    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture
def newsroom(scrapy_with_store, database, webhook, tmp_path):
    """What crawls and asks: `newsroom(kiosk)("crawl", ...)`, with all channels but mail."""
    database.crawls.insert_many([record(number) for number in range(8)])
    command = [sys.executable, "-c", "import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + '\\n')"]
    told = tmp_path / "told.jsonl"

    def at(kiosk):
        def run(*arguments, **variables):
            return scrapy_with_store(
                *arguments,
                *QUICK,
                timeout=280,
                **{
                    "NABA_TEST_SITE": kiosk.address,
                    "NABA_ALARM_WEBHOOK": webhook.address,
                    "NABA_ALARM_COMMAND": f'{command[0]} -c "{command[2]}" {told}',
                }
                | variables,
            )

        return run

    return at


def test_a_changed_layout_is_told_once_with_its_pages_and_its_recovery_once(newsroom, database, webhook, tmp_path):
    one = paper("layout", NOW - timedelta(minutes=98))
    with Kiosk([one], one.stories[20].published_at) as kiosk:
        scrapy = newsroom(kiosk)
        crawl = scrapy("crawl", "paper00")
        assert crawl.returncode == 0, crawl.stderr
        assert "ALARM" not in crawl.stderr
        kiosk.now = one.stories[36].published_at
        crawl = scrapy("crawl", "paper00")
        assert crawl.returncode == 0  # the crawl itself went well
        assert "ALARM paper00: the page layout may have changed" in crawl.stderr
        told = crawl.stderr
        alarm = database.alarms.find_one()
        kiosk.now = one.stories[50].published_at
        assert "ALARM" not in scrapy("crawl", "paper00").stderr
        assert (alarm["check"], alarm["open"]) == ("fields", True)
        assert set(alarm["evidence"]["fields"]) == set(FIELDS)
        for field in FIELDS:
            pages = [page for page in alarm["evidence"]["pages"] if page["lacks"] == field]
            assert len({page["address"] for page in pages}) == 2
        health = scrapy("health", "--format", "jsonl")
        assert health.returncode == 1
        states = {state["site"]: state for state in map(json.loads, health.stdout.splitlines())}
        assert (states["paper00"]["state"], states["paper01"]["state"]) == ("alarmed", "never")
        # promise 6: the page is in hand, and becomes a test
        failing = alarm["evidence"]["pages"][0]
        place = f"{failing['archived']['file']}@{failing['archived']['offset']}"
        assert f"scrapy page {place}" in told
        assert 'class="text"' in scrapy("page", place).stdout
        assert scrapy("page", failing["address"]).stdout == scrapy("page", place).stdout

        kiosk.well.add("paper00")
        kiosk.now = one.stories[80].published_at
        crawl = scrapy("crawl", "paper00")
        assert "OVER paper00: fields is over" in crawl.stderr
        kiosk.now = one.stories[95].published_at
        assert "OVER" not in scrapy("crawl", "paper00").stderr
        assert scrapy("health").returncode == 0
    assert [event["text"].split()[0] for event in webhook.got] == ["ALARM", "OVER"]
    assert place in webhook.got[0]["text"]
    events = [json.loads(line) for line in (tmp_path / "told.jsonl").read_text().splitlines()]
    assert [(event["event"], event["site"], event["check"]) for event in events] == [
        ("raised", "paper00", "fields"),
        ("over", "paper00", "fields"),
    ]
    assert database.alarms.count_documents({}) == 1


def test_a_site_that_turns_us_away_raises_that_alarm_and_no_other_and_a_deaf_channel_is_told_later(
    newsroom, database, webhook
):
    one = paper("refusing", NOW - timedelta(minutes=90))
    webhook.status = 500
    with Kiosk([one], NOW) as kiosk:
        scrapy = newsroom(kiosk)
        assert "ALARM" not in scrapy("crawl", "paper00").stderr  # once may be chance
        crawl = scrapy("crawl", "paper00")
        assert "ALARM paper00: every listing" in crawl.stderr
        assert "could not be told by webhook: the webhook answers 500" in crawl.stderr
        assert "secret" not in crawl.stderr
        assert [alarm["check"] for alarm in database.alarms.find()] == ["forbidden"]
        health = scrapy("health", "paper00")
        assert health.returncode == 1
        assert "not told by webhook after 1 attempts" in health.stderr
        assert "forbidden" in health.stdout
        webhook.status = 200
        database.alarms.update_one({}, {"$set": {"messages.0.due_at": NOW}})  # its time comes
        assert scrapy("health").returncode == 1  # told by now, and still alarmed
        assert [event["text"].split()[0] for event in webhook.got] == ["ALARM"]
        accepted = scrapy("health", "paper00", "--accept")
        assert accepted.returncode == 0
        assert "accepted forbidden" in accepted.stderr


def test_replays_limited_crawls_and_young_sites_raise_nothing(newsroom, database):
    one = paper("layout", NOW - timedelta(minutes=200))
    with Kiosk([one], NOW) as kiosk:
        scrapy = newsroom(kiosk)
        assert scrapy("crawl", "paper00", "-a", "limit=15").returncode == 0
        database.crawls.delete_many({"_id": {"$regex": "^earlier"}})
        assert scrapy("crawl", "paper00").returncode == 0
    assert list(database.alarms.find()) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("NABA_ALARM_WEBHOOK", "chat.example/hook", "ALARM_WEBHOOK is no web address"),
        ("NABA_ALARM_MAIL_TO", "somebody", "ALARM_MAIL_TO=somebody is no list of e-mail addresses"),
        ("NABA_ALARM_COMMAND", "'open", "ALARM_COMMAND cannot be read"),
        ("NABA_METRICS_PORT", "many", "NABA_METRICS_PORT=many is no number"),
    ],
)
def test_a_channel_that_cannot_be_is_told_in_a_line_before_the_crawl(scrapy_with_store, database, name, value, told):
    answer = scrapy_with_store("crawl", "sample", **{name: value})
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert line.startswith("error: ")
    assert told in line
    assert database.crawls.count_documents({}) == 0


def test_page_says_in_a_line_what_it_cannot_find(scrapy_with_store):
    answer = scrapy_with_store("page", "absent.warc.gz@12")
    assert answer.returncode == 1
    assert answer.stderr.startswith("error: ")
    assert "Traceback" not in answer.stderr
    assert "no article is stored" in scrapy_with_store("page", "https://www.sample.example/none").stderr


def test_a_page_becomes_a_test(scrapy_with_store, environment, mongod_uri, database, tmp_path):
    scrapy_with_store("crawl", "sample", "-s", f"REPLAY={WARC}", "-a", "limit=3")
    article = database.articles.find_one({"published_at": {"$ne": None}})
    answer = subprocess.run(
        [sys.executable, "-m", "scrapy", "page", article["url"], "--test"],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(ROOT), "MONGODB_URI": mongod_uri, "MONGODB_DATABASE": database.name},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    page, record = (tmp_path / line for line in answer.stdout.splitlines())
    assert page.parent == tmp_path / "tests" / "pages" / "dz" / "sample"
    expected = json.loads(record.read_text("utf-8"))
    assert expected["title"] == article["title"]
    read = extract(page.read_bytes(), expected["url"], site_named("sample")).article.record()
    assert read == expected
