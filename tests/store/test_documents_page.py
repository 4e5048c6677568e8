"""docs/documents.md tells what is stored: its tables are held against real documents, its code is run."""

import asyncio
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from bson import json_util
from bson.binary import Binary
from pymongo import AsyncMongoClient
from scrapy.settings import Settings

from crawler.discovery.found import Found
from crawler.discovery.rereading import Timetable
from crawler.identity import identify
from crawler.items import Article
from crawler.periods import Period
from crawler.store.addresses import AddressBook
from crawler.store.articles import ArticleWriter
from crawler.store.crawls import beginning, mark_died
from crawler.store.imports import import_key, move
from crawler.store.jobs import Job, add_jobs, end_job, mark_sent, requeue_job, start_job
from crawler.store.leases import take_lease
from crawler.store.listings import Listing, ListingBook
from crawler.store.schema import ARTICLES, INDEXES, VALIDATORS, prepare
from crawler.watch.alarms import end_alarm, raise_alarm
from crawler.watch.rounds import judge_run
from crawler.watch.verdicts import Verdict
from tests.conftest import ROOT, clean_environment, fresh_database, runner

PAGE = (ROOT / "docs" / "documents.md").read_text("utf-8")
OF_THE_RUN = {"crawl", "extractor", "terms_v"}
"""What the printed article cannot promise."""
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def rows(heading):
    """Cells of the table rows below a heading."""
    (part,) = re.findall(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    tables = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line] for line in tables]


def named(heading):
    """What the first cells name."""
    return [name for first, *_ in rows(heading) for name in re.findall("`([^`]+)`", first)]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def sample(mongod_uri, tmp_path_factory):
    """The sample newspaper, stored by the commands that the page names, and what runs Python beside it."""
    environment = clean_environment(tmp_path_factory.mktemp("page"))
    with fresh_database(mongod_uri) as database:
        environment |= {"MONGODB_URI": mongod_uri, "MONGODB_DATABASE": database.name}
        for line in "".join(blocks("sh")).splitlines():
            answer = runner(environment)(*line.split()[1:])
            assert answer.returncode == 0, answer.stderr
        yield database, environment


