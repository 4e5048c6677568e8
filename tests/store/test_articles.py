"""Every article is stored once, whoever else writes at the same moment."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pymongo import AsyncMongoClient
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import BulkWriteError

from crawler.items import Article
from crawler.store.articles import ArticleWriter, WriteFailedError
from crawler.store.documents import to_article
from crawler.store.history import versions
from crawler.store.matching import match
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
            if not await client[name].list_collection_names():
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
    assert [version.fields["title"] for version in versions(database, stored)] == ["عنوان قديم", "عنوان 1"]


def test_an_older_text_that_cannot_be_kept_is_told(store, monkeypatch):
    """Others changed the article each time: its writer is not told that all is well."""
    monkeypatch.setattr("crawler.store.older._ROUNDS", 0)
    older = article(title="عنوان قديم", fetched_at=NOON - timedelta(days=1))
    (outcome,) = store([article()], [older])
    assert "changed by others" in str(outcome)


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


def at(minutes):
    return NOON + timedelta(minutes=minutes)


class TestReadCounts:
    def test_each_reading_is_kept_and_the_newest_stands_beside_the_article(self, store, database):
        store([article(read_count=10)], [article(read_count=25, fetched_at=at(30))])
        store([article(read_count=25, fetched_at=at(30))], [article(read_count=7, fetched_at=at(10))])
        rows = database.read_counts.find({}, {"_id": 0, "alias": 0}).sort("at", 1)
        assert [(row["at"], row["count"]) for row in rows] == [(NOON, 10), (at(10), 7), (at(30), 25)]
        stored = database.articles.find_one()
        assert (stored["read_count"], stored["counted_at"], stored["read_growth"]) == (25, at(30), 18 * 3)

    def test_a_counter_that_falls_is_kept_as_read(self, store, database):
        store([article(read_count=100)], [article(read_count=3, fetched_at=at(60))])
        stored = database.articles.find_one()
        assert (stored["read_count"], stored["read_growth"]) == (3, None)
        assert database.read_counts.count_documents({}) == 2

    def test_a_page_that_shows_no_counter_says_nothing_of_it(self, store, database):
        store([article(read_count=100)], [article(fetched_at=at(60))])
        stored = database.articles.find_one()
        assert (stored["read_count"], stored["counted_at"], stored["fetched_at"]) == (100, NOON, at(60))

    def test_a_reading_that_an_earlier_version_did_not_keep_is_kept_before_it_is_replaced(self, store, database):
        store([article()])
        database.articles.update_one({}, {"$set": {"read_count": 40}})
        store([article(read_count=50, fetched_at=at(60))])
        assert sorted(row["count"] for row in database.read_counts.find()) == [40, 50]
        assert database.articles.find_one()["read_growth"] == 10

    def test_a_second_address_that_counts_by_itself_does_not_bend_the_curve(self, store, database):
        other = "https://www.example.com/again/77"
        store([article(read_count=900)], [article(url=other, read_count=4, fetched_at=at(1))])
        store([article(url=other, read_count=6, fetched_at=at(2))])
        stored = database.articles.find_one()
        assert (stored["read_count"], stored["counted_at"]) == (900, NOON)
        by_alias = {row["count"]: row["alias"] for row in database.read_counts.find()}
        assert by_alias == {900: None, 4: stored["aliases"][0]["key"], 6: stored["aliases"][0]["key"]}

    def test_an_edition_that_names_the_article_as_its_own_shares_its_counter(self, store, database):
        mobile = "https://www.example.com/view?id=1"
        store(
            [article(read_count=9)], [article(url=mobile, canonical_url=article().url, read_count=11, fetched_at=at(1))]
        )
        assert database.articles.find_one()["read_count"] == 11


class TestVersions:
    def test_typesetting_counters_and_furniture_are_no_edit(self, store, database):
        body = f"{BODY}\n\nوختم بالشكر."
        readings = [
            article(body=body),
            article(body=f"{BODY} \u200f\n\nوختم بالشكر .", fetched_at=at(1)),
            article(body=f"{body}\n\nالقراءات: 458", fetched_at=at(2)),
            article(body=f"{body}\n\nاقرأ أيضا: خبر آخر", fetched_at=at(3)),
        ]
        assert [store([reading]) for reading in readings] == [["new"], *[["unchanged"]] * 3]
        assert database.revisions.count_documents({}) == 0
        assert database.articles.find_one()["number"] == 1

    def test_other_fields_change_without_a_version(self, store, database):
        assert store([article()], [article(tags=["محلي"], section="الحدث", fetched_at=at(1))]) == ["updated"]
        assert (database.articles.find_one()["tags"], database.revisions.count_documents({})) == (["محلي"], 0)

    def test_the_same_page_read_by_better_rules_is_no_edit(self, store, database):
        assert store([article(body=f"{BODY} ق/ د")], [article()]) == ["updated"]
        assert database.articles.find_one()["body"] == article().body
        assert database.revisions.count_documents({}) == 0

    def test_a_version_knows_when_it_was_read_first_and_last(self, store, database):
        texts = ["أول", "أول", "ثان", "ثان", "ثالث"]
        store(*([article(title=text, fetched_at=at(i))] for i, text in enumerate(texts)))
        found = versions(database, database.articles.find_one())
        assert [(v.fields["title"], v.first_seen, v.last_seen) for v in found] == [
            ("أول", at(0), at(1)),
            ("ثان", at(2), at(3)),
            ("ثالث", at(4), at(4)),
        ]

    @pytest.mark.parametrize("order", [(0, 3, 2, 1), (3, 2, 1, 0), (3, 0, 1, 2), (2, 3, 0, 1), (1, 0, 3, 2)])
    def test_an_earlier_text_that_comes_to_be_known_later_has_its_place(self, store, database, order):
        texts = ["أول", "ثان", "ثان", "ثالث"]
        for _ in range(2):  # imported again, nothing is new
            store(*([article(title=texts[i], fetched_at=at(i))] for i in order))
        found = versions(database, database.articles.find_one())
        assert [(v.fields["title"], v.first_seen, v.last_seen) for v in found] == [
            ("أول", at(0), at(0)),
            ("ثان", at(1), at(2)),
            ("ثالث", at(3), at(3)),
        ]
        assert database.revisions.count_documents({}) == 2
        check_numbers(database)


def check_numbers(database):
    """No version's number is skipped."""
    for stored in database.articles.find():
        numbers = sorted(row["number"] for row in database.revisions.find({"article": stored["_id"]}))
        assert numbers == list(range(stored["number"] - len(numbers), stored["number"]))


