"""`make bench-query`: questions to 100,000 generated articles on a local mongod, through the Python API."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.query.corpus import fill
from benchmarks.query.searching import report_room, report_searches, report_writes
from crawler.store import Collection
from crawler.store.connection import Connection
from crawler.store.local import LocalServer
from crawler.store.schema import prepare_before


def main() -> None:
    """Fill a collection unless it is there, and print each half's table."""
    parser = argparse.ArgumentParser(prog="make bench-query")
    parser.add_argument("--articles", type=int, default=100_000, metavar="N")
    parser.add_argument("--data", type=Path, help="folder in which the collection is kept for the next time")
    opts = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="naba-query-") as folder:
        server = LocalServer.acquire(opts.data or folder)
        with Connection(server.uri, "bench", server) as connection:
            database = connection.database()
            if database["articles"].estimated_document_count() != opts.articles:
                database.client.drop_database("bench")
                prepare_before(connection)
                start = time.perf_counter()
                for stored in fill(database, opts.articles):
                    rate = stored / (time.perf_counter() - start)
                    print(f"\r{stored} articles, {rate:.0f}/s", end="", file=sys.stderr, flush=True)
                print(file=sys.stderr)
            print(f"{opts.articles} generated articles, {os.cpu_count()} cores, MongoDB {_version(connection)}\n")
            report_searches(Collection(database))
            report_room(database)
            report_writes(database, opts.articles)


def _version(connection: Connection) -> str:
    version: str = connection.database().client.server_info()["version"]
    return version


if __name__ == "__main__":
    main()
