"""The one article that somebody names: by an address in any spelling, or by its id."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bson.binary import Binary
from pymongo.database import Database

from crawler.addresses import KEY_BYTES, address_key
from crawler.arabic.letters import clean
from crawler.errors import UserError

Document = dict[str, Any]

_ID = re.compile(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}")
# A host as people write it: a name with a dot, in any script, perhaps a port, then a path or nothing.
_WITHOUT_SCHEME = re.compile(r"(?:[\w-]+\.)+[^\W\d]\w+(?::\d+)?(?:[/?].*)?")
# What a terminal, a sheet or a sentence leaves around an address.
_AROUND = " \t\n<>\"'«»“”،؛"


def find_article(database: Database[Document], text: str) -> Document:
    """The stored article that a user names.

    Args:
        database: the collection's database.
        text: its address or one of its aliases, in any spelling (percent-encoded or not, http or https, with or without
            `www`, a mobile or AMP edition, tracking parameters, no scheme), or its `_id` in hexadecimal.

    Raises:
        UserError: when none is stored there; it says what is known of the address.
    """
    # Invisible marks come along when an address is copied out of a line that runs right to left.
    named = clean(text).strip(_AROUND)
    if _ID.fullmatch(named):
        found = database["articles"].find_one({"_id": Binary(bytes.fromhex(named))})
        if found is None:
            raise UserError(f"no article has the id {named}: `scrapy search` shows what is stored")
        return found
    address = _with_scheme(named)
    if address is None:
        raise UserError(
            f"{text.strip()!r} is neither an address nor an article's id: write https://..., "
            "or find the article by words: `scrapy search`"
        )
    key = Binary(address_key(address))
    found = database["articles"].find_one({"$or": [{"_id": key}, {"aliases.key": key}]})
    if found is None:
        waiting = database["addresses"].find_one({"_id": key})
        if waiting is not None and waiting["state"] == "alias":
            found = database["articles"].find_one({"_id": waiting["article"]})
        if found is None:
            raise UserError(f"no article is stored under {address}: {_why_not(waiting)}")
    return found


def _with_scheme(text: str) -> str | None:
    """The text as an absolute address; None when it is none."""
    try:
        parts = urlsplit(text)
        if parts.scheme.lower() in {"http", "https"}:
            return text if parts.hostname else None
        if text.startswith("//") and parts.hostname:
            return f"https:{text}"
    except ValueError:
        return None
    return f"https://{text}" if _WITHOUT_SCHEME.fullmatch(text) else None


def _why_not(waiting: Document | None) -> str:
    """What the crawl's queue knows of an address without an article."""
    if waiting is None or waiting["state"] == "alias":
        return "`scrapy search` shows what is stored"
    if waiting["state"] == "refused":
        refused_at: datetime | None = waiting.get("refused_at")
        when = f" on {refused_at:%Y-%m-%d}" if refused_at else ""
        return f"it was read{when} and gave none ({waiting.get('error') or 'no reason noted'})"
    if error := waiting.get("error"):
        return f"it was found and could not be read yet ({error}); `scrapy crawl {waiting['site']}` tries again"
    return f"it was found and waits to be read: `scrapy crawl {waiting['site']}`"
