"""Tells what alarms have to tell: each message once by each channel, again later where a channel failed.

A message is taken with a lease, told, and then marked: two processes do not tell the same, and one that is killed
in between leaves it to the next, which may then tell it a second time.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo.database import Database

from crawler.watch.channels import Channel, NotToldError, Telling

Document = dict[str, Any]

logger = logging.getLogger(__name__)

_LEASE = timedelta(minutes=3)
_AGAIN = tuple(map(timedelta, (0,) * 6, (60, 300, 1800, 7200, 21600, 43200)))
"""After each failure; then every twelve hours."""
GIVEN_UP = 14
"""Attempts, about five days."""
_MOST = 100
"""Messages that are told at once: a database of troubles must not hold up a crawl's end for ever."""


def tell(
    database: Database[Document], channels: Mapping[str, Channel], *, now: datetime | None = None
) -> tuple[int, int]:
    """Tell what is due by these channels.

    Returns:
        How many messages were told, and how many failed; these are told again later.
    """
    told = failed = 0
    broken: set[str] = set()
    for _ in range(_MOST):
        moment = now or datetime.now(UTC)
        able = [name for name in channels if name not in broken]
        if not able or (taken := _take(database, able, moment)) is None:
            break
        alarm, place = taken
        message = alarm["messages"][place]
        try:
            channels[message["channel"]](_words(alarm, message["event"]))
        except NotToldError as error:
            failed += 1
            broken.add(message["channel"])  # once is enough for now
            _again(database, alarm, place, str(error), moment)
            logger.error("an alarm could not be told by %s: %s", message["channel"], error)  # noqa: TRY400 - no bug of ours
        else:
            told += 1
            change = {f"messages.{place}.told_at": datetime.now(UTC), f"messages.{place}.error": None}
            database["alarms"].update_one({"_id": alarm["_id"]}, {"$set": change})
    return told, failed


def _take(database: Database[Document], able: list[str], now: datetime) -> tuple[Document, int] | None:
    """A message that is due, and its place in its alarm; nobody else has it for some minutes."""
    due = {"channel": {"$in": able}, "told_at": None, "due_at": {"$lte": now}, "attempts": {"$lt": GIVEN_UP}}
    while alarm := database["alarms"].find_one({"messages": {"$elemMatch": due}}, sort=[("since", 1)]):
        for place, message in enumerate(alarm["messages"]):
            if (
                message["channel"] not in able
                or message["told_at"]
                or message["due_at"] > now
                or message["attempts"] >= GIVEN_UP
            ):
                continue
            guard = {
                "_id": alarm["_id"],
                f"messages.{place}.due_at": message["due_at"],
                f"messages.{place}.told_at": None,
            }
            change = {"$set": {f"messages.{place}.due_at": now + _LEASE}, "$inc": {f"messages.{place}.attempts": 1}}
            if database["alarms"].update_one(guard, change).modified_count:
                alarm["messages"][place]["attempts"] += 1
                return alarm, place
    return None


def _again(database: Database[Document], alarm: Document, place: int, error: str, now: datetime) -> None:
    attempts = alarm["messages"][place]["attempts"]
    wait = _AGAIN[min(attempts, len(_AGAIN)) - 1]
    change = {f"messages.{place}.due_at": now + wait, f"messages.{place}.error": error[:300]}
    database["alarms"].update_one({"_id": alarm["_id"]}, {"$set": change})


def untold(database: Database[Document]) -> list[Document]:
    """Messages that a channel failed to tell: channel, attempts, error, site and check."""
    rows = database["alarms"].find({"messages": {"$elemMatch": {"told_at": None, "error": {"$ne": None}}}})
    return [
        {
            "site": row["site"],
            "check": row["check"],
            **{name: message[name] for name in ("channel", "attempts", "error")},
        }
        for row in rows
        for message in row["messages"]
        if message["told_at"] is None and message["error"]
    ]


def words(alarm: Document, event: str) -> str:
    """An alarm's event in a line."""
    if event == "raised":
        return f"{alarm['site']}: {alarm['message']}"
    lasted = _lasted(alarm["ended_at"] - alarm["since"])
    end = "accepted as usual from now on" if alarm.get("ended_by") == "accepted" else "over"
    return f"{alarm['site']}: {alarm['check']} is {end}, after {lasted} ({alarm['message']})"


def _words(alarm: Document, event: str) -> Telling:
    """What a channel tells: the line, and for people the pages that show it and what to type."""
    line = words(alarm, event)
    lines = [("ALARM " if event == "raised" else "OVER ") + line, f"check: {alarm['check']}"]
    lines.append(f"since: {alarm['since']:%Y-%m-%d %H:%M} UTC, run {alarm['run']}: scrapy crawls {alarm['run']}")
    if event == "raised":
        lines += alarm["evidence"].get("help", ())
    record = {name: value for name, value in alarm.items() if name not in {"_id", "messages"}}
    return Telling(f"[naba] {line}"[:200], "\n".join(lines), {"event": event} | record)


def _lasted(time: timedelta) -> str:
    hours = time / timedelta(hours=1)
    if hours < 2:
        return f"{hours * 60:.0f} minutes"
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
