"""A story as its copies, in the order in which they were published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bson.binary import Binary
from pymongo.database import Database

from crawler.items import Article
from crawler.similarity import compare, read
from crawler.store.documents import to_article

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Copy:
    """One printing of a story, beside the first."""

    document: Document
    """As stored, without what only search needs."""
    kept: float
    """Share of the first one's text that it has, in shingles of three folded words."""
    own: float
    """Share of its text that the first has not."""

    @property
    def article(self) -> Article:
        """The record, its dates in the offset that the page gave."""
        return to_article(self.document)

    @property
    def is_word_for_word(self) -> bool:
        """Whether it has the same words in the same order, whatever their spelling."""
        return self.kept == 1 and self.own == 0


def copies(database: Database[Document], document: Document) -> list[Copy]:
    """An article and its copies, the first that was published at the head; itself alone where there are none.

    Args:
        database: the collection's database.
        document: the article's, as stored.
    """
    printings = [document]
    if story := document.get("story"):
        printings = list(database["articles"].find({"story": Binary(story)}, {"terms": 0}))
    printings.sort(key=lambda one: (one.get("published_at") or one["first_seen"], one["_id"]))
    return compared(printings)


def compared(printings: Sequence[Document]) -> list[Copy]:
    """Printings of a story, the first at the head, each beside it."""
    first = read(printings[0]["body"])
    found = []
    for one in printings:
        text = read(one["body"])
        common = compare(first, text).containment * min(len(first.shingles), len(text.shingles))
        sizes = max(1, len(first.shingles)), max(1, len(text.shingles))
        found.append(Copy(one, common / sizes[0], 1 - common / sizes[1]))
    return found
