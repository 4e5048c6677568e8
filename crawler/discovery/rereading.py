"""When an article is read a second time: papers edit what they printed, and counters grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class Timetable:
    """Ages at which an article is read again, counted from its publication."""

    ages: tuple[timedelta, ...]
    """Ascending."""

    @classmethod
    def of_seconds(cls, seconds: Sequence[float | str]) -> Self:
        """From a setting's numbers.

        Raises:
            ValueError: for what is no number.
        """
        return cls(tuple(timedelta(seconds=age) for age in sorted(map(float, seconds)) if age > 0))

    def next_after(self, published_at: datetime, read_at: datetime) -> datetime | None:
        """The first instant after a reading at which the article is due again; None when it has grown old."""
        moments = (published_at + age for age in self.ages)
        return next((moment for moment in moments if moment > read_at), None)

    def is_due(self, published_at: datetime, read_at: datetime, now: datetime) -> bool:
        """Whether an article that was last read at `read_at` is to be read again at `now`."""
        due_at = self.next_after(published_at, read_at)
        return due_at is not None and due_at <= now
