"""The crawl's queue in MongoDB: nothing found is lost, nothing is in work twice, whoever dies."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from pymongo import AsyncMongoClient
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import AutoReconnect, BulkWriteError

from crawler.addresses import address_key
from crawler.discovery.found import Found
from crawler.discovery.rereading import Timetable
from crawler.items import Article
from crawler.periods import Period
from crawler.processes import holder, is_dead
from crawler.store.addresses import AddressBook
from crawler.store.articles import ArticleWriter
from crawler.store.schema import prepare

NOW = datetime.now(UTC).replace(microsecond=0)
ALWAYS = Period()
TIMES = Timetable.of_seconds([3600, 86400])


@pytest.fixture
def run(mongod_uri, database):
    """Run a coroutine function with the prepared database."""

    def call(function):
        async def main():
            async with AsyncMongoClient(mongod_uri, tz_aware=True) as client:
                await prepare(client[database.name])
                return await function(client[database.name])

        return asyncio.run(main())

    return call


def book(database, crawl="c1", **fields):
    return AddressBook(database, "paper", crawl, TIMES, [timedelta(0)], **fields)


def found(*numbers, **fields):
    return [Found(f"https://paper.example/{number}", "feed", **fields) for number in numbers]


async def store(database, number, *, published_at=NOW, fetched_at=NOW, canonical=None, read_count=None):
    article = Article(
        url=f"https://paper.example/{number}",
        canonical_url=canonical,
        site="paper",
        title="عنوان",
        body=f"نص الخبر رقم {number}",
        published_at=published_at,
        fetched_at=fetched_at,
        read_count=read_count,
    )
    assert await ArticleWriter(database).write([article]) == ["new"]
    return address_key(article.url), address_key(canonical or article.url)


def test_what_is_found_is_fetched_once_and_known_when_its_article_is_stored(run):
    async def check(database):
        one = book(database)
        assert await one.offer(found(1, 2), ALWAYS) == ["new", "new"]
        assert await one.offer(found(2, 3), ALWAYS) == ["pending", "new"]
        claims = await one.claim(10, ALWAYS)
        assert [claim.address[-1] for claim in claims] == ["1", "2", "3"]
        assert await one.claim(10, ALWAYS) == []
        assert await book(database, "c2").claim(10, ALWAYS) == []
        key, own = await store(database, 1)
        await one.settle_stored({key: own})
        assert await one.offer(found(1), ALWAYS) == ["known"]

    run(check)


def test_what_the_server_went_down_on_may_be_offered_again(run, monkeypatch):
    refused = [{"index": 0, "code": 11600, "errmsg": "interrupted at shutdown"}]

    async def going_down(*_arguments, **_options):
        raise BulkWriteError({"writeErrors": refused, "upserted": [], "writeConcernErrors": []})

    async def work(database):
        with monkeypatch.context() as patch:
            patch.setattr(AsyncCollection, "bulk_write", going_down)
            with pytest.raises(AutoReconnect, match="interrupted at shutdown"):
                await book(database).offer(found(1), ALWAYS)
        assert await book(database).offer(found(1), ALWAYS) == ["new"]

    run(work)


def test_an_address_whose_article_names_another_as_its_own_is_known_too(run):
    async def check(database):
        one = book(database)
        await one.offer(found(1), ALWAYS)
        await one.claim(1, ALWAYS)
        key, own = await store(database, 1, canonical="https://paper.example/the-story")
        await one.settle_stored({key: own})
        assert await one.offer(found(1), ALWAYS) == ["known"]
        assert await one.offer([Found("https://paper.example/the-story", "feed")], ALWAYS) == ["known"]

    run(check)


def test_second_readings_come_at_the_ages_of_the_timetable_and_end(run, database):
    async def check(db):
        one = book(db)
        key, own = await store(db, 1, published_at=NOW - timedelta(hours=2), fetched_at=NOW)
        await one.settle_stored({key: own})
        assert database.addresses.find_one({"_id": key})["due_at"] == NOW + timedelta(hours=22)
        assert await one.offer(found(1), ALWAYS) == ["known"]
        old, _ = await store(db, 2, published_at=NOW - timedelta(days=9), fetched_at=NOW)
        await one.settle_stored({old: old})
        assert database.addresses.find_one({"_id": old}) is None
        # stored by an import, never seen by a crawl: due by its own dates
        await store(db, 3, published_at=NOW - timedelta(hours=3), fetched_at=NOW - timedelta(hours=2.5))
        assert await one.offer(found(3), ALWAYS) == ["due"]
        (claim,) = await one.claim(5, ALWAYS)
        assert claim.rereading

    run(check)


def test_a_listing_that_says_an_article_was_edited_is_believed(run):
    async def check(database):
        await store(database, 1, published_at=NOW - timedelta(days=30), fetched_at=NOW - timedelta(days=20))
        one = book(database)
        assert await one.offer(found(1, modified_at=NOW - timedelta(days=21)), ALWAYS) == ["known"]
        assert await one.offer(found(1, modified_at=NOW - timedelta(days=3)), ALWAYS) == ["due"]

    run(check)


def test_what_a_dead_process_had_in_work_is_taken_up_at_once_and_anothers_when_its_lease_is_over(run, database):
    program = [sys.executable, "-c", "from crawler.processes import holder; print(holder())"]
    dead = subprocess.run(program, capture_output=True, text=True, check=True).stdout.strip()

    async def check(db):
        await book(db).offer(found(1, 2), ALWAYS)
        assert len(await book(db, holder=dead).claim(1, ALWAYS)) == 1
        assert len(await book(db, "c2", holder="elsewhere:1:1").claim(1, ALWAYS)) == 1
        one = book(db, "c3")
        assert await one.claim(5, ALWAYS) == []
        assert await one.release_dead() == 1
        assert len(await one.claim(5, ALWAYS)) == 1
        database.addresses.update_many(
            {"holder": "elsewhere:1:1"}, {"$set": {"lease_until": NOW - timedelta(seconds=1)}}
        )
        assert len(await one.claim(5, ALWAYS)) == 1

    run(check)


def test_written_but_not_told_is_not_fetched_again(run):
    async def check(database):
        one = book(database)
        await one.offer(found(1, 2), ALWAYS)
        await store(database, 1, fetched_at=datetime.now(UTC) + timedelta(seconds=1))
        (claim,) = await one.claim(5, ALWAYS)
        assert claim.address.endswith("/2")

    run(check)


def test_a_failure_is_tried_again_by_later_crawls_only_and_not_for_ever(run):
    async def check(database):
        await book(database).offer(found(1), ALWAYS)
        for crawl, given_up in (("c1", False), ("c2", True)):
            one = book(database, crawl)
            (claim,) = await one.claim(5, ALWAYS)
            assert await one.settle_failed(claim, "http_404") is given_up
            assert await one.claim(5, ALWAYS) == []
        assert await book(database, "c3").claim(5, ALWAYS) == []
        assert await book(database, "c3").offer(found(1), ALWAYS) == ["refused"]
        assert await book(database, "c4", refresh=True).offer(found(1), ALWAYS) == ["new"]

    run(check)


def test_an_article_outside_one_period_is_taken_up_for_another(run):
    async def check(database):
        one = book(database)
        await one.offer(found(1), ALWAYS)
        (claim,) = await one.claim(1, ALWAYS)
        await one.refuse(claim, "outside_dates", NOW - timedelta(days=30))
        assert await one.offer(found(1), Period(since=NOW - timedelta(days=7))) == ["refused"]
        assert await one.offer(found(1), Period(since=NOW - timedelta(days=60))) == ["new"]

    run(check)


def test_only_addresses_that_may_be_of_the_period_are_claimed(run):
    async def check(database):
        one = book(database)
        await one.offer(found(1, published_at=NOW - timedelta(days=30)) + found(2, published_at=NOW), ALWAYS)
        await one.offer(found(3, modified_at=NOW - timedelta(days=30)) + found(4), ALWAYS)
        claims = await one.claim(9, Period(since=NOW - timedelta(days=7)))
        assert sorted(claim.address[-1] for claim in claims) == ["2", "4"]

    run(check)


def test_a_process_is_known_by_its_start_too():
    name = holder()
    assert not is_dead(name)
    host, pid, started = name.rsplit(":", 2)
    assert is_dead(f"{host}:{pid}:{int(started or 0) + 1}") is bool(started)
    assert not is_dead("another-machine:1:1")
    assert not is_dead("nonsense")


def test_a_reading_that_a_writer_could_not_keep_before_it_died_is_kept_when_its_article_is_found_written(run):
    async def check(db):
        one = book(db)
        await one.offer(found(1), ALWAYS)
        await store(db, 1, fetched_at=datetime.now(UTC) + timedelta(seconds=1), read_count=7)
        await db["read_counts"].delete_many({})
        assert await one.claim(5, ALWAYS) == []
        (row,) = [row async for row in db["read_counts"].find()]
        assert row["count"] == 7

    run(check)


def test_an_article_that_is_gone_keeps_since_when_and_is_asked_for_again_once_a_day_where_it_is_listed(run, database):
    async def check(db):
        key, own = await store(db, 1, published_at=NOW - timedelta(days=30), fetched_at=NOW - timedelta(days=20))
        one = book(db, refresh=True)
        for _ in range(2):
            assert await one.offer(found(1), ALWAYS) == ["due"]
            (claim,) = await one.claim(5, ALWAYS)
            await one.mark_gone(claim)
        assert await book(db).offer(found(1), ALWAYS) == ["known"]
        earlier = NOW - timedelta(days=1)
        database.articles.update_one({}, {"$set": {"gone_at": NOW - timedelta(days=8), "missed_at": earlier}})
        assert await book(db).offer(found(1), ALWAYS) == ["due"]
        (claim,) = await book(db, "c2").claim(5, ALWAYS)
        await one.mark_gone(claim)
        gone = database.articles.find_one()
        assert gone["gone_at"] == NOW - timedelta(days=8)
        assert gone["missed_at"] > earlier
        await one.settle_stored({key: own})
        assert database.addresses.count_documents({}) == 0

    run(check)
