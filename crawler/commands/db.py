"""`scrapy db`: the database, and the local server behind it."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from crawler.cli import NabaCommand
from crawler.display import print_table
from crawler.errors import UserError
from crawler.store.connection import Connection, hide_password, open_database
from crawler.store.local import Places
from crawler.store.renewal import count_stale, renew_searched
from crawler.store.schema import prepare_before

_STOP_SECONDS = 60.0


class Command(NabaCommand):
    """Shows and ends the local server."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "status|uri|upgrade|stop [--force]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return (
            "Show the database (status), its address for mongosh or Compass (uri), renew what an earlier version "
            "stored (upgrade), stop the local server (stop)"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare what to do."""
        super().add_options(parser)
        parser.add_argument("action", choices=["status", "uri", "upgrade", "stop"])
        parser.add_argument("--force", action="store_true", help="stop although other processes use the server")

    def execute(self, opts: argparse.Namespace) -> int:
        """Do what was asked."""
        assert self.settings is not None
        if opts.action == "status":
            self._status()
        elif opts.action == "uri":
            self._uri()
        elif opts.action == "upgrade":
            self._upgrade()
        else:
            self._stop(force=opts.force)
        return 0

    @property
    def _places(self) -> Places:
        assert self.settings is not None
        return Places.of(self.settings["NABA_DATA"])

    def _status(self) -> None:
        assert self.settings is not None
        places, state = self._places, self._places.state()
        if self.settings["MONGODB_URI"]:
            with open_database(self.settings) as connection:
                print_table(["server", hide_password(connection.uri)], _contents(connection))
            return
        if not places.is_supervised() or state is None:
            stored = f"; {_megabytes(places.database)} MB stored" if places.database.exists() else ""
            print(f"the local server is not running{stored} ({places.data})")
            return
        users = places.users()  # before this command becomes one
        with open_database(self.settings) as connection:
            print_table(
                ["server", "local, running"],
                [
                    ["pid", state["pid"]],
                    ["up", f"{(time.time() - state['started']) / 60:.0f} min"],
                    ["used by", f"{users} process{'' if users == 1 else 'es'}"],
                    ["kept", "until `scrapy db stop`, 12 h at the most" if places.is_kept() else "while it is used"],
                    ["data", f"{places.database} ({_megabytes(places.database)} MB)"],
                    *_contents(connection),
                ],
            )

    def _uri(self) -> None:
        """Print an address that works after this command has ended."""
        assert self.settings is not None
        with open_database(self.settings) as connection:
            uri = connection.uri
            if connection.server is not None:
                connection.server.places.keep(on=True)
                told = "the local server keeps running until `scrapy db stop`, or for 12 hours"
                print(told, file=sys.stderr)
                # Else mongosh would open its default, an empty database `test`. An address of the user's own stays as
                # it is: a name in it would be where its user is looked up.
                uri = uri.replace("/?", f"/{connection.name}?", 1)
            print(uri)

    def _upgrade(self) -> None:
        """Safe beside a crawl, and to interrupt: the next one goes on."""
        assert self.settings is not None
        with open_database(self.settings) as connection:
            prepare_before(connection)
            database = connection.database()
            total = count_stale(database)
            renewed = 0
            for batch in renew_searched(database):
                renewed += batch
                print(f"\r{renewed} of {total}", end="", file=sys.stderr)
        if total:
            print(file=sys.stderr)
        print(f"{renewed} article{'' if renewed == 1 else 's'} of an earlier version renewed for search by words")

    def _stop(self, *, force: bool) -> None:
        assert self.settings is not None
        if self.settings["MONGODB_URI"]:
            raise UserError("MONGODB_URI names a server that is not Naba's to stop: unset it to stop the local one")
        places, state = self._places, self._places.state()
        if not places.is_supervised() or state is None:
            print("the local server is not running")
            return
        if (users := places.users()) and not force:
            raise UserError(
                f"{users} process{'' if users == 1 else 'es'} use the local server: end them, or add --force"
            )
        places.keep(on=False)
        if force:
            (places.control / "stopped").touch()  # its users do not start it again
            os.kill(state["supervisor"], signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        while places.is_supervised() and time.monotonic() < deadline:
            time.sleep(0.05)
        if places.is_supervised():
            raise UserError(f"the local server did not stop within {_STOP_SECONDS:.0f} s: see {places.log}")
        print("the local server is stopped")


def _contents(connection: Connection) -> list[list[object]]:
    database = connection.database()
    info = database.client.server_info()
    counts = [[name, database[name].estimated_document_count()] for name in sorted(database.list_collection_names())]
    return [["version", info["version"]], ["database", connection.name], *counts]


def _megabytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) // 1_000_000
