"""The processes of this machine that run jobs: started, watched, stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
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


@dataclass(slots=True)
class Child:
    """One job's process."""

    job: Document
    process: "subprocess.Popen[bytes]"
    log_file: Path
    started: float
    """By time.monotonic()."""


class Children:
    """The jobs that this process started."""

    def __init__(self, settings: BaseSettings) -> None:
        self.logs = Path(settings["NABA_DATA"]) / "logs"
        self.seconds = settings.getfloat("JOB_SECONDS")
        # What -s gave this process holds for its children too.
        names = ("NABA_DATA", "MONGODB_URI", "MONGODB_DATABASE")
        self.environment = os.environ | {name: str(settings[name]) for name in names if settings[name]}
        own = ("JOB_SECONDS", "JOB_PAGES", "JOB_MEMORY", "LEASE_SECONDS", "SCHEDULE_STOP_SECONDS")
        self.environment |= {f"NABA_{name}": str(settings[name]) for name in own}
        self.running: dict[str, Child] = {}

    def start(self, job: Document) -> Child:
        """Start a job's process, in a session of its own: Ctrl-C in the terminal is not for it."""
        folder = self.logs / (job["site"] or job["command"][0])
        folder.mkdir(parents=True, exist_ok=True)
        prune(folder)
        log_file = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}.log"
        with log_file.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "crawler.schedule.job", job["_id"], str(log_file)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
            )
        child = self.running[job["_id"]] = Child(job, process, log_file, time.monotonic())
        return child

    def ended(self) -> list[Child]:
        """Those that ended since the last call; what is far over its time is killed."""
        over = [child for child in list(self.running.values()) if child.process.poll() is not None]
        for child in over:
            del self.running[child.job["_id"]]
        self.kill_late()
        return over

    def kill_late(self) -> None:
        """Kill what is far over its time: it hears nothing any more."""
        for child in list(self.running.values()):
            if time.monotonic() - child.started > self.seconds + _STARTING:
                kill_tree(child.process.pid)

    def interrupt(self) -> None:
        """Ask all to end: what a crawl has fetched is stored first."""
        for child in list(self.running.values()):
            child.process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """End all at once."""
        children = list(self.running.values())
        for child in children:
            kill_tree(child.process.pid)
        for child in children:
            child.process.wait()

    def stop(self, seconds: float, *, at_once: Callable[[], bool] = lambda: False) -> None:
        """Ask all to end, and kill what has not after so many seconds, or when `at_once` says so."""
        self.interrupt()
        deadline = time.monotonic() + seconds
        while any(child.process.poll() is None for child in list(self.running.values())):
            if at_once() or time.monotonic() > deadline:
                self.kill()
                return
            time.sleep(0.05)


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
