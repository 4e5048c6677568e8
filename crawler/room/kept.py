"""Answers that cost, kept for a while: however many readers ask, the database is asked once."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

_MOST = 500
"""Answers, or questions without one; beyond, all are dropped: keys come from addresses, and memory is bounded."""


class Kept:
    """A shelf of answers.

    Args:
        seconds: how long one is good for.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._answers: dict[Hashable, tuple[float, Any]] = {}
        self._locks: dict[Hashable, threading.Lock] = {}
        self._door = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept answer, or what `make` answers now; of several that ask at once, one makes it.

        An error is raised to who made it, and kept for nobody.
        """
        with self._door:
            if max(len(self._answers), len(self._locks)) > _MOST:
                self._answers.clear()
                self._locks = {name: lock for name, lock in self._locks.items() if lock.locked()}
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            made_at, answer = self._answers.get(key, (float("-inf"), None))
            if time.monotonic() - made_at > self.seconds:
                answer = make()
                self._answers[key] = (time.monotonic(), answer)
            return answer  # type: ignore[no-any-return] # a key stands for one question
