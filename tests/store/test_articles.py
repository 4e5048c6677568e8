"""Every article is stored once, whoever else writes at the same moment."""

import asyncio
import multiprocessing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pymongo import AsyncMongoClient
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import BulkWriteError

from crawler.items import Article
from crawler.store.articles import ArticleWriter, WriteFailedError
from crawler.store.documents import to_article
from crawler.store.schema import prepare

NOON = datetime(2018, 2, 13, 12, tzinfo=UTC)
BODY = "أكد الوزير أن الأشغال تنتهي في آجالها. " * 12


def article(number=1, **fields):
    defaults = {
        "url": f"https://www.example.com/dz/{number}",
        "title": f"عنوان {number}",
        "body": f"{BODY} رقم {number}",
        "site": "example",
        "fetched_at": NOON,
    }
    return Article(**(defaults | fields))


def write(uri, name, *batches):
    """Write the batches one after another; outcomes of the last."""

    async def run():
        async with AsyncMongoClient(uri, tz_aware=True, w="majority", journal=True) as client:
            await prepare(client[name])
            writer = ArticleWriter(client[name], "crawl-1")
            for batch in batches:
                outcomes = await writer.write(batch)
            return outcomes

    return asyncio.run(run())


@pytest.fixture
def store(mongod_uri, database):
    def run(*batches):
        return write(mongod_uri, database.name, *batches)

    return run


def test_an_article_is_new_then_unchanged(store, database):
    assert store([article()]) == ["new"]
    assert store([article()]) == ["unchanged"]
    assert database.articles.count_documents({}) == 1


def test_a_stored_article_comes_back_as_it_was(store, database):
    reading = article(
        kicker="قبيل",
        published_at=datetime.fromisoformat("2018-02-13T22:18:40+01:00"),
        authors=["أسماء ي"],
        tags=["محلي"],
        read_count=458,
        country="dz",
        language="ar",
        section="الحدث",
    )
    store([reading])
    assert to_article(database.articles.find_one()).record() == reading.record()


def test_the_same_address_twice_in_one_batch_is_one_article(store, database):
    assert sorted(store([article(), article(url="http://example.com/dz/1/?utm_source=x")])) == ["new", "unchanged"]
    assert database.articles.count_documents({}) == 1


def test_the_same_text_under_a_second_address_becomes_an_alias(store, database):
    second = article(url="https://www.example.com/print/1")
    assert store([article()], [second]) == ["duplicate"]
    assert store([second]) == ["unchanged"]
    (stored,) = database.articles.find()
    assert [alias["url"] for alias in stored["aliases"]] == ["https://www.example.com/print/1"]


def test_two_addresses_of_one_text_in_one_batch_are_one_article(store, database):
    assert sorted(store([article(), article(url="https://www.example.com/print/1")])) == ["duplicate", "new"]
    assert database.articles.count_documents({}) == 1


def test_spelling_does_not_make_a_text_another(store):
    plain, adorned = "إلى المدينة " * 60, "اِلى المديـــنة\u200f " * 60
    assert store([article(body=plain)], [article(2, body=adorned)]) == ["duplicate"]


def test_the_same_text_on_another_site_is_another_article(store, database):
    assert store([article()], [article(url="https://other.example.org/9", site="other")]) == ["new"]
    assert database.articles.count_documents({}) == 2


def test_short_texts_under_different_headlines_are_different_articles(store):
    assert store([article(1, body="التفاصيل في الصور.")], [article(2, body="التفاصيل في الصور.")]) == ["new"]


def test_an_edit_raises_the_number_and_keeps_the_earlier_text(store, database):
    later = article(title="عنوان جديد", fetched_at=NOON + timedelta(hours=1))
    assert store([article()], [later]) == ["updated"]
    stored = database.articles.find_one()
    assert (stored["title"], stored["number"]) == ("عنوان جديد", 2)
    (revision,) = database.revisions.find()
    assert (revision["title"], revision["number"], revision["article"]) == ("عنوان 1", 1, stored["_id"])


def test_a_grown_counter_is_no_edit(store, database):
    assert store([article(read_count=1)], [article(read_count=9, fetched_at=NOON + timedelta(hours=1))]) == [
        "unchanged"
    ]
    assert database.articles.find_one()["read_count"] == 9
    assert database.revisions.count_documents({}) == 0


def test_an_older_reading_does_not_replace_a_newer_one(store, database):
    older = article(title="عنوان قديم", fetched_at=NOON - timedelta(days=1))
    assert store([article()], [older]) == ["unchanged"]
    stored = database.articles.find_one()
    assert stored["title"] == "عنوان 1"
    assert (stored["first_seen"], stored["last_seen"]) == (NOON - timedelta(days=1), NOON)


