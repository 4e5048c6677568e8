"""A job's guard, in its own process: what it may use of memory, and that it ends when it must."""

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 2.0
_BEYOND = 1.5
"""Of its memory, at which a job is killed that was asked to end."""
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def descendants(pid: int) -> list[int]:
    """The process and all that it started, as far as the system tells (Linux: /proc/PID/task/*/children)."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (task / "children").read_text("ascii").split())
    return found


def memory_of(pid: int) -> int:
    """Bytes that the process and all that it started hold in memory; 0 where the system does not tell.

    What two of them share counts for each.
    """
    pages = 0
    # Workers of multiprocessing's forkserver are its children, not this process'.
    workers = [child.pid for child in multiprocessing.active_children() if child.pid] if pid == os.getpid() else []
    for one in {one for parent in (pid, *workers) for one in descendants(parent)}:
        with contextlib.suppress(OSError, IndexError, ValueError):
            pages += int(Path(f"/proc/{one}/statm").read_text("ascii").split()[1])
    return pages * _PAGE


class Guard:
    """Asks its process to end (SIGINT), and kills it with all that it started when it does not."""

    def __init__(self, memory: int, stop_seconds: float) -> None:
        """Watch this process.

        Args:
            memory: bytes that it and its children may hold; 0: no limit.
            stop_seconds: how long it may take to end.
        """
        self.memory = memory
        self.stop_seconds = stop_seconds
        self.reason: str | None = None
        """Why it was asked to end."""
        self.is_over_time = False
        """Whether that was the limit of its time."""
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin to watch."""
        threading.Thread(target=self._watch, daemon=True, name="guard").start()

    def end(self, reason: str) -> None:
        """Ask the process to end, once; kill it when it has not ended in time."""
        with self._lock:
            if self.reason is not None:
                return
            self.reason = reason
        logger.error("the job ends: %s", reason)
        os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=self._kill_late, daemon=True, name="guard-kill").start()

    def end_after(self, seconds: float) -> None:
        """Ask the process to end when its time is over."""

        def wait() -> None:
            time.sleep(seconds)
            self.is_over_time = self.reason is None
            self.end(f"its {seconds:g} s are over")

        threading.Thread(target=wait, daemon=True, name="guard-time").start()

    def _kill_late(self) -> None:
        time.sleep(self.stop_seconds)
        kill_tree(os.getpid())

    def _watch(self) -> None:
        while self.memory:
            time.sleep(_LOOK_SECONDS)
            held = memory_of(os.getpid())
            if held > self.memory:
                self.end(f"memory: {held >> 20} MiB of {self.memory >> 20}")
            if held > self.memory * _BEYOND:
                kill_tree(os.getpid())


def kill_tree(pid: int) -> None:
    """Kill a process with all that it started; itself last, if it is this one."""
    for one in (*descendants(pid)[1:], pid):
        with contextlib.suppress(OSError):
            os.kill(one, signal.SIGKILL)
