"""A site's runs, as the checks look at them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, Self

from pymongo import DESCENDING
from pymongo.database import Database

Document = dict[str, Any]

REACH = timedelta(weeks=5, days=1)
"""How far back a site's usual is looked for: five times the same hour of the same weekday."""
MOST_RUNS = 5000
"""Runs that are looked at: five weeks at one in ten minutes."""
_NEWEST = 400
"""Runs beside which pages and answers are judged: four days at one in a quarter of an hour."""
_TIMETABLE = "timetable"
"""Why a site is crawled again and again: `timetable: every 30m`, as the scheduler says."""
ORDINARY_ENDS = ("finished", "site_in_trouble", "robots_unavailable", "asked_to_wait")
"""Ends that tell something of the site; others (Ctrl-C, a full disk) tell of whoever crawls it."""
_WAYS = ("asked", "unchanged", "failed", "forbidden", "turned_away", "found")
# What the checks read of a run: its notes and slow pages may be long.
_PROJECTION = dict.fromkeys(
    ["started_at", "reason", "counts", "discovery", "first_tries", "fields", "answers", "newest_at", "findings"], 1
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run's figures. Instants are aware, UTC."""

    id: str
    started_at: datetime
    reason: str | None = "finished"
    new: int = 0
    """Articles that were stored for the first time."""
    read: int = 0
    """Articles whose page was asked for the first time, and gave a record."""
    failed: int = 0
    """The same, that gave none."""
    turned_away: int = 0
    """The same, that were answered 401, 403, 429 or 451."""
    forbidden: int = 0
    """Requests that robots.txt forbade, of articles and listings."""
    listings: dict[str, int] = field(default_factory=dict)
    """Of feeds, sitemaps and sections together: asked, unchanged, failed, forbidden, turned_away, found."""
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Stored articles that fill a field, and that lack it."""
    latency: float | None = None
    """Seconds: median of the site's answers."""
    newest_at: datetime | None = None
    """Publication of the newest article that was stored when the run ended."""
    findings: frozenset[str] = frozenset()
    """Checks that found something wrong in it."""

    @classmethod
    def of(cls, crawl: Document) -> Self:
        """The figures of a document of `crawls`; records of earlier versions lack some."""
        counts, ways = crawl.get("counts") or {}, crawl.get("discovery") or {}
        tries = crawl.get("first_tries") or {}
        return cls(
            id=crawl["_id"],
            started_at=crawl["started_at"],
            reason=crawl.get("reason"),
            new=counts.get("new", 0),
            read=tries.get("read", 0),
            failed=tries.get("failed", 0),
            turned_away=tries.get("turned_away", 0),
            forbidden=(counts.get("skipped_by_reason") or {}).get("robots_txt", 0),
            listings={name: sum(way.get(name) or 0 for way in ways.values()) for name in _WAYS},
            fields={name: (told["filled"], told["missing"]) for name, told in (crawl.get("fields") or {}).items()},
            latency=(crawl.get("answers") or {}).get("median"),
            newest_at=crawl.get("newest_at"),
            findings=frozenset(crawl.get("findings") or ()),
        )

    def listed(self, name: str) -> int:
        """Listings of this kind."""
        return self.listings.get(name, 0)


@dataclass(frozen=True, slots=True)
class History:
    """A site's earlier ordinary runs, newest first."""

    runs: Sequence[Run] = ()

    def without(self, *findings: str) -> list[Run]:
        """The newest few hundred runs in which none of these was found."""
        return [run for run in self.runs[:_NEWEST] if run.findings.isdisjoint(findings)]

    def usual_gap(self, run: Run) -> timedelta | None:
        """The usual time from one run to the next, by the last twenty; None where there are too few."""
        starts = [run.started_at, *(earlier.started_at for earlier in self.runs[:20])]
        gaps = [later - earlier for later, earlier in pairwise(starts)]
        return timedelta(seconds=median(gap.total_seconds() for gap in gaps)) if len(gaps) >= 3 else None


def is_on_timetable(crawl: Document) -> bool:
    """Whether another run of the kind is to be expected."""
    return str(crawl.get("why") or "").startswith(_TIMETABLE)


def is_ordinary(crawl: Document) -> bool:
    """Whether a run is one of the site's usual ones: no replay, ended by itself, no arguments but the timetable's."""
    is_asked_for = bool(crawl.get("arguments")) and not is_on_timetable(crawl)
    return not is_asked_for and not crawl.get("replay") and crawl.get("reason") in ORDINARY_ENDS


def load(database: Database[Document], crawl: Document) -> History:
    """The ordinary runs of the site before this one with the same arguments, of the last five weeks."""
    query = {
        "site": crawl["site"],
        "started_at": {"$lt": crawl["started_at"], "$gte": crawl["started_at"] - REACH},
        "arguments": crawl.get("arguments") or {},
        "replay": None,
        "reason": {"$in": list(ORDINARY_ENDS)},
    }
    rows = database["crawls"].find(query, _PROJECTION).sort("started_at", DESCENDING).limit(MOST_RUNS)
    return History([Run.of(row) for row in rows])


def pools(runs: Sequence[Run], weight: Callable[[Run], int], size: int) -> Iterator[list[Run]]:
    """Runs taken together, newest first, until each pool weighs at least `size`; what is left over is not told."""
    pool: list[Run] = []
    weighs = 0
    for run in runs:
        pool.append(run)
        weighs += weight(run)
        if weighs >= size:
            yield pool
            pool, weighs = [], 0


def share(runs: Sequence[Run], part: Callable[[Run], int], whole: Callable[[Run], int]) -> float:
    """What part of the whole the runs together have; 0 of nothing."""
    total = sum(map(whole, runs))
    return sum(map(part, runs)) / total if total else 0.0