def test_an_edit_that_makes_two_articles_one_text_keeps_both(store, database):
    same = article(2, body=article(1).body, title="عنوان 1", fetched_at=NOON + timedelta(hours=1))
    assert store([article(1), article(2)], [same]) == ["updated"]
    assert database.articles.count_documents({}) == 2
    first, second = (
        database.articles.find_one({"url": article(1).url}),
        database.articles.find_one({"url": article(2).url}),
    )
    assert second["body"] == first["body"]
    assert second["story"] == first["story"]
    assert (first | second)["duplicate_of"] in {first["_id"], second["_id"]}


def test_a_canonical_address_that_every_page_names_is_not_believed(store, database):
    readings = [article(n, canonical_url="https://www.example.com/article") for n in range(1, 5)]
    for reading in readings:
        store([reading])
    assert database.articles.count_documents({}) == 4
    assert store([readings[2]]) == ["unchanged"]


def test_a_second_address_with_the_canonical_one_is_the_same_article(store, database):
    mobile = article(url="https://www.example.com/app/view.php?id=1", canonical_url=article().url, body="نص آخر " * 80)
    assert store([article()], [mobile]) == ["updated"]
    assert database.articles.count_documents({}) == 1


def test_the_address_as_fetched_stays_known_when_the_page_names_another(store, database):
    view, canonical = "https://www.example.com/app/view.php?id=1", "https://www.example.com/dz/1"
    edited = article(url=view, canonical_url=canonical, title="عنوان بعد التصحيح", fetched_at=NOON + timedelta(hours=1))
    assert store([article(url=view, canonical_url=canonical)], [edited]) == ["updated"]
    (stored,) = database.articles.find()
    assert (stored["title"], stored["number"]) == ("عنوان بعد التصحيح", 2)
    assert [alias["url"] for alias in stored["aliases"]] == [view]
    assert database.revisions.count_documents({}) == 1


def test_every_address_under_which_an_article_was_read_becomes_an_alias_once(store, database):
    canonical = "https://www.example.com/dz/1"
    views = [f"https://www.example.com/{name}/1" for name in ("mobile", "app", "mobile", "share")]
    readings = [article(url=url, canonical_url=canonical, body="نص آخر " * 80) for url in views]
    assert store([article()], readings) == ["updated", *["unchanged"] * 3]
    assert store(readings) == ["unchanged"] * 4
    (stored,) = database.articles.find()
    assert sorted(alias["url"] for alias in stored["aliases"]) == sorted(set(views))


def test_what_the_server_refuses_is_told_and_the_rest_is_written(store, database):
    outcomes = store([article(1), article(2, body="ن" * 2_000_001), article(3)])
    assert outcomes[0] == outcomes[2] == "new"
    assert isinstance(outcomes[1], WriteFailedError)
    assert "body" in str(outcomes[1])
    assert database.articles.count_documents({}) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"tags": ["و" * 5_000_000, "ز" * 5_000_000]},
        {"published_at": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=3)))},
    ],
    ids=["larger than a document may be", "before the first instant of UTC"],
)
def test_what_no_document_can_hold_is_told_and_the_rest_is_written(store, database, fields):
    outcomes = store([article(1), article(2, **fields), article(3)])
    assert outcomes[0] == outcomes[2] == "new"
    assert isinstance(outcomes[1], WriteFailedError)
    assert database.articles.count_documents({}) == 2


def test_a_batch_that_the_server_went_down_on_is_written_when_it_is_back(mongod_uri, database, monkeypatch):
    writes = AsyncCollection.bulk_write
    refused = [{"index": 0, "code": 11600, "errmsg": "interrupted at shutdown"}]

    async def once(*_arguments, **_options):
        monkeypatch.setattr(AsyncCollection, "bulk_write", writes)
        raise BulkWriteError({"writeErrors": refused, "upserted": [], "writeConcernErrors": []})

    monkeypatch.setattr(AsyncCollection, "bulk_write", once)
    assert write(mongod_uri, database.name, [article(1), article(2)]) == ["new", "new"]


def _write_many(uri, name, numbers, results):
    outcomes = write(uri, name, *([article(n) for n in numbers[i : i + 20]] for i in range(0, len(numbers), 20)))
    results.put(outcomes)


def test_many_processes_writing_the_same_articles_store_each_once(mongod_uri, database):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    jobs = [
        context.Process(target=_write_many, args=(mongod_uri, database.name, list(range(start, start + 60)), results))
        for start in (0, 20, 40, 0)
    ]
    for job in jobs:
        job.start()
    outcomes = [results.get(timeout=120) for _ in jobs]
    for job in jobs:
        job.join()
    assert database.articles.count_documents({}) == 100
    assert {outcome for batch in outcomes for outcome in batch} <= {"new", "unchanged"}
