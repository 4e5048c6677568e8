"""Metrics over real HTTP, read as Prometheus reads them, and what long-running commands do beside."""

import os
import platform
import socket
import time
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families
from scrapy.settings import Settings

from crawler.errors import UserError
from crawler.store.connection import open_database
from crawler.store.schema import prepare_before
from crawler.watch.metrics import serve_metrics
from crawler.watch.vigil import watching

NOW = datetime.now(UTC).replace(microsecond=0)


def scrape(server):
    """Value by name and labels."""
    with urlopen(f"http://127.0.0.1:{server.port}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def run(number, reason="finished", **fields):
    at = NOW - timedelta(hours=10 - number)
    return {"_id": f"run-{number}", "site": "sample", "started_at": at, "ended_at": at, "reason": reason} | {
        "counts": {"new": 3, "failed": 1},
        "newest_at": NOW,
        "answers": {"median": 0.25},
        **fields,
    }


@pytest.fixture
def own(mongod_uri, database):
    return Settings({"MONGODB_URI": mongod_uri, "MONGODB_DATABASE": database.name, "METRICS_HOST": "127.0.0.1"})


def test_sums_and_states_outlive_the_process_that_tells_them(own, database, monkeypatch):
    monkeypatch.setattr("crawler.watch.metrics._FRESH_SECONDS", 0)
    database.crawls.insert_many([run(1), run(2), run(3, "died", died_found_at=NOW)])
    message = {"channel": "webhook", "told_at": None, "error": "deaf", "attempts": 1}
    database.alarms.insert_one({"site": "sample", "check": "fields", "open": True, "since": NOW, "messages": [message]})
    server = serve_metrics(own, port=0)
    told = scrape(server)
    assert told["naba_up",] == 1
    assert told["naba_crawls_total", "finished", "sample"] == 2
    assert told["naba_crawls_total", "died", "sample"] == 1
    assert told["naba_articles_total", "new", "sample"] == 9
    assert told["naba_alarm_since_timestamp_seconds", "fields", "sample"] == NOW.timestamp()
    assert told["naba_alarms_open",] == 1
    assert told["naba_messages_untold", "webhook"] == 1
    assert told["naba_newest_article_timestamp_seconds", "sample"] == NOW.timestamp()
    database.crawls.insert_many([run(4, ended_at=NOW), run(5, ended_at=None, reason=None)])
    told = scrape(server)
    assert told["naba_crawls_total", "finished", "sample"] == 3
    assert told["naba_last_crawl_end_timestamp_seconds", "sample"] == 0
    # found dead much later than it died
    database.crawls.update_one({"_id": "run-5"}, {"$set": {"reason": "died", "ended_at": NOW, "died_found_at": NOW}})
    assert scrape(server)["naba_crawls_total", "died", "sample"] == 2
    server.close()
    again = serve_metrics(own, port=0)
    assert scrape(again)["naba_articles_total", "new", "sample"] == 15
    again.close()


def test_none_are_served_unless_asked_for_and_a_taken_port_is_told(own):
    assert serve_metrics(own) is None
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        own.set("METRICS_PORT", taken.getsockname()[1])
        with pytest.raises(UserError, match="cannot be listened on"):
            serve_metrics(own)


def test_a_long_running_command_finds_what_dies_again_and_again(own, database):
    gone = {"process": f"{platform.node()}:{os.getpid()}:1", "ended_at": None, "reason": None}
    with open_database(own) as connection:
        prepare_before(connection)
        with watching(own, connection, seconds=0.05):
            database.crawls.insert_many([run(1, **gone), run(2, **gone)])
            deadline = time.monotonic() + 30
            while not database.alarms.count_documents({}) and time.monotonic() < deadline:
                time.sleep(0.02)
    (alarm,) = database.alarms.find()
    assert (alarm["check"], alarm["open"], alarm["evidence"]["runs"]) == ("died", True, ["run-2", "run-1"])
