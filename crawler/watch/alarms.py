"""Alarms in MongoDB: raised once, over once, whoever looks at the same moment.

A document of `alarms`: site, check, `open` (true until it is over), since, last_seen, ended_at, message, evidence,
usual (what the site was compared with), run, `ended_by` (the run that was well again, or 'accepted'), and `messages`:
what is to be told, by channel (see `crawler/watch/telling.py`).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pymongo import DESCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from crawler.watch.verdicts import Verdict

Document = dict[str, Any]

ACCEPTED = "accepted"


def open_alarms(database: Database[Document], site: str | None = None) -> list[Document]:
    """Alarms that are not over, of a site or of all, by site."""
    query: Document = {"open": True} | ({"site": site} if site else {})
    return list(database["alarms"].find(query).sort([("site", 1), ("since", 1)]))


def raise_alarm(
    database: Database[Document], site: str, verdict: Verdict, *, run: str, now: datetime, channels: Iterable[str]
) -> Document | None:
    """Raise an alarm, or note that it goes on.

    Args:
        database: where.
        site: the spider's name.
        verdict: what is wrong.
        run: id of the run that showed it.
        now: aware instant.
        channels: that are to tell it.

    Returns:
        The alarm when this call raised it, None when it was raised before.
    """
    key = {"site": site, "check": verdict.check, "open": True}
    told = {"message": verdict.message, "evidence": verdict.evidence, "last_seen": now}
    begin = {
        "since": now,
        "ended_at": None,
        "usual": verdict.usual,
        "run": run,
        "messages": _messages("raised", channels, now),
    }
    try:
        result = database["alarms"].update_one(key, {"$set": told, "$setOnInsert": begin}, upsert=True)
    except DuplicateKeyError:  # another process raised it between the look and the write
        return None
    if result.upserted_id is None:
        return None
    return database["alarms"].find_one({"_id": result.upserted_id})


def end_alarm(
    database: Database[Document], site: str, check: str, *, by: str, now: datetime, channels: Iterable[str]
) -> Document | None:
    """End an alarm; answers it when this call did, None when it was over.

    Args:
        database: where.
        site: the spider's name.
        check: the alarm's.
        by: id of the run that was well again, or ACCEPTED.
        now: aware instant.
        channels: that are to tell it.
    """
    change: Document = {
        "$set": {"open": False, "ended_at": now, "ended_by": by},
        "$push": {"messages": {"$each": _messages("over", channels, now)}},
    }
    return database["alarms"].find_one_and_update(
        {"site": site, "check": check, "open": True}, change, return_document=True
    )


def accepted_at(database: Database[Document], site: str) -> dict[str, datetime]:
    """For each check whose finding was accepted as the new usual, when it was last: runs before do not count for it."""
    rows = database["alarms"].find({"site": site, "ended_by": ACCEPTED}).sort("ended_at", DESCENDING)
    latest: dict[str, datetime] = {}
    for row in rows:
        latest.setdefault(row["check"], row["ended_at"])
    return latest


def _messages(event: str, channels: Iterable[str], now: datetime) -> list[Document]:
    """What is to be told of an event, a channel each."""
    return [
        {"event": event, "channel": channel, "due_at": now, "attempts": 0, "told_at": None, "error": None}
        for channel in channels
    ]
