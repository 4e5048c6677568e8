"""`scrapy serve`: the reading room."""

import argparse
import contextlib
import logging
import re
import signal
import socket
import sys
import webbrowser
from collections.abc import Iterator
from types import FrameType

from crawler.catalogue import spiders
from crawler.cli import NabaCommand
from crawler.errors import UserError
from crawler.store.connection import Connection, open_database

_GRACE_SECONDS = 5
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_AT_ONCE = 200
"""Connections; more are told to come again."""


class Command(NabaCommand):
    """Serves the collection to a browser."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[--host 127.0.0.1] [--port 8000] [--name HOST] [--open]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Open the reading room: the collection in a browser, read-only, on this machine unless told otherwise"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare where to listen."""
        super().add_options(parser)
        parser.add_argument(
            "--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen (default: 127.0.0.1)"
        )
        parser.add_argument("--port", type=int, default=8000, metavar="N", help="default: 8000; 0: one that is free")
        parser.add_argument(
            "--name", action="append", default=[], metavar="HOST", help="a host name that readers use; may be repeated"
        )
        parser.add_argument(
            "--patience", type=float, default=5.0, metavar="SECONDS", help="for one question (default: 5)"
        )
        parser.add_argument("--open", action="store_true", help="open it in a browser")

    def execute(self, opts: argparse.Namespace) -> int:
        """Serve until Ctrl-C or SIGTERM."""
        assert self.settings is not None
        try:
            import fastapi  # noqa: F401 - told here, before the server of the database is started
            import jinja2  # noqa: F401
            import uvicorn  # noqa: F401
        except ImportError as error:
            raise UserError(f"the reading room needs {error.name}: pip install 'naba[room]'") from None
        if not 0 <= opts.port < 65536:
            raise UserError(f"--port {opts.port}: write a number from 0 to 65535")
        if not 0 < opts.patience <= 600:
            raise UserError(f"--patience {opts.patience:g}: write seconds, up to 600")
        for name in opts.name:
            if not _HOST.fullmatch(name):
                raise UserError(f"--name {name!r} is no host name: write library.example, without scheme or port")
        logging.getLogger("pymongo").setLevel(logging.WARNING)  # with -L DEBUG it would tell every command
        with _listen(opts.host, opts.port) as listening, open_database(self.settings) as connection:
            self._serve(opts, listening, connection)
        return 0

    def _serve(self, opts: argparse.Namespace, listening: socket.socket, connection: Connection) -> None:
        import uvicorn

        from crawler.room.app import create_app
        from crawler.room.guard import is_loopback
        from crawler.room.sites import SiteCard, Sites

        assert self.settings is not None
        is_debugging = self.settings["LOG_LEVEL"] == "DEBUG"
        if not is_debugging:  # what strangers send and is no HTTP is not the user's matter
            logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
        is_open = not is_loopback(opts.host)
        sites = Sites(SiteCard.of(spider) for spider in spiders(self.settings).values())
        names = [*opts.name, *([opts.host] if is_open else [])]
        app = create_app(connection.database(), sites, names=names, any_address=is_open, patience=opts.patience)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=is_debugging,
            server_header=False,
            proxy_headers=True,  # of a proxy on this machine alone: whether its readers come by https
            forwarded_allow_ips=["127.0.0.1", "::1"],
            limit_concurrency=_AT_ONCE,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        address = _address(listening)
        if is_open:
            told = "other machines can read the whole collection here, and nobody is asked for a password"
            print(f"warning: {told}: see docs/reading-room.md", file=sys.stderr)
        print(f"the reading room is open: {address} (Ctrl-C closes it)", file=sys.stderr, flush=True)
        if opts.open:
            webbrowser.open(address)
        with _quiet_ends():
            uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        UserError: when the address is none of this machine's, or the port is in use or not ours to take.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise UserError(f"--host {host}: there is no such address: write 127.0.0.1, ::1 or 0.0.0.0") from None
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        hint = "choose another with --port" if not isinstance(error, PermissionError) else "take one from 1024 up"
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"cannot listen on {host} port {port} ({reason}): {hint}") from None
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


@contextlib.contextmanager
def _quiet_ends() -> Iterator[None]:
    """Take SIGINT and SIGTERM as a wish to close: uvicorn raises them again when it has, and that must not kill."""

    def nothing(signum: int, frame: FrameType | None) -> None:
        """It is closed already."""

    earlier = {one: signal.signal(one, nothing) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in earlier.items():
            signal.signal(one, handler)
