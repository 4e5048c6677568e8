"""Bulk work: how it is split, and that its jobs run to their end in bounded parts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawler.errors import UserError
from crawler.schedule.splitting import backfill, months, reextractions
from crawler.store.jobs import (
    ATTEMPTS,
    FAILURES,
    Job,
    add_jobs,
    batches,
    end_job,
    find_job,
    note_false_start,
    start_job,
)
from tests.fleet.site import Fleet
from tests.schedule.test_scheduler import QUICK

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ALGIERS = ZoneInfo("Africa/Algiers")


class TestSplitting:
    def test_months_are_those_that_the_period_touches_newest_first(self):
        assert months("2025-11-15", None, zone=ALGIERS, now=NOW) == [
            "2026-03",
            "2026-02",
            "2026-01",
            "2025-12",
            "2025-11",
        ]
        assert months("2018", "2018-02", zone=ALGIERS, now=NOW) == ["2018-02", "2018-01"]
        assert months("2018-01-31", "2018-01-31", zone=ALGIERS, now=NOW) == ["2018-01"]
        with pytest.raises(UserError, match="nothing lies between"):
            months("2018-02", "2018-01", zone=ALGIERS, now=NOW)

    def test_a_backfill_goes_by_months_of_all_sites_in_turn_and_each_site_alone(self):
        batch = backfill(dict.fromkeys(["aps", "elmassa"], ALGIERS), {"since": "2018-01", "until": "2018-02"}, [])
        assert [(job.site, job.command[3], job.command[5]) for job in batch.jobs] == [
            ("aps", "since=2018-02", "until=2018-02"),
            ("elmassa", "since=2018-02", "until=2018-02"),
            ("aps", "since=2018-01", "until=2018-01"),
            ("elmassa", "since=2018-01", "until=2018-01"),
        ]
        assert {job.lease for job in batch.jobs} == {"aps", "elmassa"}
        assert all(job.to_the_end and job.part_of == batch.id for job in batch.jobs)

    def test_a_re_extraction_contacts_no_site_and_needs_no_site_s_lease(self):
        batch = reextractions(["aps"], {"since": "2018-01", "until": "2018-02"}, [])
        assert [job.command for job in batch.jobs] == [
            ["reextract", "--site", "aps", "--since", "2018-02", "--until", "2018-02"],
            ["reextract", "--site", "aps", "--since", "2018-01", "--until", "2018-01"],
        ]
        assert all(job.lease == job.id for job in batch.jobs)


class TestJobs:
    @pytest.fixture
    def job(self, database):
        job = Job("a", ["crawl", "a"], "a", "", "a", part_of="b")
        assert add_jobs(database, [job]) == ["a"]
        assert add_jobs(database, [job]) == []
        return job

    def test_a_job_whose_processes_die_is_given_up_in_the_end(self, database, job):
        for attempt in range(ATTEMPTS):
            assert start_job(database, job.id, f"p{attempt}", None)["attempts"] == attempt
        assert start_job(database, job.id, "p", None) is None
        assert find_job(database, job.id)["state"] == "failed"

    def test_so_is_one_that_cannot_begin(self, database, job):
        for _ in range(ATTEMPTS):
            assert find_job(database, job.id)["state"] == "queued"
            note_false_start(database, job.id, "no module")
        assert find_job(database, job.id)["reason"] == "no module"
        (batch,) = batches(database)
        assert (batch["_id"], batch["failed"], batch["done"]) == ("b", 1, 0)
        assert [failure["_id"] for failure in batch["failures"]] == ["a"]

    def test_the_word_of_a_process_that_lost_it_does_not_count(self, database, job):
        start_job(database, job.id, "first", None)
        start_job(database, job.id, "second", None)
        end_job(database, job.id, "first", status=0, reason="finished", crawl=None)
        assert find_job(database, job.id)["state"] == "running"
        end_job(database, job.id, "second", status=0, reason="finished", crawl=None)
        assert find_job(database, job.id)["state"] == "done"
        assert start_job(database, job.id, "third", None) is None
        (batch,) = batches(database)
        assert batch["failures"] == []


def test_of_many_failures_the_newest_are_told_and_all_counted(database, scrapy_with_store):
    start = datetime(2026, 3, 1, tzinfo=UTC)
    jobs = [Job(id=f"j{number:03}", command=["crawl", "a"], lease="a", why="w", part_of="b") for number in range(50)]
    add_jobs(database, jobs)
    for number, job in enumerate(jobs[:45]):
        change = {"state": "failed", "reason": "died", "ended_at": start + timedelta(minutes=number)}
        database.jobs.update_one({"_id": job.id}, {"$set": change})
    (batch,) = batches(database)
    assert (batch["failed"], batch["queued"]) == (45, 5)
    assert [one["_id"] for one in batch["failures"]] == [f"j{44 - number:03}" for number in range(FAILURES)]
    told = scrapy_with_store("enqueue", "status").stdout.splitlines()
    assert told[-1] == f"and {45 - FAILURES} more of b failed before these"


def test_a_bulk_job_that_reaches_its_limit_goes_on_until_all_is_there(scrapy_with_store, database, tmp_path):
    with Fleet(articles=8) as fleet:
        own = {"NABA_TEST_SITE": fleet.address, "NABA_TEST_FLEET": 1, "NABA_JOB_PAGES": 6, "NABA_ARCHIVE_ENABLED": 0}
        own["NABA_TIMETABLE"] = tmp_path / "crawls.toml"
        (tmp_path / "crawls.toml").write_text('[groups.ma]\ncron = "0 0 1 1 *"\n', "utf-8")
        queued = scrapy_with_store("enqueue", "crawl", "fleet00", *QUICK, **own)
        assert queued.returncode == 0, queued.stderr
        assert "1 jobs wait for `scrapy schedule`" in queued.stderr
        run = scrapy_with_store("schedule", "--once", *QUICK, **own)
        assert run.returncode == 0, run.stderr
    job = database.jobs.find_one({"part_of": queued.stdout.strip()})
    assert job["state"] == "done"
    assert job["parts"] > 1
    assert database.articles.count_documents({}) == 8
    told = scrapy_with_store("enqueue", "status").stdout
    assert queued.stdout.strip() in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["backfill", "elmassa"], "error: a backfill has a beginning: scrapy enqueue backfill SITE -a since=2018-01"),
        (["crawl"], "error: say what: scrapy enqueue crawl SITE..."),
        (["crawl", "elmasa"], "error: no site is called 'elmasa' (near: elmassa"),
        (["crawl", "elmassa", "-a", "limt=1"], "error: unknown argument 'limt'"),
        (["archive", "nothing.warc.gz"], "error: "),
    ],
)
def test_a_mistake_is_told_in_a_line(scrapy, words, told):
    answer = scrapy("enqueue", *words)
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert line.startswith(told)
