"""Copies of a story are tied together, whoever stores them, in whatever order."""

import asyncio
import multiprocessing
import os
import signal
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymongo import AsyncMongoClient
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import AutoReconnect

from benchmarks.dedup.planted import pairs, plant, scores
from benchmarks.dedup.press import Press
from crawler.items import Article
from crawler.store.articles import ArticleWriter
from crawler.store.schema import prepare
from crawler.store.stories import Stories

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WIRE = Press(1).story(paragraphs=8)


def article(site, paragraphs, *, at=NOON, number=1, **fields):
    text = paragraphs if isinstance(paragraphs, str) else "\n\n".join(paragraphs)
    defaults = {"title": f"عنوان {site} {number}", "site": site, "published_at": at, "fetched_at": at + HOUR}
    return Article(url=f"https://{site}.example/{number}", body=text, **(defaults | fields))


def run(uri, name, work):
    """Run work(database) in an event loop."""

    async def opened():
        async with AsyncMongoClient(uri, tz_aware=True, w="majority", journal=True) as client:
            await prepare(client[name])
            return await work(client[name])

    return asyncio.run(opened())


@pytest.fixture
def store(mongod_uri, database):
    """Write the batches one after another."""

    def write(*batches, **options):
        async def work(opened):
            writer = ArticleWriter(opened, **options)
            for batch in batches:
                await writer.write(batch)

        run(mongod_uri, database.name, work)

    return write


def stories(database):
    """The stories of two articles and more: the sites of their articles, the first's at the head."""
    assert database.articles.count_documents({"unlinked": {"$exists": True}}) == 0
    found = {}
    for row in database.articles.find({"story": {"$exists": True}}):
        found.setdefault(row["story"], []).append(row)
    result = []
    for members in found.values():
        ids = {row["_id"]: row["site"] for row in members}
        (first,) = [row for row in members if row.get("duplicate_of") is None]
        assert {row["duplicate_of"] for row in members if row is not first} == {first["_id"]}
        assert first["story"] == min(ids)
        result.append((first["site"], *sorted(site for one, site in ids.items() if one != first["_id"])))
    return sorted(result)


LEAD, *REST = WIRE
OTHER = Press(2).story(paragraphs=8)
REPRINTS = {
    "whole": WIRE,
    "harakat and spelling": [paragraph.replace("ال", "اَلْ").replace("أ", "ا") for paragraph in WIRE],
    "in one paragraph": [" ".join(WIRE)],
    "another lead": [OTHER[0], *REST],
    "cut to half": WIRE[:4],
    "two paragraphs added": [*WIRE, *OTHER[:2]],
    "words changed": Press(3).edited(WIRE),
}


@pytest.mark.parametrize("kind", REPRINTS)
def test_a_copy_on_another_site_is_tied_to_the_first(store, database, kind):
    store([article("agency", WIRE)], [article("paper", REPRINTS[kind], at=NOON + HOUR), article("other", OTHER)])
    assert stories(database) == [("agency", "paper")]
    assert database.articles.count_documents({}) == 3


STRANGERS = {
    "another text": OTHER,
    "the same event in other words": Press(3).edited(WIRE, share=0.3),
    "one paragraph quoted": [*OTHER[:5], LEAD],
}


@pytest.mark.parametrize("kind", STRANGERS)
def test_what_is_no_copy_is_not_tied(store, database, kind):
    store([article("agency", WIRE), article("paper", STRANGERS[kind], at=NOON + HOUR)])
    assert stories(database) == []
    assert database.articles.count_documents({"duplicate_of": {"$exists": True}}) == 0


def test_an_earlier_copy_that_comes_later_is_the_first(store, database):
    store([article("paper", WIRE, at=NOON + HOUR)], [article("third", WIRE, at=NOON + 2 * HOUR)])
    assert stories(database) == [("paper", "third")]
    store([article("agency", WIRE)])
    assert stories(database) == [("agency", "paper", "third")]


def test_two_stories_become_one_when_a_link_between_them_appears(store, database):
    one, two = Press(7).story(paragraphs=6), Press(8).story(paragraphs=6)
    store([article("a", one), article("b", one, at=NOON + HOUR)])
    store([article("c", two, at=NOON - HOUR), article("d", two, at=NOON + 2 * HOUR)])
    assert stories(database) == [("a", "b"), ("c", "d")]
    store([article("e", [*one, *two], at=NOON + 3 * HOUR)])
    assert stories(database) == [("c", "a", "b", "d", "e")]


def test_what_is_printed_again_after_the_window_is_an_article_of_its_own(store, database):
    store([article("a", WIRE), article("b", WIRE, at=NOON + timedelta(days=13))])
    store([article("c", WIRE, at=NOON + timedelta(days=30))])
    assert stories(database) == [("a", "b")]


SHORT = "قتل شخصان في حادث مرور وقع صباح اليوم في الطريق الرابط بين المدينتين."


