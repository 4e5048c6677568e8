"""What an earlier version stored for search, brought up to date."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from pymongo import UpdateOne
from pymongo.database import Database

from crawler.store.documents import SEARCHED_VERSION, searched, to_article

Document = dict[str, Any]

STALE: Document = {"terms_v": {"$ne": SEARCHED_VERSION}}
"""Articles whose terms another version made: words do not find them surely."""


def count_stale(database: Database[Document], **options: Any) -> int:
    """How many articles another version stored; read off an index."""
    return database["articles"].count_documents(STALE, **options)


def renew_searched(database: Database[Document], batch: int = 200) -> Iterator[int]:
    """Make the search fields of stale articles anew; yields how many after each batch.

    Safe beside crawls and other renewals: an article that somebody wrote meanwhile is theirs.
    """
    articles = database["articles"]
    with articles.find(STALE, {"terms": 0}, batch_size=batch).sort("_id", 1).allow_disk_use(True) as cursor:
        while documents := list(islice(cursor, batch)):
            changes = [
                UpdateOne({"_id": one["_id"], "number": one["number"]} | STALE, {"$set": searched(to_article(one))})
                for one in documents
            ]
            yield articles.bulk_write(changes, ordered=False).modified_count
