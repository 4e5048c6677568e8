"""The one way to the database: MONGODB_URI when it is set, else the local server."""

import logging
import threading
from datetime import UTC
from typing import Any, Self

import pymongo
from bson.codec_options import CodecOptions
from pymongo import AsyncMongoClient, MongoClient
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.database import Database
from pymongo.errors import (
    ConfigurationError,
    ConnectionFailure,
    InvalidName,
    InvalidURI,
    OperationFailure,
    PyMongoError,
    ServerSelectionTimeoutError,
)
from pymongo.monitoring import (
    ServerHeartbeatFailedEvent,
    ServerHeartbeatListener,
    ServerHeartbeatStartedEvent,
    ServerHeartbeatSucceededEvent,
)
from pymongo.read_concern import ReadConcern
from pymongo.uri_parser import parse_uri
from pymongo.write_concern import WriteConcern
from scrapy.settings import BaseSettings

from crawler.errors import UserError
from crawler.store.local import LocalServer

Document = dict[str, Any]

_MINIMUM_WIRE_VERSION = 13  # MongoDB 5.0: what the validators, indexes and updates here were tested from upward
_SELECTION_MS = 5_000
# A crawl waits longer: a local server is back within about ten seconds of its supervisor's death.
_CRAWL_SELECTION_MS = 20_000
FAREWELL_SECONDS = 2.0
"""How long a client that closes looks for a server to tell."""
_AUTHENTICATION = {13, 18}  # Unauthorized, AuthenticationFailed
_CODEC: "CodecOptions[Document]" = CodecOptions(tz_aware=True, tzinfo=UTC)
# w:1 was measured to lose acknowledged articles when the server is killed.
_WRITES = WriteConcern(w="majority", j=True, wtimeout=30_000)
_READS = ReadConcern("majority")


logger = logging.getLogger(__name__)


class _Revival(ServerHeartbeatListener):
    """Starts the local server again when it is gone for good: a supervisor restarts mongod, but who restarts it?"""

    def __init__(self, server: LocalServer) -> None:
        self._server = server
        self._busy = threading.Lock()
        self._told = ""

    def started(self, event: ServerHeartbeatStartedEvent) -> None:
        """Nothing to do."""

    def succeeded(self, event: ServerHeartbeatSucceededEvent) -> None:
        """Nothing to do."""

    def failed(self, event: ServerHeartbeatFailedEvent) -> None:  # noqa: ARG002 - PyMongo's form
        """Look after the server, in a thread of its own: PyMongo waits for its listeners."""
        if self._busy.acquire(blocking=False):
            threading.Thread(target=self._revive, daemon=True, name="revive-mongod").start()

    def _revive(self) -> None:
        try:
            self._server.revive()
        except (UserError, OSError) as error:
            if str(error) != self._told:
                self._told = str(error)
                logger.error("%s", error)  # noqa: TRY400 - one line for the user
        finally:
            self._busy.release()


class Connection:
    """A hold on the database, with a synchronous and an asynchronous door.

    The local server runs at least until `close`; clients that were opened here are closed with it, the asynchronous
    ones by whoever awaits them.
    """

    def __init__(self, uri: str, name: str, server: LocalServer | None) -> None:
        self.uri = uri
        self.name = name
        self.server = server
        self._client: MongoClient[Document] | None = None

    def database(self) -> Database[Document]:
        """The database, for commands: journaled majority writes, aware datetimes in UTC."""
        if self._client is None:
            self._client = MongoClient(self.uri, **self._options(_SELECTION_MS))
        return self._client.get_database(self.name, codec_options=_CODEC, write_concern=_WRITES, read_concern=_READS)

    def async_database(self) -> AsyncDatabase[Document]:
        """The same for a running event loop; close its `client` when done."""
        client: AsyncMongoClient[Document] = AsyncMongoClient(self.uri, **self._options(_CRAWL_SELECTION_MS))
        return client.get_database(self.name, codec_options=_CODEC, write_concern=_WRITES, read_concern=_READS)

    def _options(self, selection_ms: int) -> dict[str, Any]:
        listeners = [_Revival(self.server)] if self.server is not None else []
        options: dict[str, Any] = {"event_listeners": listeners}
        if "serverselectiontimeoutms" not in self.uri.lower():  # else the user's own holds
            options["serverSelectionTimeoutMS"] = selection_ms
        return options

    def check(self) -> None:
        """Make sure that the server answers and may be used.

        Raises:
            UserError: one line that says what is wrong and what to do; passwords are left out.
        """
        shown = hide_password(self.uri)
        try:
            hello = self.database().client.admin.command("hello")
            self.database().list_collection_names()
        except InvalidName as error:
            raise UserError(f"MONGODB_DATABASE={self.name!r} is no name of a database: {error}") from None
        except ServerSelectionTimeoutError as error:
            raise UserError(
                f"MongoDB at {shown} cannot be reached ({brief(error)}): start it, or unset MONGODB_URI to use "
                "the local server"
            ) from None
        except OperationFailure as error:
            if error.code in _AUTHENTICATION:
                raise UserError(f"MongoDB at {shown} refuses the user: check name, password and authSource") from None
            raise UserError(f"MongoDB at {shown} refuses: {brief(error)}") from None
        except (ConnectionFailure, ConfigurationError) as error:
            raise UserError(f"MongoDB at {shown} cannot be used: {brief(error)}") from None
        if hello.get("maxWireVersion", 0) < _MINIMUM_WIRE_VERSION:
            raise UserError(f"MongoDB at {shown} is too old: 5.0 or newer is needed")

    def is_stopped(self) -> bool:
        """Whether the local server was stopped on purpose (`scrapy db stop --force`): it does not come back."""
        return self.server is not None and self.server.places.is_stopped()

    def close(self) -> None:
        """Close the synchronous client and let the local server go."""
        if self._client is not None:
            with pymongo.timeout(FAREWELL_SECONDS):
                self._client.close()
            self._client = None
        if self.server is not None:
            self.server.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def open_database(settings: BaseSettings) -> Connection:
    """Open the database that the settings name, and make sure that it answers.

    Settings: MONGODB_URI (None: the local server under NABA_DATA), MONGODB_DATABASE (unless the address names one).

    Raises:
        UserError: when it cannot be reached or used.
    """
    name = settings["MONGODB_DATABASE"]
    uri = settings["MONGODB_URI"]
    if uri:
        connection = Connection(uri, _database_name(uri) or name, None)
    else:
        server = LocalServer.acquire(settings["NABA_DATA"])
        connection = Connection(server.uri, name, server)
    try:
        connection.check()
    except BaseException:
        connection.close()
        raise
    return connection


def _database_name(uri: str) -> str | None:
    """The database that the address names, if any; checks the address' form."""
    try:
        name: str | None = parse_uri(uri)["database"]
    except (InvalidURI, ConfigurationError, InvalidName, ValueError, PyMongoError) as error:
        raise UserError(
            f"MONGODB_URI is no MongoDB address ({hide_password(brief(error))}): write mongodb://host:27017/"
        ) from None
    return name


def hide_password(uri: str) -> str:
    """The address without its password."""
    scheme, separator, rest = uri.partition("://")
    credentials, at, host = rest.rpartition("@")
    if not at:
        return uri
    user, colon, _ = credentials.partition(":")
    return f"{scheme}{separator}{user}{':***' if colon else ''}@{host}"


def brief(error: Exception) -> str:
    """The error without PyMongo's description of the whole topology."""
    return str(error).split(", Timeout:")[0].split(" (configured timeouts")[0].split("\n")[0].strip()
