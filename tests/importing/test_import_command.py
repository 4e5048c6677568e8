"""`scrapy crawl archive`: WARC files of others, as users import them."""

import os
import re
import signal
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import chain

import pytest
from pymongo import MongoClient

from benchmarks.archive.corpus import KNOWN, Elsewhere, Page, article, pages, write_warc
from crawler.archive.records import WarcRecords
from tests.conftest import begun, kill_when, runner

HOST = "www.alwaha.example"


def summary(run):
    """The counts of an import's last line."""
    line = run.stderr.splitlines()[-1]
    assert line.startswith("archive: "), run.stderr
    return Counter({kind: int(count) for count, kind in re.findall(r"(\d+) (\w+)", line)})


@pytest.fixture
def imports(scrapy_with_store, tmp_path):
    """Import files; the answer is the run."""

    def run(*arguments, files=None, **options):
        given = [part for argument in arguments for part in ("-a", argument)]
        return scrapy_with_store("crawl", "archive", "-a", f"files={files or tmp_path}", *given, **options)

    return run


def test_articles_are_taken_and_all_else_counted(imports, database, tmp_path):
    archive = tmp_path / "data" / "archive"
    (archive / "others").mkdir(parents=True)
    write_warc(tmp_path / "a.warc.gz", pages(150, share=0.1))
    moved = replace(article(99, HOST), url="https://news.alwaha.example/moved/99")
    write_warc(
        archive / "others" / "b.warc", [moved, Page(f"https://{HOST}/feed", b"<rss/>", 200, "application/rss+xml")]
    )
    run = imports(files=f"{tmp_path / 'a.warc.gz'},{archive}")
    assert run.returncode == 0, run.stderr
    told = summary(run)
    assert told["new"] == database.articles.count_documents({}) == 16
    assert told["not_arabic"] + told["other_language"] == 150 - 15 - 3 - 3
    assert (told["not_html"], told["http_404"], told["failed"]) == (4, 3, 0)
    # what the catalogue has is that site's, by its rules; others are their domain's
    sites = Counter(one["site"] for one in database.articles.find())
    assert sites == {"sample": 3, "alwaha.example": 5, "almarsa.example": 4, "aljisr.example": 4}
    known = database.articles.find_one({"site": "sample"})
    assert (known["country"], known["extractor"].startswith("1+")) == ("dz", True)
    other = database.articles.find_one({"site": "almarsa.example"})
    assert (other["country"], other["language"], other["extractor"]) == (None, "ar", "1")
    page = article(1, "www.alwaha.example")
    stored = database.articles.find_one({"url": page.url})
    assert stored["body"] == page.story.body
    assert stored["fetched_at"] == page.fetched_at
    # places in the archive are relative to it, others absolute
    assert stored["archived"]["file"] == str(tmp_path / "a.warc.gz")
    assert database.articles.find_one({"url": moved.url})["archived"] == {"file": "others/b.warc", "offset": 0}


def test_again_nothing_is_read_and_what_was_added_is(imports, database, tmp_path):
    path = tmp_path / "a.warc.gz"
    write_warc(path, pages(40, share=0.2))
    assert summary(imports())["new"] == 8
    again = imports()
    assert "1 file was imported before" in again.stderr
    assert summary(again) == Counter()
    added = tmp_path / "added"
    write_warc(added, [article(77, HOST)])
    path.write_bytes(path.read_bytes() + added.read_bytes())
    added.unlink()
    grown = summary(imports())
    assert (grown["new"], grown["unchanged"]) == (1, 0)
    assert summary(imports("refresh=all"))["unchanged"] == 9
    assert database.articles.count_documents({}) == 9


def test_one_article_of_several_captures_with_its_edit(imports, database, tmp_path):
    first = article(5, HOST)
    body = first.body.replace(
        first.story.blocks[-1].text.encode(), "نص آخر تماما كتب بعد النشر الأول بيوم واحد.".encode()
    )
    later = replace(first, body=body, fetched_at=first.fetched_at + timedelta(days=1))
    tracked = replace(later, url=f"{first.url}?utm_source=x", fetched_at=first.fetched_at + timedelta(days=2))
    write_warc(tmp_path / "a.warc.gz", [first, later, tracked])
    told = summary(imports())
    assert (told["new"], told["updated"], told["unchanged"]) == (1, 1, 1)
    (stored,) = database.articles.find()
    assert stored["number"] == 2
    assert stored["body"].endswith("بيوم واحد.")
    assert database.revisions.count_documents({"article": stored["_id"]}) == 1


def test_a_selection_is_kept_to(imports, database, tmp_path):
    write_warc(tmp_path / "a.warc.gz", pages(40, share=0.5))
    assert summary(imports("sites=sample"))["other_site"] > 0
    assert database.articles.distinct("site") == ["sample"]
    limited = imports("limit=3")
    assert summary(limited)["new"] + summary(limited)["unchanged"] == 3
    everything = summary(imports())
    assert database.articles.count_documents({}) == 20, everything
    assert "outside_dates" in imports("since=2035").stderr


