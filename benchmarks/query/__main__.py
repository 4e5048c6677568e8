"""`make bench-query`: questions to 100,000 generated articles on a local mongod, through the Python API."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.query.corpus import fill
from benchmarks.query.exporting import report_exports
from benchmarks.query.searching import report_room, report_searches, report_writes
from crawler.store import Collection
from crawler.store.connection import Connection
from crawler.store.local import LocalServer
from crawler.store.schema import prepare_before


def main() -> None:
    """Fill a collection unless it is there, and print each half's table."""
    parser = argparse.ArgumentParser(prog="make bench-query")
    parser.add_argument("--articles", type=int, default=100_000, metavar="N")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N", help="that generate")
    parser.add_argument("--fill", action="store_true", help="only make the collection")
    parser.add_argument("--data", type=Path, help="folder in which the collection is kept for the next time")
    opts = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="naba-query-") as folder:
        server = LocalServer.acquire(opts.data or folder)
        with Connection(server.uri, "bench", server) as connection:
            database = connection.database()
            if database["articles"].estimated_document_count() != opts.articles:
                database.client.drop_database("bench")
                fill(server.uri, "bench", opts.articles, processes=opts.processes)
                print(file=sys.stderr)
                start = time.perf_counter()
                prepare_before(connection)
                print(f"all indexes built in {time.perf_counter() - start:.0f} s", file=sys.stderr)
            if opts.fill:
                return
            print(f"{opts.articles} generated articles, {os.cpu_count()} cores, MongoDB {_version(connection)}\n")
            report_searches(Collection(database))
            report_room(database)
            report_writes(database, opts.articles)
            report_exports(database, server.uri)


def _version(connection: Connection) -> str:
    version: str = connection.database().client.server_info()["version"]
    return version


if __name__ == "__main__":
    main()
