"""What is stored of a reading: its article by address, or by its text within the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bson.binary import Binary
from pymongo.asynchronous.collection import AsyncCollection

from crawler.arabic.letters import words
from crawler.edits import EDITORIAL
from crawler.identity import Identity, identify
from crawler.items import Article
from crawler.store.readings import COUNTER_FIELDS

Document = dict[str, Any]

_KNOWN = dict.fromkeys(
    (
        *(*EDITORIAL, *COUNTER_FIELDS, "url", "canonical_url", "site", "text_hash", "number", "aliases"),
        *("fetched_at", "first_seen", "version_seen"),
    ),
    1,
)


@dataclass(frozen=True, slots=True)
class Match:
    """What is stored of a reading."""

    identity: Identity
    stored: Document | None
    """The article's document (without terms), or None for a new one."""
    by_text: bool = False
    """Found by its text under another address: the reading's address becomes an alias."""


async def match(articles: AsyncCollection[Document], readings: Sequence[Article]) -> list[Match]:
    """Find what is stored of each reading, in one query.

    The address that the page calls canonical is believed unless an article with another headline is stored there: some
    systems name the same address on every page.
    """
    identities = [identify(reading) for reading in readings]
    keys = {Binary(key) for identity in identities for key in (identity.key, identity.alternative)}
    texts = [
        {"site": reading.site, "text_hash": Binary(identity.text_hash)}
        for reading, identity in zip(readings, identities, strict=True)
    ]
    by_key: dict[bytes, Document] = {}
    by_text: dict[tuple[str | None, bytes], Document] = {}
    query = {"$or": [{"_id": {"$in": list(keys)}}, {"aliases.key": {"$in": list(keys)}}, *texts]}
    async for stored in articles.find(query, _KNOWN):
        by_key[bytes(stored["_id"])] = stored
        by_key |= {bytes(alias["key"]): stored for alias in stored["aliases"]}
        by_text[stored["site"], bytes(stored["text_hash"])] = stored
    return [
        _choose(reading, identity, by_key, by_text.get((reading.site, identity.text_hash)))
        for reading, identity in zip(readings, identities, strict=True)
    ]


def _choose(reading: Article, identity: Identity, by_key: dict[bytes, Document], same_text: Document | None) -> Match:
    at_canonical, at_own = by_key.get(identity.key), by_key.get(identity.alternative)
    if (
        at_canonical is not None
        and identity.key != identity.alternative
        and _differ(at_canonical["title"], reading.title)
    ):
        identity = Identity(identity.alternative, identity.alternative, identity.text_hash)
        at_canonical = None
    stored = at_own or at_canonical
    if stored is not None:
        return Match(identity, stored)
    return Match(identity, same_text, by_text=same_text is not None)


def _differ(one: str, other: str) -> bool:
    return one != other and words(one) != words(other)
