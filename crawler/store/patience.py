"""The one rule for a server that is away: which errors say so, and how long is waited for it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from itertools import chain, repeat
from typing import Any, ParamSpec, TypeVar

from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    ConnectionFailure,
    CursorNotFound,
    OperationFailure,
    PyMongoError,
    WriteConcernError,
)

from crawler.store.connection import brief

P = ParamSpec("P")
Result = TypeVar("Result")

logger = logging.getLogger(__name__)

DELAYS = (0.5, 1, 2, 4, 8)
"""Seconds between attempts, the last for all further ones: a local server that died is back within about two."""
# What a server says that goes down, or lost its place in its replica set or its own connections (MongoDB's list for
# retryable writes, and CursorKilled): HostUnreachable, HostNotFound, NetworkTimeout, ShutdownInProgress,
# ReadConcernMajorityNotAvailableYet, PrimarySteppedDown, CursorKilled, ExceededTimeLimit, SocketException,
# NotWritablePrimary, InterruptedAtShutdown, InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk,
# NotPrimaryOrSecondary.
_AWAY = {6, 7, 89, 91, 134, 189, 237, 262, 9001, 10107, 11600, 11602, 13435, 13436}


def is_away(error: BaseException) -> bool:
    """Whether the error says that the server is away or did not acknowledge, so that the same work may do well later.

    A cursor that the server does not know is one that it had before it was restarted.
    """
    if isinstance(error, BulkWriteError):
        refused: list[dict[str, Any]] = error.details.get("writeErrors") or []
        return bool(error.details.get("writeConcernErrors")) or any(one["code"] in _AWAY for one in refused)
    if isinstance(error, ConnectionFailure | CursorNotFound | WriteConcernError):
        return True
    return isinstance(error, OperationFailure) and error.code in _AWAY


def raise_if_away(error: BulkWriteError) -> None:
    """Tell a batch that the server went down on from one that it refused: the first may be written again.

    Raises:
        AutoReconnect: when it went down, or did not acknowledge what it wrote.
    """
    if is_away(error):
        troubles = error.details.get("writeConcernErrors") or []
        troubles += [one for one in error.details.get("writeErrors") or [] if one["code"] in _AWAY]
        raise AutoReconnect(str(troubles[0].get("errmsg", troubles[0]))) from error


class Patience:
    """Does work again while the server is away; once it has stayed away, nothing waits for it any more.

    Args:
        seconds: that a piece of work waits.
        is_stopped: whether the server was stopped on purpose: then nothing is even tried.
    """

    def __init__(self, seconds: float, is_stopped: Callable[[], bool] = lambda: False) -> None:
        self.seconds = seconds
        self.is_stopped = is_stopped
        self.is_lost = False

    def give_up(self) -> None:
        """Have everything tried once and no more."""
        self.is_lost = True

    async def call(self, work: Callable[P, Awaitable[Result]], *arguments: P.args, **options: P.kwargs) -> Result:
        """Do work that may be repeated.

        Raises:
            PyMongoError: when the server refuses, stays away (then `is_lost` is set) or was stopped.
        """
        deadline = time.monotonic() + self.seconds
        for delay in chain(DELAYS, repeat(DELAYS[-1])):
            if self.is_stopped():
                self.is_lost = True
                raise AutoReconnect("the server was stopped")
            try:
                return await work(*arguments, **options)
            except PyMongoError as error:
                if not is_away(error):
                    raise
                if self.is_lost or time.monotonic() + delay > deadline:
                    self.is_lost = True
                    raise
                logger.warning("MongoDB is away, trying again in %g s: %s", delay, brief(error))
            await asyncio.sleep(delay)
        raise AssertionError("the delays have no end")