def run(environment, program):
    """What Python prints that runs this program."""
    answer = subprocess.run(
        [sys.executable, "-"],
        input=program,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    return answer.stdout


def test_the_code_prints_what_the_page_shows(sample):
    _, environment = sample
    shown = re.findall(r"```python\n.*?```\n(?:```text\n(.*?)```)?", PAGE, re.DOTALL)
    assert run(environment, "\nprint(end='\\x1e')\n".join(blocks("python"))).split("\x1e") == shown
    assert len(shown) > 10


def matches(shown, stored):
    """Whether an abridged value is the beginning (and end) of a stored one."""
    if isinstance(shown, str) and "…" in shown:
        beginning, end = shown.split("…")
        return stored.startswith(beginning) and stored.endswith(end)
    if isinstance(shown, list) and shown[-1:] == ["…"]:
        return stored[: len(shown) - 1] == shown[:-1] and len(stored) >= len(shown)
    if isinstance(shown, dict):
        return shown.keys() == stored.keys() and all(matches(value, stored[name]) for name, value in shown.items())
    return shown == stored


def test_the_printed_article_is_stored_so(sample):
    database, _ = sample
    (text,) = blocks("json")
    shown = json.loads(text)
    article = database.articles.find_one({"_id": json_util.loads(text)["_id"]})
    stored = json.loads(json_util.dumps(article, json_options=json_util.RELAXED_JSON_OPTIONS))
    assert shown.keys() == stored.keys()
    assert [name for name in shown if name not in OF_THE_RUN and not matches(shown[name], stored[name])] == []


def test_every_field_of_an_article_is_told_and_no_other(sample):
    database, _ = sample
    told = named("An article")
    assert len(told) == len(set(told))
    offsets = {"published_utc_offset", "modified_utc_offset"}
    assert set(told) == {*ARTICLES["properties"], *Article.field_names()}
    assert {name for article in database.articles.find() for name in article} | offsets <= set(told)


def test_what_the_sample_lacks_is_found_where_it_is(sample, database, mongod_uri):
    """A copy in another paper, an article that is gone, one edited twice: the page's queries find them."""
    _, environment = sample
    body = "أعلنت البلدية أن أشغال الطريق الجديد تنتهي قبل الصيف وأن السكان يستقبلون أول حافلة في الشهر المقبل. " * 6

    def article(site, title, hours):
        at = NOW + timedelta(hours=hours)
        url = f"https://{site}.example/1"
        return Article(url=url, site=site, title=title, body=body, published_at=at, fetched_at=at, read_count=9)

    async def write():
        async with AsyncMongoClient(mongod_uri, tz_aware=True) as client:
            await prepare(client[database.name])
            writer = ArticleWriter(client[database.name])
            for one in (article("second", "نقلا عن", 5), article("first", "طريق جديد", 0)):
                await writer.write([one])
            await writer.write([article("first", "طريق جديد قريبا", 2)])

    asyncio.run(write())
    key = Binary(identify(article("first", "-", 0)).key)
    database.articles.update_one({"_id": key}, {"$set": {"gone_at": NOW, "missed_at": NOW}})
    start, story, versions, gone = (
        next(one for one in blocks("python") if mark in one)
        for mark in ("Collection.open()", '"$story"', "db.revisions", "gone_at")
    )
    program = f"{start}\n{story}\n{versions}\n{gone}\ncollection.close()"
    assert run(environment | {"MONGODB_DATABASE": database.name}, program).splitlines() == [
        "1 of 2",
        "طريق جديد قريبا ['first', 'second']",
        "1 2026-11-01 طريق جديد",
        "2 2026-11-01 طريق جديد قريبا",
        "2026-11-01 2026-11-01 14:00:00+00:00 طريق جديد قريبا",
    ]


# --- the other collections


def work(database):
    """Jobs, leases, alarms and runs as their code writes them."""
    settings = Settings({"CRAWL_REASON": "test", "LOG_FILE": "crawl.log"})
    add_jobs(database, [Job("a", ["crawl", "paper"], "paper", "test", site="paper", due=NOW)])
    mark_sent(database, ["a"])
    start_job(database, "a", "p", None)
    requeue_job(database, "a", "p", why="limit", part=True)
    start_job(database, "a", "p", "job.log")
    end_job(database, "a", "p", status=0, reason="finished", crawl="c1")
    take_lease(database, "paper", job="a", site="paper")
    raise_alarm(database, "paper", Verdict("slow", "bad", "slow"), run="c1", now=NOW, channels=["mail"])
    end_alarm(database, "paper", "slow", by="c2", now=NOW, channels=["mail"])
    database.schedule.insert_one({"_id": "paper", "after": NOW})
    run = {"_id": "c1", **beginning("paper", {}, settings, "1"), "counts": {}, "process": ""}
    run |= {"alive_at": NOW, "started_at": NOW}
    database.crawls.insert_one(run)
    mark_died(database)
    run |= {"_id": "c2", "reason": "finished", "ended_at": NOW}
    database.crawls.insert_one(run)
    judge_run(database, run, [])


async def discover(database, path):
    """Addresses in all states, a listing, an import, copies."""
    book = AddressBook(database, "paper", "c1", Timetable.of_seconds([3600]), [timedelta(0)])
    found = [Found(f"https://paper.example/{number}", "feed", published_at=NOW) for number in range(4)]
    await book.offer(found, Period())
    claims = await book.claim(3, Period())
    await book.refuse(claims[0], "listing")
    await book.settle_failed(claims[1], "http_500")
    article = Article(
        url="https://paper.example/own",
        site="paper",
        title="عنوان",
        body="نص الخبر وما جاء فيه " * 20,
        published_at=datetime.now(UTC),
        fetched_at=datetime.now(UTC),
    )
    copy = article.model_copy(update={"url": "https://other.example/1", "site": "other"})
    await ArticleWriter(database).write([article, copy])
    await book.settle_stored({claims[2].key: identify(article).key})
    await book.offer([Found("https://paper.example/5", "feed")], Period())
    await book.claim(9, Period())
    await ListingBook(database, "paper").keep(Listing("https://paper.example/feed"))
    await move(database, import_key(path, {}), path, 9, "c1")


@pytest.fixture
def kept(database, mongod_uri, tmp_path):
    """A database in which every other collection has documents of each kind."""
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC")

    async def fill():
        async with AsyncMongoClient(mongod_uri, tz_aware=True) as client:
            await prepare(client[database.name])
            await discover(client[database.name], path)

    asyncio.run(fill())
    work(database)
    return database


def test_every_other_collection_is_told_with_all_its_fields_and_no_others(kept, sample):
    others = {*VALIDATORS, *kept.list_collection_names()} - {"articles"}
    assert sorted(named("The other collections")) == sorted(others)
    stored = {
        name: {key for database in (kept, sample[0]) for row in database[name].find() for key in row} - {"_id"}
        for name in others
    }
    assert {name: set(named(f"`{name}`")) for name in others} == stored
    for name in others:
        assert {*VALIDATORS[name]["required"], *VALIDATORS[name].get("properties", ())} - {"_id"} <= stored[name]


def test_the_indexes_are_those_of_the_code():
    told = [
        (*re.findall("`([^`]+)`", f"{row[0]} {row[1]}"), re.findall("`([^`]+)`", row[2])) for row in rows("Indexes")
    ]
    made = [
        (name, index.document["name"], [f"{'-' if way < 0 else ''}{key}" for key, way in index.document["key"].items()])
        for name, indexes in INDEXES.items()
        for index in indexes
    ]
    assert sorted(told) == sorted(made)
    unique = {row[1].strip("`") for row in rows("Indexes") if "unique" in row[3]}
    assert unique == {
        index.document["name"] for indexes in INDEXES.values() for index in indexes if index.document.get("unique")
    }


def test_what_is_removed_as_the_page_says_stays_away(kept, mongod_uri):
    article = kept.articles.find_one({"site": "paper"})
    program = "\n".join(blocks("py"))
    exec(program, names := {"db": kept})  # noqa: S102 - the page's own code
    names["remove"](article)
    assert [kept[name].count_documents({"_id": article["_id"]}) for name in ("articles", "signatures")] == [0, 0]

    async def offer():
        async with AsyncMongoClient(mongod_uri, tz_aware=True) as client:
            book = AddressBook(client[kept.name], "paper", "c9", Timetable.of_seconds([3600]), [], refresh=False)
            return await book.offer([Found(article["url"], "feed")], Period())

    assert asyncio.run(offer()) == ["refused"]
