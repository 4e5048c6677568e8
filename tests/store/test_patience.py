"""A server that is away: what says so, and how it is waited for."""

import asyncio

import pytest
from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    CursorNotFound,
    DuplicateKeyError,
    NetworkTimeout,
    NotPrimaryError,
    OperationFailure,
    ServerSelectionTimeoutError,
    WTimeoutError,
)

from crawler.store import patience
from crawler.store.patience import Patience, is_away, raise_if_away

AWAY = [
    AutoReconnect("connection closed"),
    NetworkTimeout("timed out"),
    NotPrimaryError("node is recovering"),
    ServerSelectionTimeoutError("no servers found yet"),
    CursorNotFound("cursor id 7 not found", 43),
    WTimeoutError("waiting for replication timed out", 64),
    OperationFailure("Read concern majority reads are currently not possible.", 134),
    BulkWriteError({"writeErrors": [], "writeConcernErrors": [{"code": 64, "errmsg": "timed out"}]}),
    BulkWriteError({"writeErrors": [{"code": 11602, "errmsg": "interrupted"}], "writeConcernErrors": []}),
]
THERE = [
    OperationFailure("not authorized", 13),
    DuplicateKeyError("E11000", 11000),
    BulkWriteError({"writeErrors": [{"code": 121, "errmsg": "failed validation"}], "writeConcernErrors": []}),
]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(patience, "DELAYS", (0.001,))


def failing(error, times):
    """Work that fails so many times; and its calls."""
    calls = []

    async def work(*arguments):
        calls.append(arguments)
        if len(calls) <= times:
            raise error
        return "done"

    return work, calls


@pytest.mark.parametrize("error", AWAY, ids=lambda error: type(error).__name__)
def test_every_error_of_a_server_that_is_away_is_waited_for(error):
    work, calls = failing(error, 3)
    assert asyncio.run(Patience(60).call(work, 1)) == "done"
    assert calls == [(1,)] * 4


@pytest.mark.parametrize("error", THERE, ids=lambda error: type(error).__name__)
def test_what_a_server_refuses_is_told_at_once(error):
    work, calls = failing(error, 1)
    waiting = Patience(60)
    with pytest.raises(type(error)):
        asyncio.run(waiting.call(work))
    assert (len(calls), waiting.is_lost, is_away(error)) == (1, False, False)
    if isinstance(error, BulkWriteError):
        raise_if_away(error)


def test_a_server_that_stays_away_is_waited_for_once():
    work, calls = failing(AWAY[0], 1000)
    waiting = Patience(0.01)
    with pytest.raises(AutoReconnect):
        asyncio.run(waiting.call(work))
    assert waiting.is_lost
    tried = len(calls)
    with pytest.raises(AutoReconnect):
        asyncio.run(waiting.call(work))
    assert len(calls) == tried + 1


def test_a_server_that_was_stopped_on_purpose_is_not_asked():
    work, calls = failing(AWAY[0], 0)
    with pytest.raises(AutoReconnect, match="stopped"):
        asyncio.run(Patience(60, is_stopped=lambda: True).call(work))
    assert not calls
