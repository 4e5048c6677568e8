"""The state of every site, from its last run, its alarms and its pace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from pymongo import DESCENDING
from pymongo.database import Database

from crawler.store.crawls import DIED, latest_crawls
from crawler.watch.alarms import open_alarms
from crawler.watch.history import History, Run, is_on_timetable

Document = dict[str, Any]
State = Literal["alarmed", "died", "overdue", "running", "ok", "never"]

STATES: tuple[State, ...] = ("alarmed", "died", "overdue", "running", "ok", "never")
"""In order of urgency."""
BAD = frozenset({"alarmed", "died", "overdue"})
_PATIENCE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Health:
    """One site's state."""

    site: str
    state: State
    since: datetime | None
    """Since when it is so; of a healthy site, its last run's start."""
    crawl: Document | None
    """Its last run."""
    alarms: tuple[Document, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether somebody should look."""
        return self.state in BAD


def state_of_all(database: Database[Document], sites: Iterable[str], now: datetime) -> list[Health]:
    """The state of sites, the worst first.

    Args:
        database: the collection's database; runs that died are marked (see `mark_died`).
        sites: names.
        now: aware instant.
    """
    latest = latest_crawls(database)
    alarms: dict[str, list[Document]] = {}
    for alarm in open_alarms(database):
        alarms.setdefault(alarm["site"], []).append(alarm)
    states = [_state(database, site, latest.get(site), alarms.get(site, []), now) for site in sites]
    return sorted(states, key=lambda health: (STATES.index(health.state), health.site))


def _state(
    database: Database[Document], site: str, crawl: Document | None, alarms: list[Document], now: datetime
) -> Health:
    told = tuple(alarms)
    if alarms:
        return Health(site, "alarmed", min(alarm["since"] for alarm in alarms), crawl, told)
    if crawl is None:
        return Health(site, "never", None, None)
    if crawl["ended_at"] is None:
        return Health(site, "running", crawl["started_at"], crawl)
    if crawl["reason"] == DIED:
        return Health(site, "died", crawl["ended_at"], crawl)
    if due := _overdue(database, site, crawl, now):
        return Health(site, "overdue", due, crawl)
    return Health(site, "ok", crawl["started_at"], crawl)


def _overdue(database: Database[Document], site: str, crawl: Document, now: datetime) -> datetime | None:
    """When the timetable's next run should have begun; None while it is not late: by three times its usual gap."""
    if not is_on_timetable(crawl) or now - crawl["started_at"] < _PATIENCE:
        return None
    rows = database["crawls"].find({"site": site}, {"started_at": 1, "why": 1}).sort("started_at", DESCENDING)
    runs = [Run(id=row["_id"], started_at=row["started_at"]) for row in rows.limit(20) if is_on_timetable(row)]
    gap = History(runs[1:]).usual_gap(runs[0]) if runs else None
    if gap is None or now - crawl["started_at"] <= max(3 * gap, _PATIENCE):
        return None
    due: datetime = crawl["started_at"] + gap
    return due
