"""`scrapy crawls`, and the record that a run leaves."""

import json
import os
import platform
from datetime import UTC, datetime, timedelta

import pytest

from crawler.processes import holder
from crawler.store.crawls import mark_died
from crawler.store.measures import LACKING, SLOWEST
from crawler.store.session import counts
from samples.build import WARC

NOW = datetime.now(UTC).replace(microsecond=0)


def run(crawl_id, process=None, **fields):
    """A run's record that has no end."""
    return {
        "_id": crawl_id,
        "site": "sample",
        "arguments": {},
        "replay": None,
        "counts": counts({}),
        "notes": [],
        "started_at": NOW,
        "alive_at": NOW,
        "ended_at": None,
        "reason": None,
        "process": process or holder(),
        **fields,
    }


@pytest.mark.parametrize(
    ("process", "silent", "ended"),
    [
        (holder(), timedelta(days=1), "running"),  # this machine slept
        (f"{platform.node()}:{os.getpid()}:1", timedelta(0), "died"),  # its number was given to another process since
        ("another-machine:1:1", timedelta(0), "running"),
        ("another-machine:1:1", timedelta(minutes=11), "died"),
    ],
    ids=["slept", "number given again", "elsewhere", "elsewhere and silent"],
)
def test_a_run_without_an_end_runs_or_died(scrapy_with_store, database, process, silent, ended):
    alive = datetime.now(UTC).replace(microsecond=0) - silent
    database.crawls.insert_one(run("one", process, alive_at=alive))
    assert ended in scrapy_with_store("crawls", "--limit", "1").stdout.split()
    stored = database.crawls.find_one()
    assert stored["reason"] == ("died" if ended == "died" else None)
    assert stored["ended_at"] == (alive if ended == "died" else None)


def test_a_record_of_before_that_tells_no_life_sign_is_marked_too(database):
    record = run("one", f"{platform.node()}:{os.getpid()}:1")
    del record["alive_at"]
    database.crawls.insert_one(record)
    assert [crawl["_id"] for crawl in mark_died(database)] == ["one"]
    assert database.crawls.find_one()["ended_at"] == NOW
    assert mark_died(database) == []


def test_failed_lists_what_failed_and_no_healthy_run(scrapy_with_store, database):
    database.crawls.insert_many(
        [
            run("healthy"),
            run("dead", f"{platform.node()}:{os.getpid()}:1"),
            run("fine", ended_at=NOW, reason="finished"),
            run("with-failures", ended_at=NOW, reason="finished", counts=counts({"articles/failed/http_404": 1})),
            run("cut-off", ended_at=NOW, reason="site_in_trouble"),
        ]
    )
    answer = scrapy_with_store("crawls", "sample", "--failed", "--format", "jsonl")
    listed = {json.loads(line)["_id"] for line in answer.stdout.splitlines()}
    assert listed == {"dead", "with-failures", "cut-off"}


def test_the_next_run_of_the_site_marks_one_that_died_and_no_others(scrapy_with_store, database):
    gone = f"{platform.node()}:{os.getpid()}:1"
    database.crawls.insert_many([run("one", gone), run("other", gone, site="elmassa")])
    scrapy_with_store("crawl", "sample", "-s", f"REPLAY={WARC}", "-a", "limit=1")
    assert database.crawls.find_one({"_id": "one"})["reason"] == "died"
    assert database.crawls.find_one({"_id": "other"})["reason"] is None


def test_a_run_tells_why_who_what_and_how_it_went(scrapy_with_store, database, tmp_path):
    log_file = tmp_path / "crawl.log"
    scrapy_with_store(
        *("crawl", "sample", "-s", f"REPLAY={WARC}", "-a", "limit=20", "-s", f"LOG_FILE={log_file}"),
        NABA_CRAWL_REASON="timetable",
    )
    (record,) = database.crawls.find()
    assert (record["why"], record["reason"], record["arguments"]) == ("timetable", "finished", {"limit": "20"})
    assert record["by"].endswith(f"@{platform.node()}")
    assert record["log_file"] == str(log_file)
    assert set(record["versions"]) == {"naba", "extractor", "scrapy", "python"}
    assert record["started_at"] <= record["alive_at"] <= record["ended_at"] + timedelta(seconds=1)
    stored = sum(record["counts"][kind] for kind in ("new", "duplicate"))
    for name, told in record["fields"].items():
        assert told["filled"] + told["missing"] == stored, name
        assert len(told["lacking"]) == min(LACKING, told["missing"])
    filled = record["fields"]["kicker"]["filled"]
    assert filled == database.articles.count_documents({"kicker": {"$ne": None}})
    assert 0 < len(record["slowest"]) <= SLOWEST
    costs = [page["download"] + page["extraction"] for page in record["slowest"]]
    assert costs == sorted(costs, reverse=True)
    assert min(page["extraction"] for page in record["slowest"]) > 0
    shown = scrapy_with_store("crawls", "--last").stdout
    assert "timetable" in shown
    assert str(log_file) in shown
    assert "slowest pages" in shown