@pytest.mark.parametrize(
    ("other", "after", "tied"),
    [
        (SHORT, HOUR, True),
        (SHORT.replace("شخصان", "شخصاَن"), HOUR, True),
        (SHORT.replace("شخصان", "ثلاثة"), HOUR, False),
        (SHORT, timedelta(days=7), False),
        (f"{SHORT} {LEAD}", HOUR, False),
    ],
    ids=["the same", "in another spelling", "one word changed", "a week later", "within a longer one"],
)
def test_short_texts_are_copies_only_word_by_word(store, database, other, after, tied):
    store([article("a", SHORT), article("b", other, at=NOON + after)])
    assert bool(stories(database)) is tied


def test_a_few_standing_words_are_no_text(store, database):
    store([article("a", "التفاصيل في الصور."), article("b", "التفاصيل في الصور.")])
    assert stories(database) == []


# --- what a paper prints in every article


def series(site, count, wire, *, standing=6, own=1, step=timedelta(days=1)):
    """Articles whose paragraphs are the same but for a few."""
    lines = Press(f"{site} standing").story(paragraphs=standing)
    return [
        article(site, [*wire.story(paragraphs=own), *lines], at=NOON + number * step, number=number)
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [2, 3, 8])
def test_a_series_with_standing_paragraphs_is_not_tied(store, database, count):
    for one in series("paper", count, Press(5)):
        store([one])
    assert stories(database) == []


def test_what_was_tied_before_a_line_was_known_to_be_standing_is_untied(store, database):
    hourly = series("paper", 5, Press(5), step=HOUR)
    store(hourly[:3])
    assert stories(database) == [("paper", "paper", "paper")]
    store([hourly[3]])
    assert stories(database) == []


def test_standing_lines_do_not_hide_a_copy(store, database):
    lines = Press(6).story(paragraphs=8)
    wire = Press(5)
    store([article("paper", [*wire.story(paragraphs=6), *lines], number=number) for number in range(6)])
    store([article("agency", WIRE)], [article("paper", [*WIRE, *lines], at=NOON + HOUR, number=9)])
    assert stories(database) == [("agency", "paper")]


def test_tables_in_the_same_words_with_other_numbers_are_no_copies(store, database):
    def prices(day):
        return [
            f"{paragraph} وبلغ السعر {day * 97 + i} دينارا" for i, paragraph in enumerate(Press(9).story(paragraphs=8))
        ]

    store([article("a", prices(1)), article("b", prices(2), at=NOON + timedelta(days=1))])
    assert stories(database) == []


# --- edits


def test_an_edit_unties_what_is_no_copy_any_more_and_ties_what_has_become_one(store, database):
    store([article("a", WIRE), article("b", WIRE, at=NOON + HOUR), article("c", OTHER, at=NOON + 2 * HOUR)])
    later = {"at": NOON + HOUR, "fetched_at": NOON + timedelta(days=1)}
    store([article("b", OTHER, **later)])
    assert stories(database) == [("b", "c")]
    assert "duplicate_of" not in database.articles.find_one({"site": "a"})


def test_a_bridge_that_is_edited_away_leaves_two_stories(store, database):
    one, two = Press(7).story(paragraphs=6), Press(8).story(paragraphs=6)
    store([article("a", one), article("b", one, at=NOON + HOUR)])
    store([article("c", two), article("d", two, at=NOON + HOUR), article("e", [*one, *two])])
    assert len(stories(database)) == 1
    store([article("e", Press(99).story(paragraphs=8), fetched_at=NOON + timedelta(days=1))])
    assert stories(database) == [("a", "b"), ("c", "d")]


def test_another_date_moves_the_first(store, database):
    store([article("a", WIRE), article("b", WIRE, at=NOON + HOUR)])
    store([article("b", WIRE, at=NOON - HOUR, fetched_at=NOON + timedelta(days=1))])
    assert stories(database) == [("b", "a")]


# --- whatever the order, whoever else writes


def _arrivals():
    base = Press(20).story(paragraphs=10)
    second = Press(21).story(paragraphs=6)
    return [
        article("a", base, at=NOON + 3 * HOUR),
        article("b", base[:5], at=NOON + HOUR),
        article("c", [*base, *Press(22).story(paragraphs=2)], at=NOON + 2 * HOUR),
        article("d", Press(23).edited(base, 0.02), at=NOON + 5 * HOUR),
        article("e", second, at=NOON),
        article("f", [Press(24).paragraph(), *second[1:]], at=NOON - HOUR),
        article("g", Press(25).story(paragraphs=8), at=NOON),
        *series("h", 5, Press(26), step=HOUR),
    ]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(_arrivals()))), size=st.integers(1, 6))
def test_the_same_stories_come_of_every_order(mongod_uri, database, order, size):
    async def work(opened):
        for name in ("articles", "signatures"):
            await opened[name].delete_many({})
        readings = [_arrivals()[i] for i in order]
        for start in range(0, len(readings), size):
            await ArticleWriter(opened).write(readings[start : start + size])  # each a process of its own

    run(mongod_uri, database.name, work)
    assert stories(database) == [("b", "a", "c", "d"), ("f", "e")]


def _write_copies(uri, name, worker):
    async def work(opened):
        writer = ArticleWriter(opened)
        for story in range(6):
            wire = Press(100 + story).story(paragraphs=8)
            await writer.write([article(f"s{worker}", wire, number=story, at=NOON + worker * HOUR)])

    run(uri, name, work)


