"""The local MongoDB server: started by the first process that needs it, shared by all, stopped after the last.

Who uses it is told by kernel file locks (flock), which a process loses however it ends:

    users.lock       every user holds it shared, as long as it lives
    supervisor.lock  the supervisor (crawler.store.supervisor), mongod's parent, holds it as long as it lives
    boot.lock        held while somebody looks for the server, starts it or stops it

When the supervisor can have users.lock for itself alone, nobody is left: it stops mongod and ends. So SIGKILL of the only
crawl leaves no server behind. A newcomer meanwhile waits for users.lock, and starts another.

The server listens on a Unix socket only, in a folder of this user alone: the wheel's mongod 6.0.5 is too old to be
shown to others.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket as sockets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from crawler.errors import UserError
from crawler.store.mongod import ELSEWHERE, REPLICA_SET, cache_gb, find_mongod
from crawler.store.places import Places, make_socket_folder, try_lock

_READY_SECONDS = 120.0  # after a kill the journal is read first
_POLL_SECONDS = 0.02
_ROOM_BYTES = 50_000_000  # a new database takes 12 MB, and its journal grows by files of 10 MB
_NOT_INITIATED, _NOT_A_MEMBER = 94, 93


class LocalServer:
    """A hold on the local server, which runs until `release` or the end of this process, and for other holders.

    A process may have several. A child that `os.fork` makes shares its parent's hold: the server runs until both are
    gone. Programs started by this process do not inherit it.
    """

    def __init__(self, places: Places, lock: int, socket: str) -> None:
        self.places = places
        self.socket = socket
        self._lock: int | None = lock

    @property
    def uri(self) -> str:
        """A connection string for any client on this machine (mongosh, Compass)."""
        return _uri(self.socket, "directConnection=true")

    @property
    def set_uri(self) -> str:
        """The connection string for PyMongo: its clients wait for the server while it is started again."""
        return _uri(self.socket, f"replicaSet={REPLICA_SET}")

    @classmethod
    def acquire(cls, data: str | Path) -> Self:
        """Join the server of this data folder; the first starts it, which takes about a second.

        Args:
            data: NABA_DATA. The database is in its folder `mongodb`.

        Raises:
            UserError: when no server can run here, or the folder cannot be written or is full.
        """
        places = Places.of(data)
        with _told_of(places):
            places.database.mkdir(parents=True, exist_ok=True, mode=0o700)
            places.run.mkdir(exist_ok=True, mode=0o700)
            server = cls._hold(places, start=True)
        assert server is not None
        return server

    @classmethod
    def join(cls, data: str | Path) -> Self | None:
        """Join the server of this data folder if it runs; starts nothing and makes no file."""
        places = Places.of(data)
        if not places.is_supervised():
            return None
        with _told_of(places):
            return cls._hold(places, start=False)

    @classmethod
    def _hold(cls, places: Places, *, start: bool) -> Self | None:
        deadline = time.monotonic() + _READY_SECONDS
        users = _open_lock(places.users_lock)
        try:
            with _boot(places, deadline):
                # Waits while a supervisor stops the server: nobody is handed one that goes down.
                _lock(users, fcntl.LOCK_SH, deadline, places)
                socket = _wait_until_ready(places, deadline, start=start)
        except BaseException:
            os.close(users)
            raise
        if socket is None:
            os.close(users)
            return None
        return cls(places, users, socket)

    def release(self) -> None:
        """Let the server go. Harmless when repeated."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.release()


def stop(data: str | Path, *, force: bool = False) -> bool:
    """Stop the local server of this data folder, and wait until it is gone.

    Args:
        data: NABA_DATA.
        force: also while processes use it: what they write then fails.

    Returns:
        Whether there was one.

    Raises:
        UserError: when processes use it, unless `force`; or when it does not end.
    """
    places = Places.of(data)
    if not places.is_supervised():
        return False
    deadline = time.monotonic() + _READY_SECONDS
    with _told_of(places), contextlib.closing(_File(places.users_lock)) as users, _boot(places, deadline):
        if not force and not try_lock(users.descriptor, fcntl.LOCK_EX) and not places.is_kept():
            pass
        return False


@contextlib.contextmanager
def _told_of(places: Places) -> Iterator[None]:
    """Tell in one line what the files of the server do not allow."""
    try:
        yield
    except OSError as error:
        raise UserError(
            f"the data folder {places.data} cannot be written ({error.strerror or error}): make room or make it writable, "
            f"set NABA_DATA to another folder, or {ELSEWHERE}"
        ) from None
