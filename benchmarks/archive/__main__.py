"""`make bench-archive`: WARC files of others imported and pages read again by two cores, beside other tools.

Two files of one news crawl are written, one for each core. Each tool reads the same files; what it gives is compared
with the stories that the pages tell. Naba's articles are in MongoDB in the end, the others' are lines of text.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from pymongo import MongoClient
from pymongo.collection import Collection
from rich.console import Console
from rich.table import Table

from benchmarks.archive.corpus import pages, write_warc
from benchmarks.archive.rivals import TOOLS
from benchmarks.extraction.measures import body_scores
from crawler.importing.scanning import Wanted, scan_slice
from crawler.store.local import LocalServer

_ROOT = Path(__file__).parents[2]
_MIB = 1024 * 1024
_LONGEST = 3600


@dataclass(frozen=True, slots=True)
class Measured:
    """One tool's run."""

    seconds: float
    """Wall clock, from the start of its processes to their end."""
    peak: float
    """MiB of its own memory (anonymous, of all its processes together), at the most."""
    output: str = ""
    errors: str = ""


def measure(commands: Sequence[Sequence[str]], environment: dict[str, str] | None = None) -> Measured:
    """Run commands beside each other to their end.

    Raises:
        SystemExit: when one fails.
    """
    begin = time.monotonic()
    streams = [(tempfile.TemporaryFile(), tempfile.TemporaryFile()) for _ in commands]  # noqa: SIM115 - read below
    processes = [
        subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=out, stderr=errors)
        for command, (out, errors) in zip(commands, streams, strict=True)
    ]
    peak = _Peak([psutil.Process(process.pid) for process in processes])
    for process in processes:
        process.wait(_LONGEST)
    seconds = time.monotonic() - begin
    peak.done.set()
    texts = [[_text(stream) for stream in pair] for pair in streams]
    output, errors = ("".join(part) for part in zip(*texts, strict=True))
    if any(process.returncode for process in processes):
        sys.exit(f"{commands[0]} failed: {errors[-2000:]}")
    return Measured(seconds, peak.bytes / _MIB, output, errors)


def _text(stream: Any) -> str:
    stream.seek(0)
    return str(stream.read().decode("utf-8", "replace"))


class _Peak:
    """Looks at processes and their children five times a second."""

    def __init__(self, processes: list[psutil.Process]) -> None:
        self.processes = processes
        self.bytes = 0
        self.done = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self.done.wait(0.2):
            now = 0
            for process in self.processes:
                try:
                    family = [process, *process.children(recursive=True)]
                except psutil.Error:
                    continue
                now += sum(map(_anonymous, family))
            self.bytes = max(self.bytes, now)


def _anonymous(process: psutil.Process) -> int:
    """Its own memory, without pages of files that it maps; not mongod's."""
    try:
        if process.name() == "mongod":
            return 0
        info = process.memory_info()
        return int(info.rss - info.shared)
    except psutil.Error:
        return 0


