"""The processes of this machine that run jobs: started, watched, stopped.

They are forked by a server that has imported what every crawl needs (multiprocessing's forkserver): a crawl that finds
nothing new would else spend most of its time on imports.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from crawler.schedule.guard import kill_tree

Document = dict[str, Any]

_LOGS_KEPT = 50
"""Log files of one site."""
_LOG_BYTES = 50_000_000
"""Of one site's log files together; the newest stays, however long."""
BUSY_AGAIN = 5.0
"""Seconds after which a job is tried again whose lease another has."""
_STARTING = 120.0
"""Seconds beyond its time that a job may take to start and to end, before it is killed."""
_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
# Twisted's reactor is not among them: two processes must not share one.
_NEEDED = (
    "crawler.schedule.job",
    "crawler.archive.addon",
    "crawler.commands.crawl",
    "crawler.extraction.reading",
    "crawler.settings",
    "pipelines.clean",
    "pipelines.deduplicate",
    "pipelines.store",
    "scrapy.cmdline",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.engine",
    "scrapy.extensions.closespider",
)


@dataclass(slots=True)
class Child:
    """One job's process."""

    job: Document
    process: BaseProcess
    log_file: Path
    started: float
    """By time.monotonic()."""

    def status(self) -> int | None:
        """Exit status, or None while it runs; -9 of one that was killed."""
        return self.process.exitcode


class Children:
    """The jobs that this process started."""

    def __init__(self, settings: BaseSettings) -> None:
        self.logs = Path(settings["NABA_DATA"]) / "logs"
        self.seconds = settings.getfloat("JOB_SECONDS")
        # What -s gave this process holds for its children too.
        names = ("NABA_DATA", "MONGODB_URI", "MONGODB_DATABASE")
        os.environ.update({name: str(settings[name]) for name in names if settings[name]})
        own = ("JOB_SECONDS", "JOB_PAGES", "JOB_MEMORY", "LEASE_SECONDS", "SCHEDULE_STOP_SECONDS")
        os.environ.update({f"NABA_{name}": str(settings[name]) for name in own})
        self._context: Any = multiprocessing.get_context(_METHOD)
        if _METHOD == "forkserver":
            self._context.set_forkserver_preload(list(_NEEDED))
        self.running: dict[str, Child] = {}

    def start(self, job: Document) -> Child:
        """Start a job's process."""
        folder = self.logs / (job["site"] or job["command"][0])
        folder.mkdir(parents=True, exist_ok=True)
        prune(folder)
        log_file = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}.log"
        process = self._context.Process(target=_run, args=(job["_id"], str(log_file)), name=job["_id"])
        process.start()
        child = self.running[job["_id"]] = Child(job, process, log_file, time.monotonic())
        return child

    def ended(self) -> list[Child]:
        """Those that ended since the last call; what is far over its time is killed."""
        over = [child for child in list(self.running.values()) if child.status() is not None]
        for child in over:
            del self.running[child.job["_id"]]
        self.kill_late()
        return over

    def kill_late(self) -> None:
        """Kill what is far over its time: it hears nothing any more."""
        for child in list(self.running.values()):
            if time.monotonic() - child.started > self.seconds + _STARTING:
                _kill(child)

    def interrupt(self) -> None:
        """Ask all to end: what a crawl has fetched is stored first."""
        for child in list(self.running.values()):
            if child.status() is None and child.process.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.process.pid, signal.SIGINT)

    def kill(self) -> None:
        """End all at once."""
        children = list(self.running.values())
        for child in children:
            _kill(child)
        for child in children:
            child.process.join()

    def stop(self, seconds: float, *, at_once: Callable[[], bool] = lambda: False) -> None:
        """Ask all to end, and kill what has not after so many seconds, or when `at_once` says so."""
        self.interrupt()
        deadline = time.monotonic() + seconds
        while any(child.status() is None for child in list(self.running.values())):
            if at_once() or time.monotonic() > deadline:
                self.kill()
                return
            time.sleep(0.05)


def _run(job_id: str, log_file: str) -> None:
    """What a job's process does: all that it says goes to its log."""
    if hasattr(os, "setsid"):
        os.setsid()  # Ctrl-C in the terminal is not for it
    sys.stdout.flush()
    with Path(log_file).open("ab") as log, Path(os.devnull).open("rb") as nothing:
        for stream, number in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(stream.fileno(), number)
    from crawler.schedule.job import main

    sys.exit(main([job_id, log_file]))


def _kill(child: Child) -> None:
    if child.status() is None and child.process.pid:
        kill_tree(child.process.pid)


def prune(folder: Path) -> None:
    """Remove the oldest log files of a site beyond their number and size."""
    files = sorted(folder.glob("*.log"), reverse=True)
    size = 0
    for number, file in enumerate(files):
        size += file.stat().st_size
        if number and (number >= _LOGS_KEPT or size > _LOG_BYTES):
            file.unlink(missing_ok=True)


def last_line(log_file: Path) -> str:
    """What a job said last, for a message."""
    try:
        lines = log_file.read_bytes()[-4000:].decode("utf-8", "replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1][:300] if lines else "nothing"
