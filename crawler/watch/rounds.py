"""What is looked at when: a run that ended, runs that died, messages that wait."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo import DESCENDING
from pymongo.database import Database
from pymongo.errors import PyMongoError
from scrapy.settings import BaseSettings

from crawler.store.connection import brief
from crawler.store.crawls import DIED, find_crawl, mark_died
from crawler.watch.alarms import ACCEPTED, accepted_at, end_alarm, open_alarms, raise_alarm
from crawler.watch.channels import channels
from crawler.watch.checks import check_died
from crawler.watch.examples import with_examples
from crawler.watch.history import History, Run, is_ordinary, load
from crawler.watch.judge import judge
from crawler.watch.telling import tell, words
from crawler.watch.verdicts import Verdict

Document = dict[str, Any]

logger = logging.getLogger(__name__)

_AHEAD = timedelta(hours=1)
"""Articles dated later than that are no sign of life: dates are mistyped."""


def after_run(database: Database[Document], settings: BaseSettings, crawl_id: str) -> None:
    """Judge a run that ended, raise and end alarms, tell them; what goes wrong here is logged and breaks no crawl.

    Args:
        database: the collection's database, its collections in place.
        settings: ALARM_... (see `channels`).
        crawl_id: of the run, whose end is written.
    """
    try:
        ways = channels(settings)
        if (crawl := find_crawl(database, crawl_id)) and crawl["ended_at"]:
            judge_run(database, crawl, ways)
        tell(database, ways)
    except PyMongoError as error:
        logger.error("the run could not be judged: %s", brief(error))  # noqa: TRY400 - the server is the matter
    except Exception:  # a bug here must not make a failure of a crawl that went well
        logger.exception("the run could not be judged")


def tick(database: Database[Document], settings: BaseSettings) -> list[Document]:
    """Mark runs that died, raise their alarms, tell what waits: for whoever runs for long, once a minute or so.

    Returns:
        The runs that were found dead.

    Raises:
        UserError: for an ALARM_ setting that cannot be.
        PyMongoError: when the server is away.
    """
    ways = channels(settings)
    dead = mark_died(database)
    for site in sorted({crawl["site"] for crawl in dead}):
        _judge_deaths(database, site, ways)
    tell(database, ways)
    return dead


def judge_run(database: Database[Document], crawl: Document, ways: Iterable[str]) -> None:
    """Judge a run that ended; an ordinary one beside the site's earlier ones.

    Args:
        database: the collection's database.
        crawl: its record.
        ways: channels that are to tell alarms.
    """
    site, now = crawl["site"], crawl["ended_at"]
    _judge_deaths(database, site, ways)
    if not is_ordinary(crawl):
        return
    crawl["newest_at"] = _newest(database, crawl)
    alarms = {alarm["check"]: alarm for alarm in open_alarms(database, site)}
    history = _accepting(load(database, crawl), accepted_at(database, site))
    judged = judge(Run.of(crawl), history, {check: alarm["usual"] for check, alarm in alarms.items()})
    change = {"newest_at": crawl["newest_at"], "findings": list(judged.findings)}
    database["crawls"].update_one({"_id": crawl["_id"]}, {"$set": change})
    for verdict in judged.wrong:
        _raise(database, with_examples(database, crawl, verdict), crawl, now, ways)
    for check in judged.well:
        _end(database, site, check, by=crawl["_id"], now=now, ways=ways)


def accept(database: Database[Document], site: str, settings: BaseSettings) -> list[str]:
    """End a site's alarms because what they tell is the new usual; answers their checks."""
    ways = channels(settings)
    now = datetime.now(UTC)
    checks = [alarm["check"] for alarm in open_alarms(database, site)]
    for check in checks:
        _end(database, site, check, by=ACCEPTED, now=now, ways=ways)
    tell(database, ways)
    return checks


def _accepting(history: History, accepted: dict[str, datetime]) -> History:
    """The history without what was accepted: for a check, runs before count as if it had been found in them."""
    if not accepted:
        return history
    runs = []
    for run in history.runs:
        before = {check for check, at in accepted.items() if run.started_at <= at}
        runs.append(replace(run, findings=run.findings | before) if before else run)
    return History(runs)


def _newest(database: Database[Document], crawl: Document) -> datetime | None:
    """Publication of the site's newest article; the run's own time where it stored new ones that show no date."""
    undated = crawl["counts"].get("new", 0) and crawl.get("fields", {}).get("published_at", {}).get("missing", 0)
    if undated:
        return crawl["started_at"]  # type: ignore[no-any-return]  # documents are untyped
    query = {"site": crawl["site"], "published_at": {"$lte": crawl["ended_at"] + _AHEAD}}
    row = database["articles"].find_one(query, {"published_at": 1}, sort=[("published_at", DESCENDING)])
    return row["published_at"] if row else None


def _judge_deaths(database: Database[Document], site: str, ways: Iterable[str]) -> None:
    """Raise the alarm of a site whose runs die one after the other, or end it."""
    rows = list(
        database["crawls"].find({"site": site, "ended_at": {"$ne": None}}).sort("started_at", DESCENDING).limit(2)
    )
    state = check_died([row["reason"] for row in rows])
    if state == "bad":
        seen = ", ".join(f"{row['_id']} (last seen {row['ended_at']:%Y-%m-%d %H:%M} UTC)" for row in rows)
        verdict = Verdict("died", "bad", f"the last two runs died: {seen}", {"runs": [row["_id"] for row in rows]})
        _raise(database, verdict, rows[0], datetime.now(UTC), ways)
    elif state == "good":
        _end(database, site, DIED, by=rows[0]["_id"], now=datetime.now(UTC), ways=ways)


def _raise(database: Database[Document], verdict: Verdict, crawl: Document, now: datetime, ways: Iterable[str]) -> None:
    alarm = raise_alarm(database, crawl["site"], verdict, run=crawl["_id"], now=now, channels=ways)
    if alarm is not None:
        logger.error("ALARM %s", words(alarm, "raised"))
        for line in verdict.evidence.get("help", ()):
            logger.error("  %s", line)


def _end(database: Database[Document], site: str, check: str, *, by: str, now: datetime, ways: Iterable[str]) -> None:
    alarm = end_alarm(database, site, check, by=by, now=now, channels=ways)
    if alarm is not None:
        logger.warning("OVER %s", words(alarm, "over"))
