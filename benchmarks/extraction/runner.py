"""One extractor over all pages, in a process of its own: what it reads, how fast, and how much memory it takes."""

import contextlib
import json
import logging
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from benchmarks.extraction.corpus import ROOT, Sample, read_folders
from benchmarks.extraction.engines import ENGINES
from benchmarks.memory import peak_bytes

_LONGEST = 1_800  # seconds that one extractor may take for all rounds


def measure(name: str, folders: list[Path], rounds: int) -> dict[str, Any]:
    """Run here.

    The time is CPU seconds of this process, of each page in its quickest round: what else the machine does only adds.
    A round before them, which imports, is not counted.
    """
    logging.disable(logging.CRITICAL)
    _cut_off()
    with contextlib.redirect_stdout(sys.stderr):
        engine = ENGINES[name]()
        samples = read_folders(folders)
        records = {sample.name: _record(engine, sample) for sample in samples}
        seconds = dict.fromkeys(records, float("inf"))
        for _ in range(rounds):
            for sample in samples:
                start = time.process_time()
                with contextlib.suppress(Exception):  # counted above, as an error of that page
                    engine(sample.page, sample.expected["url"])
                seconds[sample.name] = min(seconds[sample.name], time.process_time() - start)
    return {"records": records, "seconds": seconds, "peak_bytes": peak_bytes()}


def _cut_off() -> None:
    """Let nothing of this process reach the network: a rival that would fetch a page's pictures must not wait."""

    def refused(*_: Any, **__: Any) -> NoReturn:
        raise OSError("no network in a benchmark")

    socket.getaddrinfo = refused
    socket.socket.connect = refused  # type: ignore[method-assign]


def _record(engine: Any, sample: Sample) -> dict[str, Any]:
    try:
        return dict(engine(sample.page, sample.expected["url"]))
    except Exception as error:  # noqa: BLE001 - a rival may raise what it likes; the table says so
        return {"error": f"{type(error).__name__}: {error}"}


def measure_apart(name: str, folders: list[Path], rounds: int) -> dict[str, Any] | str:
    """Run in a child process; the reason as text where the extractor is not installed or does not run."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.extraction",
        *map(str, folders),
        "--only",
        name,
        "--rounds",
        str(rounds),
        "--raw",
    ]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=_LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return f"took longer than {_LONGEST} s"
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no message"]
        return lines[-1]
    return dict(json.loads(done.stdout))
