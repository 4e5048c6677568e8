"""The checks of pace: fewer new articles than usual at this hour of this weekday, and a newest article that is old."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import fmean, median, pvariance
from typing import Any

from crawler.watch.history import History, Run
from crawler.watch.verdicts import CAUSES, Verdict

_SPANS = (timedelta(hours=6), timedelta(days=1), timedelta(days=3))
"""Over which new articles are counted; the shortest in which the site usually prints enough tells."""
_WEEKS = 5
_DAYS = 7
_DEVIATIONS = 4.5
_LEAST_SPREAD, _MOST_SPREAD = 1.5, 4.0
"""Papers do not print evenly: bounds of a count's variance, in terms of its mean (of chance alone it would be 1)."""
_STALE_AFTER = timedelta(days=7)
"""So long a history tells how old a newest article may be: nights and weekends are in it."""
_STALE_RUNS = 20
_CUT_OFF = frozenset({*CAUSES, "none_found"})
_LOW = _CUT_OFF | {"few_new", "stale"}


def check_few_new(run: Run, history: History, usual: Any) -> Verdict:
    """Far fewer new articles than at the same hours of the same weekday in the weeks before."""
    gap = history.usual_gap(run)
    if gap is None:
        return Verdict("few_new", "unsure")
    runs = [run, *history.runs]
    for span in _SPANS:
        if span < gap:
            continue
        # After a recovery a span that reaches back into the trouble tells nothing.
        now = _count(runs, _Span(run.started_at, span, gap), _CUT_OFF if usual else _LOW)
        expected = _expected(runs, run, span, gap)
        if now is None or expected is None:
            continue
        evidence = {"hours": span / timedelta(hours=1), "new": now, "usual": round(expected.count, 1)}
        if expected.deviation(now) >= _DEVIATIONS and now <= 0.4 * expected.count:
            told = f"{now} new articles in {evidence['hours']:g} hours"
            message = f"{told}, usually {expected.count:.0f} at this time of the week"
            return Verdict("few_new", "bad", message, evidence, evidence)
        is_telling = expected.deviation(0) >= _DEVIATIONS
        # An alarm is not over by what was printed before it: no longer span than the one that raised it ends it.
        may_end = usual is None or evidence["hours"] <= usual["hours"]
        if is_telling and may_end and now > 0.6 * expected.count:
            return Verdict("few_new", "good", "", evidence)
    return Verdict("few_new", "unsure", usual=usual)


@dataclass(frozen=True, slots=True)
class _Span:
    """A time before an instant; a run tells of what was printed since the one before, so half a gap is shifted."""

    end: datetime
    length: timedelta
    gap: timedelta

    def back(self, time: timedelta) -> "_Span":
        """The same, so long before."""
        return _Span(self.end - time, self.length, self.gap)


def _count(runs: Sequence[Run], span: _Span, without: frozenset[str]) -> int | None:
    """New articles of a span; None where its runs have holes, or something was amiss in one.

    Args:
        runs: newest first.
        span: which.
        without: findings that make its count tell nothing.
    """
    begin, end = span.end - span.length + span.gap / 2, span.end + span.gap / 2
    first, last = (bisect_left(runs, -moment.timestamp(), key=_age) for moment in (end, begin))
    within = runs[first:last]
    if not within or any(not one.findings.isdisjoint(without) for one in within):
        return None
    widest = max(later - earlier for later, earlier in pairwise([end, *(one.started_at for one in within), begin]))
    return sum(one.new for one in within) if widest <= 3 * span.gap else None


def _age(run: Run) -> float:
    return -run.started_at.timestamp()


@dataclass(frozen=True, slots=True)
class _Usual:
    """How many new articles are usual, on the low side, and how unevenly they come."""

    count: float
    spread: float

    def deviation(self, now: float) -> float:
        """How many standard deviations fewer these are (Anscombe's transform makes counts nearly normal)."""
        return 2 * (math.sqrt(self.count + 0.375) - math.sqrt(now + 0.375)) / math.sqrt(self.spread)


def _expected(runs: Sequence[Run], run: Run, span: timedelta, gap: timedelta) -> _Usual | None:
    """A low estimate of what is usual: by the same time of earlier weeks, else of the days before."""
    now = _Span(run.started_at, span, gap)
    weeks = _told(runs, now, timedelta(weeks=1), _WEEKS)
    days = _told(runs, now, timedelta(days=1), _DAYS)
    if not weeks:
        return None  # weekends are quiet: the days before say nothing without one that was this weekday
    both = weeks + days
    spread = min(_MOST_SPREAD, max(_LEAST_SPREAD, pvariance(both) / (fmean(both) or 1)))
    if len(weeks) >= 3:
        return _Usual((median(weeks) + min(weeks)) / 2, spread)
    if span > timedelta(days=1) or len(both) < _DAYS - 1:
        return None
    return _Usual(0.7 * min(both), spread)


def _told(runs: Sequence[Run], span: _Span, step: timedelta, times: int) -> list[int]:
    """The counts of the same span one step before, two, and so on, where they tell something."""
    counts = (_count(runs, span.back(step * back), _LOW) for back in range(1, times + 1))
    return [count for count in counts if count is not None]


def check_stale(run: Run, history: History, usual: Any) -> Verdict:
    """The newest article is older than it ever was, by the site's own pauses."""
    if run.newest_at is None:
        return Verdict("stale", "unsure")
    age = run.started_at - run.newest_at
    if usual is None:
        # The pause that lasts is no measure of itself: with every run it would be what is usual.
        earlier = [
            one for one in history.runs if one.newest_at not in {None, run.newest_at} and one.findings.isdisjoint(_LOW)
        ]
        reach = earlier[0].started_at - earlier[-1].started_at if earlier else timedelta(0)
        gap = history.usual_gap(run)
        if len(earlier) < _STALE_RUNS or reach < _STALE_AFTER or gap is None:
            return Verdict("stale", "unsure")
        oldest = max(one.started_at - one.newest_at for one in earlier if one.newest_at)
        usual = {"hours": _hours(oldest), "limit": _hours(2 * oldest + gap) + 1}
    evidence = {"newest_at": run.newest_at, "hours_old": _hours(age), "usual": usual["hours"]}
    if _hours(age) > usual["limit"]:
        message = f"the newest article is {_hours(age):.0f} hours old, it never was more than {usual['hours']:.0f}"
        return Verdict("stale", "bad", message, evidence, usual)
    return Verdict("stale", "good" if _hours(age) < 0.8 * usual["limit"] else "unsure", "", evidence)


def _hours(time: timedelta) -> float:
    return round(time / timedelta(hours=1), 2)
