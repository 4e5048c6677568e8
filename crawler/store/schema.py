"""Collections, indexes and validators, created by code at the start of whatever writes. Idempotent."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import CollectionInvalid, OperationFailure

from crawler.errors import UserError
from crawler.store.connection import Connection, brief

Document = dict[str, Any]

_TEXT: Document = {"bsonType": ["string", "null"]}
_TEXTS: Document = {"bsonType": "array", "items": {"bsonType": "string"}}
_INSTANT: Document = {"bsonType": ["date", "null"]}
_COUNT: Document = {"bsonType": ["int", "long", "null"], "minimum": 0}
_OFFSET: Document = {"bsonType": ["int", "null"], "minimum": -1440, "maximum": 1440}
_KEY: Document = {"bsonType": "binData"}
_PLACE: Document = {"bsonType": ["object", "null"], "required": ["file", "offset"]}

ARTICLES: Document = {
    "bsonType": "object",
    "required": ["_id", "url", "title", "body", "text_hash", "number", "first_seen", "last_seen", "aliases"],
    "properties": {
        "_id": _KEY,
        "url": {"bsonType": "string"},
        "title": {"bsonType": "string", "minLength": 1},
        "body": {"bsonType": "string", "minLength": 1, "maxLength": 2_000_000},
        **dict.fromkeys(
            ["canonical_url", "site", "country", "language", "kicker", "summary", "published_raw", "author_initials"],
            _TEXT,
        ),
        **dict.fromkeys(["byline", "agency", "section", "image_url", "extractor", "crawl"], _TEXT),
        **dict.fromkeys(["authors", "tags", "terms", "title_terms", "author_terms"], _TEXTS),
        **dict.fromkeys(["published_at", "modified_at", "fetched_at", "first_seen", "last_seen", "gone_at"], _INSTANT),
        **dict.fromkeys(["version_seen", "missed_at"], _INSTANT),
        **dict.fromkeys(["published_utc_offset", "modified_utc_offset"], _OFFSET),
        # The newest reading of the counter, and the one before it: crawler/store/readings.py.
        "read_count": _COUNT,
        "counted_at": _INSTANT,
        "counted_before": {
            "bsonType": "object",
            "required": ["at", "count"],
            "properties": {"at": {"bsonType": "date"}, "count": _COUNT},
        },
        "read_growth": {"bsonType": ["double", "null"]},
        "words": _COUNT,
        "terms_v": _COUNT,
        # Records of the WARC archive: the page, and the feed that gave its text.
        **dict.fromkeys(["archived", "fed_from"], _PLACE),
        # Why this version of the extraction made nothing of the archived page: crawler/store/reextracted.py.
        "unread": {"bsonType": "object", "required": ["extractor", "reason", "at"]},
        "text_hash": _KEY,
        # What ties copies together; absent where there are none. `unlinked` marks what is not looked for yet.
        "story": _KEY,
        "duplicate_of": {"bsonType": ["binData", "null"]},
        "unlinked": {"bsonType": "objectId"},
        "number": {"bsonType": "int", "minimum": 1},
        "aliases": {
            "bsonType": "array",
            "items": {"bsonType": "object", "required": ["key", "url"], "properties": {"key": _KEY}},
        },
    },
}

REVISIONS: Document = {
    "bsonType": "object",
    "required": ["article", "number", "title", "body"],
    # Versions that an archive adds later count down from 0.
    "properties": {"article": _KEY, "number": {"bsonType": "int"}, "first_seen": _INSTANT, "fetched_at": _INSTANT},
}

READ_COUNTS: Document = {
    "bsonType": "object",
    "required": ["article", "at", "alias", "count"],
    "properties": {
        "article": _KEY,
        "at": {"bsonType": "date"},
        "alias": {"bsonType": ["binData", "null"]},
        "count": {"bsonType": ["int", "long"], "minimum": 0},
    },
}

CRAWLS: Document = {"bsonType": "object", "required": ["_id", "site", "started_at", "counts"]}

ADDRESSES: Document = {
    "bsonType": "object",
    "required": ["_id", "site", "url", "state"],
    "properties": {
        "_id": _KEY,
        "state": {"enum": ["new", "reread", "refused", "alias"]},
        **dict.fromkeys(["published_at", "modified_at", "found_at", "due_at", "lease_until"], _INSTANT),
        "attempts": _COUNT,
    },
}

SIGNATURES: Document = {
    "bsonType": "object",
    "required": ["_id", "at", "stamp", "version", "sketch", "keys"],
    "properties": {
        "_id": _KEY,
        "at": {"bsonType": "date"},
        "keys": {"bsonType": "array", "maxItems": 128, "items": {"bsonType": ["int", "long"]}},
        "links": {"bsonType": "array", "items": _KEY},
    },
}

LISTINGS: Document = {"bsonType": "object", "required": ["site", "address"]}

LEASES: Document = {
    "bsonType": "object",
    "required": ["_id", "holder", "until"],
    "properties": {"holder": {"bsonType": "string"}, "until": {"bsonType": "date"}},
}

JOBS: Document = {
    "bsonType": "object",
    "required": ["_id", "command", "lease", "state", "queued_at"],
    "properties": {
        "command": _TEXTS,
        "lease": {"bsonType": "string"},
        "state": {"enum": ["queued", "running", "done", "failed"]},
        "attempts": _COUNT,
        **dict.fromkeys(["due", "queued_at", "sent_at", "started_at", "ended_at"], _INSTANT),
    },
}

SCHEDULE: Document = {"bsonType": "object", "required": ["_id", "after"], "properties": {"after": {"bsonType": "date"}}}

_JOBS_KEPT = 30 * 86400
"""Seconds for which a job that ended can be looked up; its run in `crawls` stays."""
IMPORTS: Document = {"bsonType": "object", "required": ["_id", "file", "offset"]}


ALARMS: Document = {
    "bsonType": "object",
    "required": ["site", "check", "open", "since", "messages"],
    "properties": {"open": {"bsonType": "bool"}, "messages": {"bsonType": "array"}, "since": {"bsonType": "date"}},
}

VALIDATORS = {
    "articles": ARTICLES,
    "revisions": REVISIONS,
    "read_counts": READ_COUNTS,
    "addresses": ADDRESSES,
    "listings": LISTINGS,
    "signatures": SIGNATURES,
    "crawls": CRAWLS,
    "leases": LEASES,
    "jobs": JOBS,
    "schedule": SCHEDULE,
    "imports": IMPORTS,
    "alarms": ALARMS,
}

INDEXES = {
    "articles": [
        # One text once a site: what makes a second address an alias, whoever else writes at the same moment.
        IndexModel([("site", ASCENDING), ("text_hash", ASCENDING)], name="site_text", unique=True),
        IndexModel(
            [("aliases.key", ASCENDING)],
            name="aliases",
            unique=True,
            partialFilterExpression={"aliases.key": {"$exists": True}},
        ),
        IndexModel([("site", ASCENDING), ("published_at", DESCENDING)], name="site_published"),
        IndexModel([("published_at", DESCENDING)], name="published"),
        # What an earlier extraction read: few values, so a few bytes an article.
        IndexModel([("extractor", ASCENDING)], name="extractor"),
        # A word's articles, newest first: the first page is read off the index, however common the word.
        IndexModel([("terms", ASCENDING), ("published_at", DESCENDING)], name="terms_published"),
        IndexModel([("title_terms", ASCENDING), ("published_at", DESCENDING)], name="title_terms_published"),
        IndexModel([("author_terms", ASCENDING)], name="author_terms"),
        # The most read and the fastest growing of a time and a site are told without a look at any other article.
        *(
            IndexModel(
                [(field, DESCENDING), ("published_at", DESCENDING), ("site", ASCENDING)],
                name=name,
                partialFilterExpression={field: {"$type": "number"}},
            )
            for name, field in (("reads", "read_count"), ("growth", "read_growth"))
        ),
        # Finds in no time whether an earlier version stored any article's terms.
        IndexModel([("terms_v", ASCENDING)], name="terms_v"),
        IndexModel([("story", ASCENDING)], name="story", partialFilterExpression={"story": {"$exists": True}}),
        # Few: what its site has taken down.
        IndexModel([("gone_at", ASCENDING)], name="gone", partialFilterExpression={"gone_at": {"$type": "date"}}),
        # Few at any time: what a run stored and did not come to tie.
        IndexModel([("unlinked", ASCENDING)], name="unlinked", partialFilterExpression={"unlinked": {"$exists": True}}),
    ],
    "revisions": [IndexModel([("article", ASCENDING), ("number", ASCENDING)], name="article_number", unique=True)],
    # One instant is one reading, however often it is written.
    "read_counts": [
        IndexModel([("article", ASCENDING), ("at", ASCENDING), ("alias", ASCENDING)], name="reading", unique=True)
    ],
    "addresses": [
        IndexModel([("site", ASCENDING), ("due_at", ASCENDING)], name="site_due"),
        # Leases only: few at any time.
        IndexModel(
            [("site", ASCENDING), ("holder", ASCENDING)],
            name="site_holder",
            partialFilterExpression={"holder": {"$exists": True}},
        ),
    ],
    "listings": [IndexModel([("site", ASCENDING), ("address", ASCENDING)], name="site_address", unique=True)],
    "crawls": [
        IndexModel([("site", ASCENDING), ("started_at", DESCENDING)], name="site_started"),
        IndexModel([("started_at", DESCENDING)], name="started"),
        IndexModel([("ended_at", ASCENDING)], name="ended"),
        IndexModel([("died_found_at", ASCENDING)], name="died", sparse=True),
    ],
    "jobs": [
        IndexModel([("state", ASCENDING), ("queued_at", ASCENDING)], name="state_queued"),
        IndexModel([("part_of", ASCENDING), ("state", ASCENDING)], name="part_state"),
        IndexModel([("ended_at", DESCENDING)], name="ended", expireAfterSeconds=_JOBS_KEPT),
    ],
    "signatures": [IndexModel([("keys", ASCENDING)], name="keys")],
}

OBSOLETE = {"articles": ["terms"], "crawls": ["open"]}
"""Indexes of earlier versions, by name: dropped, for every write would pay for them."""

INDEXES["alarms"] = [
    # One open alarm of a kind, whoever raises it.
    IndexModel(
        [("site", ASCENDING), ("check", ASCENDING)],
        name="open",
        unique=True,
        partialFilterExpression={"open": True},
    ),
    IndexModel([("messages.told_at", ASCENDING)], name="untold"),
]

_ALREADY_EXISTS = 48


async def prepare(database: AsyncDatabase[Document]) -> None:
    """Create what is missing and bring validators up to date; safe to run from many processes at once.

    Raises:
        UserError: when the user of MONGODB_URI may not create collections or indexes.
    """
    try:
        existing = set(await database.list_collection_names())
        for name, schema in VALIDATORS.items():
            validator = {"$jsonSchema": schema}
            if name not in existing:
                try:
                    await database.create_collection(name, validator=validator)
                    continue
                except (CollectionInvalid, OperationFailure) as error:
                    if isinstance(error, OperationFailure) and error.code != _ALREADY_EXISTS:
                        raise
            await database.command("collMod", name, validator=validator)
        for name, indexes in INDEXES.items():
            await database[name].create_indexes(indexes)
        for name, obsolete in OBSOLETE.items():
            for index in (await database[name].index_information()).keys() & set(obsolete):
                await database[name].drop_index(index)
    except OperationFailure as error:
        raise UserError(
            f"the database {database.name!r} cannot be prepared: {brief(error)}; "
            "its user needs the readWrite and dbAdmin roles"
        ) from error


def prepare_before(connection: Connection) -> None:
    """The same before a crawl: what is wrong is told then, and not by each of its components.

    Raises:
        UserError: as `prepare`.
    """

    async def work() -> None:
        database = connection.async_database()
        try:
            await prepare(database)
        finally:
            await database.client.close()

    # A thread of its own: the crawl's event loop is this one's, and not running yet.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work()).result()
