"""Versions that an archive brings in after newer ones: an edit is kept whenever it comes to be known."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bson.binary import Binary
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError

from crawler.addresses import KEY_BYTES
from crawler.edits import is_new_version

Document = dict[str, Any]

_LOOKED_AT = {"title": 1, "body": 1, "fetched_at": 1, "number": 1}
_ROUNDS = 50


async def keep_older(database: AsyncDatabase[Document], article: Binary, reading: Document) -> bool:
    """Keep an older reading as a version of its own where the versions before and after it say something else.

    Its number counts down from 0: those above are taken, and the article's own tells how often it was seen to change.
    One write, with a key of what it says, so that it may be repeated, by others too. Where a version says the same, it
    was seen at one more instant.

    Args:
        database: where.
        article: `_id` of the article, which was read at a later time too.
        reading: its editorial fields, `first_seen` and `fetched_at`.

    Returns:
        False when others changed the article each time: it is to be asked again.
    """
    for _ in range(_ROUNDS):
        current = await database["articles"].find_one({"_id": article}, _LOOKED_AT)
        earlier = [row async for row in database["revisions"].find({"article": article}, _LOOKED_AT)]
        if current is None or await _settle(database, current, earlier, reading):
            return True
    return False


async def _settle(
    database: AsyncDatabase[Document], current: Document, earlier: Sequence[Document], reading: Document
) -> bool:
    """Do it, as things stand; whether they stood so to the end."""
    at: datetime = reading["first_seen"]
    revisions = database["revisions"]
    dated = sorted((row for row in earlier if row["fetched_at"]), key=lambda row: (row["fetched_at"], row["number"]))
    before = next((row for row in reversed(dated) if row["fetched_at"] <= at), None)
    after = next((row for row in dated if row["fetched_at"] > at), None)
    if after is None and not is_new_version(reading, current):
        same = {"_id": current["_id"], "number": current["number"]}
        return bool((await database["articles"].update_one(same, {"$min": {"version_seen": at}})).matched_count)
    if after is not None and not is_new_version(reading, after):
        return bool((await revisions.update_one({"_id": after["_id"]}, {"$min": {"first_seen": at}})).matched_count)
    if before is not None and not is_new_version(before, reading):
        return bool((await revisions.update_one({"_id": before["_id"]}, {"$max": {"fetched_at": at}})).matched_count)
    said = "\0".join((reading["title"], reading["body"])).encode()
    key = Binary(hashlib.sha256(bytes(current["_id"]) + said).digest()[:KEY_BYTES])
    number = min([1, *(row["number"] for row in earlier)]) - 1
    try:
        await revisions.insert_one({"_id": key, "article": current["_id"], "number": number} | reading)
    except DuplicateKeyError:
        # Another process kept it, or took the number. What came back to an earlier wording has its place already.
        return any(row["_id"] == key for row in earlier)
    return True
