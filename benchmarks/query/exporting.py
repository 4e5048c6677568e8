"""What an export costs: articles a second, processor time an article, and the memory of the exporting process."""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

import psutil
from pymongo.database import Database

from benchmarks.memory import peak_bytes
from crawler.slices.export import export
from crawler.slices.request import Request
from crawler.store import Collection, Filters
from crawler.store.documents import Document
from crawler.store.tables import need_arrow

_KINDS: dict[str, dict[str, Any]] = {
    "parquet": {},
    "parquet by site and month": {"partition": ["site", "month"]},
    "jsonl.zst": {},
    "jsonl": {},
    "csv": {},
}


def report_exports(database: Database[Document], uri: str) -> None:
    """Print a line for each format, each in a process of its own: of a tenth of the articles, then of all."""
    server = psutil.Process(database.command("serverStatus")["pid"])
    print(f"\nexport ({_load()})")
    headings = ("articles", "articles/s", "us of export", "us of mongod", "peak MB", "MB")
    print(f"{'format':28}" + "".join(f"{heading:>14}" for heading in headings))
    for kind, share in product(_KINDS, (0.1, 1.0)):
        before = sum(server.cpu_times()[:2])
        with tempfile.TemporaryDirectory(prefix="naba-export-") as folder:
            asked = [uri, database.name, kind, str(share), folder]
            command = [sys.executable, "-m", "benchmarks.query.exporting", *asked]
            told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        articles = told["articles"]
        mongod = (sum(server.cpu_times()[:2]) - before) / articles
        cells = (
            f"{articles:,}",
            f"{articles / told['seconds']:,.0f}",
            f"{told['cpu'] / articles * 1e6:.0f}",
            f"{mongod * 1e6:.0f}",
            f"{told['peak'] / 1e6:.0f}",
            f"{told['size'] / 1e6:.0f}",
        )
        print(f"{kind:28}" + "".join(f"{cell:>14}" for cell in cells), flush=True)


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores before it began"


def _export(uri: str, name: str, kind: str, share: float, folder: Path) -> dict[str, float]:
    """Export once, and tell what it took."""
    request = Request(path=folder / f"all.{kind.split(maxsplit=1)[0]}", **_KINDS[kind])
    with Collection.open(uri, name) as collection:
        until = None if share == 1 else _until(collection, share)
        request.check()
        need_arrow().array([""])  # imports, among them pandas where it is installed, are not counted
        begin, cpu = time.perf_counter(), time.process_time()
        done = export(collection.database, Filters(until=until), request)
        return {
            "articles": done.articles,
            "seconds": time.perf_counter() - begin,
            "cpu": time.process_time() - cpu,
            "peak": peak_bytes(),
            "size": done.size,
        }


def _until(collection: Collection, share: float) -> datetime:
    """The instant before which this share of the articles was published."""
    articles = collection.articles
    before = articles.find({"published_at": {"$type": "date"}}, {"published_at": 1}).sort("published_at", 1)
    found: datetime = before.skip(int(articles.estimated_document_count() * share)).limit(1)[0]["published_at"]
    return found


if __name__ == "__main__":
    address, database_name, format_name, part, where = sys.argv[1:]
    print(json.dumps(_export(address, database_name, format_name, float(part), Path(where))))
