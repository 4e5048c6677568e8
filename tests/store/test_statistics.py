"""Counting the collection: what MongoDB sums is what one counts by hand."""

from collections import Counter

import pytest

from crawler.store import Collection, Filters
from crawler.store.documents import to_article
from crawler.store.statistics import FIELDS
from crawler.store.times import between
from tests.conftest import fresh_database
from tests.slices.stocks import article, fill, stock


@pytest.fixture(scope="module")
def collection(mongod_uri):
    with fresh_database(mongod_uri) as database:
        fill(mongod_uri, database.name, *stock(), [article(60, agency="APS"), article(61, read_count=None)])
        keys = [one["_id"] for one in database.articles.find({"published_at": {"$ne": None}}).sort("published_at")]
        database.articles.update_many({}, {"$unset": {"story": "", "duplicate_of": ""}})
        database.articles.update_many({"_id": {"$in": keys[:3]}}, {"$set": {"story": keys[0]}})
        database.articles.update_many({"_id": {"$in": keys[1:3]}}, {"$set": {"duplicate_of": keys[0]}})
        yield Collection(database)


def count_by_hand(collection, key):
    counts = Counter()
    for one in collection.iterate():
        counts.update(key(one))
    return counts


def test_the_total_is_what_one_counts_by_hand(collection):
    total = collection.stats().total
    articles = list(collection.iterate())
    assert total.articles == len(articles)
    assert total.reads == sum(one.read_count or 0 for one in articles)
    assert total.counted == sum(one.read_count is not None for one in articles)
    assert total.words == sum(document["words"] for document in collection.articles.find())
    assert total.copies == 2
    assert total.filled == {name: sum(bool(getattr(one, name)) for one in articles) for name in FIELDS}
    dates = [one.published_at.date() for one in articles if one.published_at]
    assert (total.earliest, total.latest) == (min(dates), max(dates))


KEYS = {
    "day": lambda one: [one.published_at and f"{one.published_at:%Y-%m-%d}"],  # in the paper's zone
    "week": lambda one: [one.published_at and f"{one.published_at:%G-W%V}"],
    "month": lambda one: [one.published_at and f"{one.published_at:%Y-%m}"],
    "hour": lambda one: [one.published_at and f"{one.published_at:%H}"],
    "site": lambda one: [one.site],
    "section": lambda one: [one.section],
    "agency": lambda one: [one.agency],
    "country": lambda one: [one.country],
    "author": lambda one: one.authors or [None],
}


@pytest.mark.parametrize("by", KEYS)
def test_groups_are_what_one_counts_by_hand(collection, by):
    statistics = collection.stats(by=by)
    assert {group.key: group.articles for group in statistics.groups} == count_by_hand(collection, KEYS[by])
    assert statistics.total == collection.stats().total  # an article of two authors counts once there
    assert sum(group.filled["tags"] for group in statistics.groups) >= statistics.total.filled["tags"]
    for group in statistics.groups:
        if by == "author":
            assert group.filled["authors"] == (0 if group.key is None else group.articles)


def test_groups_come_in_their_order(collection):
    sites = collection.stats(by="section").groups
    assert [group.articles for group in sites] == sorted((group.articles for group in sites), reverse=True)
    days = [group.key for group in collection.stats(by="day").groups]
    assert days[-1] is None
    assert days[:-1] == sorted(days[:-1])


def test_filters_and_one_article_of_each_story(collection):
    assert collection.stats(Filters(agency="APS")).total.articles == 1
    assert collection.stats(Filters(text="لاتوجدهذهالكلمة")).total.articles == 0
    everything, unique = collection.stats().total, collection.stats(Filters(unique=True)).total
    assert everything.articles - unique.articles == 2
    assert unique.copies == 0
    assert unique.earliest == everything.earliest


def test_documents_of_an_earlier_version_have_their_words_counted(mongod_uri, database):
    fill(mongod_uri, database.name, [article(5)])
    words = database.articles.find_one()["words"]
    database.articles.update_many({}, {"$unset": {"words": "", "read_growth": "", "duplicate_of": "", "tags": ""}})
    total = Collection(database).stats().total
    assert abs(total.words - words) <= words / 10  # by white space: punctuation that stands alone counts
    assert total.filled["tags"] == 0


def test_an_empty_collection_counts_nothing(database):
    statistics = Collection(database).stats(by="day")
    assert statistics.total.articles == 0
    assert statistics.groups == []


@pytest.mark.parametrize(
    ("unit", "before", "after", "gap"),
    [
        ("day", "2018-02-27", "2018-03-02", ["2018-02-28", "2018-03-01"]),
        ("week", "2020-W52", "2021-W02", ["2020-W53", "2021-W01"]),
        ("month", "2017-11", "2018-02", ["2017-12", "2018-01"]),
        ("year", "2017", "2019", ["2018"]),
        ("hour", "05", "07", ["06"]),
        ("day", "2018-02-27", "2018-02-28", []),
    ],
)
def test_the_times_between(unit, before, after, gap):
    assert list(between(unit, before, after)) == gap


def test_frames_hold_what_matches(collection):
    filters = Filters(sites=("paper1",))
    expected = [to_article(one) for one in collection.articles.find({"site": "paper1"}).sort("url")]
    frame = collection.to_pandas(filters).sort_values("url", ignore_index=True)
    assert frame["title"].tolist() == [one.title for one in expected]
    assert str(frame["published_at"].dtype) == "datetime64[ms, UTC]"
    assert frame["published_on"][0] == expected[0].published_at.date()
    polars = collection.to_polars(filters, ["url", "tags"])
    assert polars.sort("url").rows() == [(one.url, one.tags) for one in expected]
    table = collection.to_arrow(Filters(text="لاتوجدهذهالكلمة"))
    assert table.num_rows == 0
    assert "body" in table.column_names