def test_processes_that_store_copies_at_the_same_moment_tie_them(mongod_uri, database):
    run(mongod_uri, database.name, lambda _: asyncio.sleep(0))
    context = multiprocessing.get_context("spawn")
    jobs = [context.Process(target=_write_copies, args=(mongod_uri, database.name, worker)) for worker in range(4)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert stories(database) == [("s0", "s1", "s2", "s3")] * 6


@pytest.mark.parametrize("seed", range(3))
def test_tasks_that_link_one_story_at_once_converge(mongod_uri, database, seed):
    wire = Press(30 + seed)
    base = wire.story(paragraphs=10)

    async def work(opened):
        readings = [article(f"s{i}", wire.edited(base, 0.02), at=NOON + ((i * 7) % 12) * HOUR) for i in range(12)]
        await asyncio.gather(*(ArticleWriter(opened).write([reading]) for reading in readings))

    run(mongod_uri, database.name, work)
    ((first, *others),) = stories(database)
    assert first == "s0"
    assert len(others) == 11


# --- a death on the way


@pytest.mark.parametrize("calls", range(1, 6))
def test_what_a_death_left_untied_is_tied_by_the_next_run(mongod_uri, database, store, monkeypatch, calls):
    """The server goes away for good at the n-th write after the article's own: as the process' death would."""
    store([article("a", WIRE), article("b", WIRE, at=NOON + HOUR)])
    writes = AsyncCollection.bulk_write
    left = calls

    async def until(*arguments, **options):
        nonlocal left
        left -= 1
        if left < 0:
            raise AutoReconnect("gone")
        return await writes(*arguments, **options)

    monkeypatch.setattr(AsyncCollection, "bulk_write", until)
    store([article("c", WIRE, at=NOON - HOUR)], patience=0)
    monkeypatch.undo()
    assert database.articles.count_documents({}) == 3

    async def heal(opened):
        return [done async for done in Stories(opened).link_waiting()]

    run(mongod_uri, database.name, heal)
    assert stories(database) == [("c", "a", "b")]


def test_what_was_stored_with_deduplication_off_is_tied_later(mongod_uri, database, store):
    store([article("a", WIRE), article("b", WIRE, at=NOON + HOUR)], deduplicate="off")
    assert database.signatures.count_documents({}) == 0

    async def heal(opened):
        return sum([done async for done in Stories(opened).link_waiting()])

    assert run(mongod_uri, database.name, heal) == 2
    assert stories(database) == [("a", "b")]


# --- the whole of it, on copies and traps that are planted


def test_planted_copies_are_tied_and_strangers_are_not(database, store):
    planted = plant(seed=7, pairs=100)
    readings = [one.article for one in planted]
    store(*(readings[start : start + 50] for start in range(0, len(readings), 50)))
    found = database.articles.find({"story": {"$exists": True}}, {"url": 1, "story": 1})
    by_band, by_kind, over = scores(list(pairs(planted, {row["url"]: row["story"] for row in found})))
    assert over.copies > 80
    assert over.strangers > 200
    assert over.recall >= 0.97, by_band
    assert over.precision >= 0.99, by_kind
    assert by_kind["cut to half"].recall >= 0.97


def test_signatures_of_another_version_are_told(mongod_uri, database, store):
    def is_outdated():
        return run(mongod_uri, database.name, lambda opened: Stories(opened).is_outdated())

    assert not is_outdated()
    store([article("a", WIRE)])
    assert not is_outdated()
    database.signatures.update_many({}, {"$set": {"version": 0}})
    assert is_outdated()


def _die_before_linking(uri, name, stop_at, number):
    """Store a copy, and be killed at one of the writes that tie it."""
    writes, left = AsyncCollection.bulk_write, stop_at

    async def until(*arguments, **options):
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return await writes(*arguments, **options)

    AsyncCollection.bulk_write = until

    async def work(opened):
        await ArticleWriter(opened).write([article(f"k{number}", WIRE, at=NOON - number * HOUR)])

    run(uri, name, work)


def test_processes_killed_between_article_and_links_leave_nothing_untied(mongod_uri, database, store):
    store([article("a", WIRE), article("b", WIRE, at=NOON + HOUR)])
    context = multiprocessing.get_context("spawn")
    # 1: the article; 2: its signature; 3: links; 4: labels; 5: the mark
    jobs = [
        context.Process(target=_die_before_linking, args=(mongod_uri, database.name, stop_at, stop_at))
        for stop_at in range(1, 6)
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert [job.exitcode for job in jobs[:4]] == [-signal.SIGKILL] * 4

    async def heal(opened):
        return [done async for done in Stories(opened).link_waiting()]

    run(mongod_uri, database.name, heal)
    written = sorted(row["site"] for row in database.articles.find({}, {"site": 1}))
    assert written == ["a", "b", "k1", "k2", "k3", "k4", "k5"]
    assert stories(database) == [("k5", "a", "b", "k1", "k2", "k3", "k4")]