class TestOvertaken:
    """What was asked before others wrote is asked again."""

    @pytest.fixture
    def write_as_of(self, mongod_uri, database):
        """Write readings by what was stored before others were written; the outcomes."""

        def run(before, others, readings):
            async def main():
                async with AsyncMongoClient(mongod_uri, tz_aware=True, w="majority", journal=True) as client:
                    await prepare(client[database.name])
                    writer = ArticleWriter(client[database.name])
                    await writer.write(before)
                    found = await match(client[database.name]["articles"], readings)
                    await writer.write(others)
                    return await writer.write(readings, found)

            return asyncio.run(main())

        return run

    def test_a_reading_of_the_old_text_does_not_undo_an_edit(self, write_as_of, database):
        edited = article(title="عنوان جديد", fetched_at=at(5))
        assert write_as_of([article()], [edited], [article(fetched_at=at(3))]) == ["unchanged"]
        assert database.articles.find_one()["title"] == "عنوان جديد"
        old, _ = versions(database, database.articles.find_one())
        assert old.last_seen == at(3)

    def test_an_edit_that_an_edit_overtook_keeps_both(self, write_as_of, database):
        first, second = article(title="ثان", fetched_at=at(1)), article(title="ثالث", fetched_at=at(2))
        assert write_as_of([article()], [first], [second]) == ["updated"]
        assert write_as_of([], [article(title="خامس", fetched_at=at(9))], [article(title="رابع", fetched_at=at(8))])
        found = versions(database, database.articles.find_one())
        assert [v.fields["title"] for v in found] == ["عنوان 1", "ثان", "ثالث", "رابع", "خامس"]
        check_numbers(database)

    def test_an_older_reading_does_not_undo_other_fields(self, write_as_of, database):
        newer, older = article(section="جديد", fetched_at=at(5)), article(section="قديم", fetched_at=at(3))
        assert write_as_of([article()], [newer], [older, article(2)]) == ["unchanged", "new"]
        assert database.articles.find_one({"url": article().url})["section"] == "جديد"
