"""Counting the collection: articles, words, reads, copies and how well fields are filled, in one pass of MongoDB."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from pymongo.database import Database

from crawler.errors import UserError
from crawler.items import Article
from crawler.store.filters import Filters
from crawler.store.times import FORMATS, TIMES, Time

Document = dict[str, Any]
Name = Literal["site", "country", "section", "author", "agency"]
By = Time | Name
"""Times are of publication, in the site's zone."""
BY: tuple[By, ...] = (*TIMES, *get_args(Name))

FIELDS = Article.field_names()
_LISTS = {"authors", "tags"}
_FIELD_OF: dict[By, str] = {"author": "authors"}
_COUNTED = ("articles", "words", "reads", "counted", "copies")


@dataclass(frozen=True, slots=True)
class Group:
    """What is counted of some articles."""

    key: str | None
    """What they have in common; None: that they have none of it, or, of all articles, nothing."""
    articles: int = 0
    words: int = 0
    """Of their bodies."""
    reads: int = 0
    """Sum of their newest read counts."""
    counted: int = 0
    """Articles that have a read count."""
    copies: int = 0
    """Articles that copy an earlier one of their story."""
    filled: dict[str, int] = field(default_factory=dict)
    """Articles that have each of `FIELDS`."""
    earliest: date | None = None
    """Day of the first publication in its site's zone."""
    latest: date | None = None

    def row(self) -> dict[str, int]:
        """The numbers by name."""
        numbers = {name: getattr(self, name) for name in _COUNTED}
        return numbers | {f"filled_{name}": self.filled.get(name, 0) for name in FIELDS}


@dataclass(frozen=True, slots=True)
class Statistics:
    """The articles that match, counted."""

    total: Group
    by: By | None = None
    groups: Sequence[Group] = ()
    """Times in their order, then the articles without one; else the largest first. An article of two authors is counted
    for each."""


def count_statistics(database: Database[Document], filters: Filters | None = None, by: By | None = None) -> Statistics:
    """Count the articles that match; see `Statistics`.

    Args:
        database: the collection's database.
        filters: which articles; None: all. With `unique`, the earliest of each story.
        by: what they are grouped by; None: not at all.

    Raises:
        UserError: when the question cannot be read, and for something else to group by.
    """
    if by is not None and by not in BY:
        raise UserError(f"nothing is counted by {by!r}: there are {', '.join(BY)}")
    filters = filters or Filters()
    groups = _aggregate(database, filters, by)
    # An article may be in several of these groups: their sums are not the total.
    total = _sum(_aggregate(database, filters, None) if by in _FIELD_OF else groups)
    if by is None:
        return Statistics(total)
    is_time = by in TIMES

    def place(group: Group) -> tuple[int, bool, str]:
        return 0 if is_time else -group.articles, group.key is None, group.key or ""

    return Statistics(total, by, sorted(groups, key=place))


def _aggregate(database: Database[Document], filters: Filters, by: By | None) -> list[Group]:
    stages: list[Document] = [{"$match": filters.query()}]
    if filters.unique:
        stages += _FIRST_OF_STORY
    if by in _FIELD_OF:
        stages.append({"$unwind": {"path": f"${_FIELD_OF[by]}", "preserveNullAndEmptyArrays": True}})
    stages.append({"$group": _group(by)})
    rows = database["articles"].aggregate(stages, allowDiskUse=True)
    return [
        Group(
            key=row["_id"] or None,
            **{name: int(row[name]) for name in _COUNTED},
            filled={name: row[f"filled_{name}"] for name in FIELDS},
            earliest=row["earliest"].date() if row["earliest"] else None,
            latest=row["latest"].date() if row["latest"] else None,
        )
        for row in rows
    ]


_LOCAL: Document = {"$add": ["$published_at", {"$multiply": [{"$ifNull": ["$published_utc_offset", 0]}, 60_000]}]}

# Documents of before have no count of words. White space between paragraphs is a line end too.
_SPLIT = {"$split": [{"$replaceAll": {"input": "$body", "find": "\n\n", "replacement": " "}}, " "]}
_WORDS = {"$ifNull": ["$words", {"$size": {"$ifNull": [_SPLIT, []]}}]}

_IS_UNDATED = {"$eq": [{"$ifNull": ["$published_at", None]}, None]}
_FIRST_OF_STORY: list[Document] = [
    # One value to sort by: the window's function takes no more.
    {
        "$set": {
            "rank": {"undated": _IS_UNDATED, "at": "$published_at", "id": "$_id"},
            "of": {"$ifNull": ["$story", "$_id"]},
        }
    },
    {"$unset": ["terms", "title_terms", "author_terms"]},
    {
        "$setWindowFields": {
            "partitionBy": "$of",
            "sortBy": {"rank": 1},
            "output": {"place": {"$documentNumber": {}}},
        }
    },
    {"$match": {"place": 1}},
]


def _group(by: By | None) -> Document:
    def when(condition: Any) -> Document:
        return {"$sum": {"$cond": [condition, 1, 0]}}

    key: Any = None
    if by in FORMATS:
        key = {"$dateToString": {"format": FORMATS[by], "date": _LOCAL}}
    elif by is not None:
        key = f"${_FIELD_OF.get(by, by)}"
    lists = _LISTS - ({_FIELD_OF[by]} if by in _FIELD_OF else set())  # that one is unwound
    filled = {
        f"filled_{name}": when(
            {"$gt": [{"$size": {"$ifNull": [f"${name}", []]}}, 0]} if name in lists else {"$gt": [f"${name}", None]}
        )
        for name in FIELDS
    }
    return {
        "_id": key,
        "articles": {"$sum": 1},
        "words": {"$sum": _WORDS},
        "reads": {"$sum": "$read_count"},
        "counted": when({"$gt": ["$read_count", None]}),
        "copies": when({"$gt": ["$duplicate_of", None]}),
        "earliest": {"$min": _LOCAL},
        "latest": {"$max": _LOCAL},
        **filled,
    }


def _sum(groups: Sequence[Group]) -> Group:
    filled: Counter[str] = Counter(dict.fromkeys(FIELDS, 0))
    for group in groups:
        filled.update(group.filled)
    return Group(
        key=None,
        **{name: sum(getattr(group, name) for group in groups) for name in _COUNTED},
        filled=dict(filled),
        earliest=min((group.earliest for group in groups if group.earliest), default=None),
        latest=max((group.latest for group in groups if group.latest), default=None),
    )