def test_broken_files_cost_what_is_broken(imports, database, tmp_path):
    write_warc(tmp_path / "a.warc.gz", [article(number, HOST) for number in range(1, 7)])
    with WarcRecords(tmp_path / "a.warc.gz") as records:
        offsets = [record.offset for record in records]
    broken = bytearray((tmp_path / "a.warc.gz").read_bytes())
    broken[offsets[4] + 30 : offsets[4] + 60] = bytes(30)  # within the third page
    (tmp_path / "a.warc.gz").write_bytes(broken[:-400])  # and the last request is cut off
    (tmp_path / "b.warc.gz").write_bytes(b"no archive")
    (tmp_path / "c.warc").write_bytes(b"")
    (tmp_path / "d.warc.gz").write_bytes(b"\x28\xb5\x2f\xfd" + bytes(50))
    write_warc(tmp_path / "e.warc.gz", [article(20, HOST)])
    run = imports()
    told = summary(run)
    assert told["new"] == database.articles.count_documents({}) == 6
    assert (told["not_warc"], told["cut_off"]) == (3, 1)
    assert told["broken_record"] + told["unreadable"] == 1
    assert "d.warc.gz: not_warc (is compressed by zstd: unpack it first (zstd -d))" in run.stderr
    assert "Traceback" not in run.stderr
    (crawl,) = database.crawls.find()
    assert {note["reason"] for note in crawl["notes"]} >= {"failed/not_warc", "failed/cut_off"}


def test_killed_in_mid_file_and_run_again_every_article_is_stored_once(
    imports, database, environment, mongod_uri, tmp_path
):
    content = chain.from_iterable([article(number, KNOWN), Elsewhere(number).page(number)] for number in range(1, 181))
    write_warc(tmp_path / "a.warc.gz", content)
    own = environment | {"MONGODB_URI": mongod_uri, "MONGODB_DATABASE": database.name}
    with begun(own, "crawl", "archive", "-a", f"files={tmp_path}", "-s", "STORE_INTERVAL=0.05") as command:
        deadline = time.monotonic() + 60
        while not database.imports.find_one({"offset": {"$gt": 0}}) and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(command.pid, signal.SIGKILL)
        assert command.wait() == -signal.SIGKILL
    acknowledged = {one["_id"] for one in database.articles.find({}, {"_id": 1})}
    position = database.imports.find_one()["offset"]
    assert 0 < len(acknowledged) < 180
    assert 0 < position < (tmp_path / "a.warc.gz").stat().st_size
    again = imports()
    assert f"goes on at byte {position}" in again.stderr
    stored = list(database.articles.find())
    assert acknowledged <= {one["_id"] for one in stored}
    addresses = Counter(address for one in stored for address in {one["url"], *(a["url"] for a in one["aliases"])})
    assert addresses == Counter(article(number, KNOWN).url for number in range(1, 181))
    assert [run["reason"] for run in database.crawls.find().sort("started_at")] == ["died", "finished"]
    assert summary(imports()) == Counter()


def test_its_server_killed_in_mid_file_comes_back_and_every_article_is_stored_once(own_server, environment, tmp_path):
    count = 90
    content = chain.from_iterable(
        [article(number, KNOWN), Elsewhere(number).page(number)] for number in range(1, count + 1)
    )
    write_warc(tmp_path / "a.warc.gz", content)
    own = environment | {"MONGODB_URI": own_server.uri, "MONGODB_DATABASE": "naba"}
    with MongoClient(own_server.uri) as client:
        with begun(own, "crawl", "archive", "-a", f"files={tmp_path}", "-s", "STORE_INTERVAL=0.05") as command:
            kill_when(own_server, command, client.naba.articles.find_one)
            _, errors = command.communicate(timeout=90)
        assert command.returncode == 0, errors
        assert "Traceback" not in errors
        # a write that was done and not acknowledged is done again, and finds its article unchanged
        told = Counter({kind: int(number) for number, kind in re.findall(r"(\d+) (\w+)", errors.splitlines()[-1])})
        assert (told["new"] + told["unchanged"], told["failed"]) == (count, 0)
        stored = list(client.naba.articles.find())
        addresses = Counter(address for one in stored for address in {one["url"], *(a["url"] for a in one["aliases"])})
        assert addresses == Counter(article(number, KNOWN).url for number in range(1, count + 1))
        assert client.naba.revisions.count_documents({}) == 0
        (run,) = client.naba.crawls.find()
        assert run["reason"] == "finished"
    again = runner(environment)("crawl", "archive", "-a", f"files={tmp_path}", MONGODB_URI=own_server.uri)
    assert summary(again) == Counter(), again.stderr


def test_interrupted_it_ends_in_order_and_goes_on_later(imports, database, environment, mongod_uri, tmp_path):
    write_warc(tmp_path / "a.warc.gz", (article(number, HOST) for number in range(1, 181)))
    own = environment | {"MONGODB_URI": mongod_uri, "MONGODB_DATABASE": database.name}
    # what was read waits to be written when the interrupt comes
    with begun(own, "crawl", "archive", "-a", f"files={tmp_path}", "-s", "STORE_INTERVAL=1") as command:
        deadline = time.monotonic() + 60
        while not database.articles.find_one() and time.monotonic() < deadline:
            time.sleep(0.02)
        command.send_signal(signal.SIGINT)
        _, errors = command.communicate(timeout=100)
    assert command.returncode == 130, errors
    assert "ended early: shutdown" in errors
    assert "Traceback" not in errors
    stored = database.articles.count_documents({})
    assert f"archive: {stored} new" in errors
    imports()
    assert database.articles.count_documents({}) == 180


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "say which files"),
        (["-a", "files=absent.warc.gz"], "no WARC file at absent.warc.gz"),
        (["-a", "files=samples", "-a", "site=sample"], "unknown argument 'site': archive takes files, sites, since"),
        (["-a", "files=samples", "-a", "sites=sampel"], "no site is called 'sampel'"),
        (["-a", "files=samples", "-s", "REPLAY=samples"], "REPLAY has no meaning"),
    ],
)
def test_mistakes_are_told_in_a_line(scrapy, arguments, told):
    answer = scrapy("crawl", "archive", *arguments)
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert told in line


def test_an_archive_is_no_newspaper(scrapy):
    assert '"site": "archive"' not in scrapy("sites", "--format", "jsonl").stdout
    assert "no site is called 'archives'" in scrapy("crawl", "archives").stderr
