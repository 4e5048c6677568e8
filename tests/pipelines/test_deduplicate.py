"""The second stage, when the server does not answer."""

import asyncio
from types import SimpleNamespace

import pytest
from pymongo import AsyncMongoClient
from pymongo.errors import NotPrimaryError, OperationFailure, ServerSelectionTimeoutError
from scrapy.exceptions import DropItem
from scrapy.settings import Settings

from crawler.store import patience
from crawler.store.articles import ArticleWriter
from pipelines import deduplicate
from tests.store.test_stories import NOON, WIRE, article

AWAY = [
    NotPrimaryError("node is recovering"),
    ServerSelectionTimeoutError("no servers found yet"),
    OperationFailure("Read concern majority reads are currently not possible.", 134),
]


@pytest.fixture
def stage(mongod_uri, database, monkeypatch):
    """Look up a copy of what is stored; the server gives an error so many times before it answers."""
    monkeypatch.setattr(patience, "DELAYS", (0.001,))

    def run(mode, error, times=2):
        left = [error] * times

        async def match(*arguments):
            if left:
                raise left.pop()
            return await deduplicate_match(*arguments)

        deduplicate_match = deduplicate.match
        monkeypatch.setattr(deduplicate, "match", match)

        async def go():
            async with AsyncMongoClient(mongod_uri, tz_aware=True) as client:
                opened = client[database.name]
                await ArticleWriter(opened).write([article("a", WIRE, at=NOON)])

                async def open_it():
                    return opened

                session = SimpleNamespace(database=open_it, is_stopped=lambda: False, note=lambda *_: None)
                stats = SimpleNamespace(inc_value=lambda *_: None)
                settings = Settings({"DEDUPLICATE": mode, "STORE_PATIENCE": 5})
                one = deduplicate.Deduplicate(SimpleNamespace(settings=settings, stats=stats), session)
                await one.open_spider()
                return await one.process_item(article("b", WIRE, at=NOON))

        return asyncio.run(go())

    return run


@pytest.mark.parametrize("error", AWAY, ids=lambda error: type(error).__name__)
def test_a_copy_is_dropped_though_the_server_was_away_for_a_moment(stage, error):
    with pytest.raises(DropItem, match="copy: the story of"):
        stage("drop", error)


@pytest.mark.parametrize("error", [*AWAY, OperationFailure("out of memory", 146)], ids=lambda error: str(error)[:10])
def test_the_last_stage_asks_again_what_was_not_answered(stage, error):
    assert stage("link", error, times=1).match is None
