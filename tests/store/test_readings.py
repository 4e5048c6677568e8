"""Every reading of a counter is kept once, the newest stands beside its article, in whatever order they come."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from bson.binary import Binary
from pymongo import AsyncMongoClient

from crawler.store.readings import Reading, beside, growth, keep
from crawler.store.schema import prepare

NOON = datetime(2018, 2, 13, 12, tzinfo=UTC)
KEY = Binary(b"k" * 16)


def reading(hours, count, **fields):
    return Reading(bytes(KEY), NOON + timedelta(hours=hours), count, **fields)


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


def test_a_reading_written_again_is_the_same_one(run, database):
    readings = [reading(0, 10), reading(1, 12), reading(1, 3, alias=b"a" * 16)]

    async def write(database):
        await keep(database, [*readings, readings[0]])
        await asyncio.gather(*(keep(database, readings) for _ in range(8)))

    run(write)
    assert sorted(row["count"] for row in database.read_counts.find()) == [3, 10, 12]


@pytest.mark.parametrize(
    "readings",
    [
        [(0, 10), (1, 12), (3, 20), (7, 21)],
        [(0, 10), (1, 12), (3, 20), (7, 5)],  # the counter fell
        [(0, 0), (1, 0), (2, 0)],
    ],
)
def test_the_last_two_stand_beside_the_article_in_any_order_of_writing(run, readings):
    readings = [reading(*one) for one in readings]
    expected = {
        "read_count": readings[-1].count,
        "counted_at": readings[-1].at,
        "counted_before": {"at": readings[-2].at, "count": readings[-2].count},
        "read_growth": growth(readings[-2], readings[-1]),
    }

    async def write(database):
        results = []
        for order in permutations(readings):
            await database.bare.delete_many({})
            await database.bare.insert_one({"_id": KEY})
            for one in (*order, order[0]):
                stored = await database.bare.find_one({"_id": KEY})
                await database.bare.bulk_write([beside(stored, one)])
            results.append(await database.bare.find_one({"_id": KEY}, {"_id": 0}))
        return results

    for result in run(write):
        assert result == expected


def test_one_reading_has_no_growth(run):
    async def write(database):
        await database.bare.insert_one({"_id": KEY})
        await database.bare.bulk_write([beside({"_id": KEY}, reading(0, 4))] * 2)
        return await database.bare.find_one({"_id": KEY}, {"_id": 0})

    assert run(write) == {"read_count": 4, "counted_at": NOON, "read_growth": None}


@pytest.mark.parametrize(("hours", "newest", "before"), [(2, 30, 10), (-2, 10, 30)])
def test_an_article_of_an_earlier_version_was_counted_when_it_was_fetched(run, hours, newest, before):
    old = {"_id": KEY, "fetched_at": NOON, "read_count": 10}

    async def write(database):
        await database.bare.insert_one(old)
        # what else a later reading writes comes before or after: the article as it was found tells
        await database.bare.update_one({"_id": KEY}, {"$set": {"fetched_at": NOON + timedelta(hours=5)}})
        await database.bare.bulk_write([beside(old, reading(hours, 30))])
        return await database.bare.find_one({"_id": KEY})

    result = run(write)
    assert (result["read_count"], result["counted_before"]["count"]) == (newest, before)
    assert result["counted_at"] == max(NOON, reading(hours, 30).at)


@pytest.mark.parametrize(("hours", "count", "expected"), [(2, 30, 10.0), (2, 9, None), (0, 30, None), (2, 10, 0.0)])
def test_growth_is_reads_an_hour(hours, count, expected):
    assert growth(reading(0, 10), reading(hours, count)) == expected