class Bench:
    """The files, and what they hold."""

    def __init__(self, folder: Path, count: int, share: float) -> None:
        self.folder = folder
        self.files = [folder / f"news-{number}.warc.gz" for number in range(2)]
        content = list(pages(count, share))
        self.stories = {page.url: page.story for page in content if page.story}
        self.size = sum(write_warc(path, iter(content[place::2])) for place, path in enumerate(self.files))
        self.rows: list[tuple[str, ...]] = []
        print(
            f"{count} pages in 2 files, {self.size / 1e6:.0f} MB compressed, "
            f"{sum(len(page.body) for page in content) / 1e6:.0f} MB of pages; {len(self.stories)} Arabic articles, "
            f"{sum(len(page.body) for page in content if page.story) / max(1, len(self.stories)) / 1000:.0f} KB each",
            flush=True,
        )

    def add(self, name: str, what: str, measured: Measured, articles: Iterable[dict[str, Any]]) -> None:
        """A row: what was given, how right it is, how fast."""
        given = list(articles)
        titles = bodies = 0
        f1 = 0.0
        for one in given:
            story = self.stories[one["url"]]
            titles += one["title"] == story.title
            bodies += one["body"] == story.body
            f1 += body_scores(one["body"] or "", story.body)[0]
        self.rows.append(
            (
                *(name, what, str(len(given)), str(titles), str(bodies), f"{f1 / max(1, len(given)):.3f}"),
                f"{measured.seconds:.1f}",
                f"{len(given) / measured.seconds:.1f}",
                f"{self.size / measured.seconds / 1e6:.1f}",
                f"{measured.peak:.0f}",
            )
        )
        print(f"{name}: {measured.seconds:.1f} s", file=sys.stderr, flush=True)

    def print(self) -> None:
        """The table."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        headings = ["tool", "does", "articles", "titles", "bodies", "F1", "seconds", "articles/s", "MB/s", "MiB"]
        for place, heading in enumerate(headings):
            table.add_column(heading, justify="left" if place < 2 else "right", no_wrap=True)
        for row in self.rows:
            table.add_row(*row)
        Console(width=160, highlight=False, markup=False).print(table)

    def naba(self, uri: str) -> None:
        """Import, import again, read again."""
        name = f"bench_{uuid.uuid4().hex[:8]}"
        environment = os.environ | {"MONGODB_URI": uri, "MONGODB_DATABASE": name, "NABA_DATA": str(self.folder)}
        scrapy = [sys.executable, "-m", "scrapy"]
        crawl = [*scrapy, "crawl", "archive", "-a", f"files={','.join(map(str, self.files))}"]
        client: MongoClient[dict[str, Any]]
        with MongoClient(uri) as client:
            articles: Collection[dict[str, Any]] = client[name]["articles"]
            try:
                first = measure([crawl], environment)
                self.add("naba", "import, stored", first, articles.find())
                print(first.errors.splitlines()[-1], flush=True)
                self.add("naba", "import again", measure([crawl], environment), [])
                again = measure([[*scrapy, "reextract", "--force"]], environment)
                self.add("naba", "reextract --force", again, articles.find())
                print(again.errors.splitlines()[-1], flush=True)
            finally:
                client.drop_database(name)

    def scanner(self) -> None:
        """The scanning alone, in this process."""
        begin = time.process_time()
        found = 0
        for path in self.files:
            offset, is_last = 0, False
            while not is_last:
                part = scan_slice(path, offset, Wanted(frozenset(["sample.example"])))
                offset, is_last = part.end, part.is_last
                found += len(part.pages)
        seconds = time.process_time() - begin
        print(f"scanning alone: {seconds:.1f} s of one core, {self.size / seconds / 1e6:.0f} MB/s, {found} pages found")

    def rival(self, tool: str, python: str) -> None:
        """Another tool: a process a file."""
        program = str(Path(__file__).parent / "rivals.py")
        measured = measure([[python, program, tool, str(path)] for path in self.files])
        self.add(tool, "extract, not stored", measured, map(json.loads, measured.output.splitlines()))


def _has(python: str, tool: str) -> bool:
    """Whether this interpreter's environment has the tool."""
    if shutil.which(python) is None:
        return False
    run = subprocess.run([python, "-c", f"import {tool.replace('-', '')}"], capture_output=True, check=False)
    return run.returncode == 0


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    parser.add_argument("--pages", type=int, default=8_000, help="in both files (default: 8000)")
    parser.add_argument("--share", type=float, default=0.03, help="of Arabic articles among them (default: 0.03)")
    for tool in TOOLS:
        parser.add_argument(f"--{tool}", metavar="PYTHON", help=f"interpreter of an environment that has {tool}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, LocalServer.acquire(Path(folder) / "server") as server:
        bench = Bench(Path(folder), options.pages, options.share)
        bench.scanner()
        bench.naba(server.uri)
        for tool in TOOLS:
            python = getattr(options, tool.replace("-", "_"))
            if python and _has(python, tool):
                bench.rival(tool, python)
            else:
                print(f"not installed: {tool}", flush=True)
        bench.print()


if __name__ == "__main__":
    main()
