"""The collection from Python: what the commands and the reading room stand on.

from crawler.store import Collection, Filters

with Collection.open() as collection:
    page = collection.search(Filters(text="وزير التعليم", sites=("elmassa",)), sort="relevance")
    for found in page:
        print(found.article.published_at, found.title.text)
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

import pymongo
from pymongo.database import Database
from pymongo.errors import PyMongoError

from crawler.errors import UserError
from crawler.items import Article
from crawler.store import tables
from crawler.store.connection import Connection, brief, open_database
from crawler.store.documents import to_article
from crawler.store.filters import Filters
from crawler.store.finding import find_article
from crawler.store.orders import PLACING, RANKED, SORTS, Order, Sort, read_token, title_order
from crawler.store.paging import HIDDEN, Pages
from crawler.store.renewal import count_stale
from crawler.store.snippets import Marked, mark, snippet
from crawler.store.statistics import By, Statistics, count_statistics

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    from scrapy.settings import BaseSettings

    from crawler.store.copies import Copy

Document = dict[str, Any]

_RANKING_COUNT = 20_000
"""Articles up to which a term is counted for ranking: beyond, it is common."""


@dataclass(frozen=True, slots=True)
class Found:
    """One article of a page of results."""

    document: Document
    """As stored, without what only the server needs; `_id`, `gone_at`, `number`, `story` are there."""
    title: Marked
    snippet: Marked
    """The place of the summary or body that holds most of what was asked for; their beginning where nothing was."""

    @property
    def article(self) -> Article:
        """The record, its dates in the offset that the page gave."""
        return to_article(self.document)


@dataclass(frozen=True, slots=True)
class Page:
    """Some results, in order."""

    found: Sequence[Found]
    next: str | None = None
    """What the page after is asked for with; None: there is none."""

    def __iter__(self) -> Iterator[Found]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


class Collection:
    """The stored articles, to be asked; nothing here writes.

    Args:
        database: where they are; its datetimes aware.
        max_time: seconds that one question may take; None: as long as it takes.
    """

    def __init__(self, database: Database[Document], *, max_time: float | None = None) -> None:
        self.database = database
        self.articles = database["articles"]
        self.max_time = max_time
        self._connection: Connection | None = None

    @classmethod
    def open(
        cls,
        uri: str | None = None,
        database: str | None = None,
        *,
        settings: "BaseSettings | None" = None,
        max_time: float | None = None,
    ) -> Self:
        """Open the collection; close it, or use it in a `with`.

        Args:
            uri: of a MongoDB; None: MONGODB_URI, or else the local server, which is started when it is not running.
            database: its database; None: MONGODB_DATABASE, or the one that the address names.
            settings: of the run; None: Naba's, with what the environment says.
            max_time: as above.

        Raises:
            UserError: when it cannot be reached or used.
        """
        from scrapy.settings import Settings

        chosen = Settings(dict(settings) if settings is not None else None)
        if settings is None:
            chosen.setmodule("crawler.settings", priority="project")  # wherever the program runs
        given = {"MONGODB_URI": uri, "MONGODB_DATABASE": database}
        chosen.setdict({name: value for name, value in given.items() if value is not None}, priority="cmdline")
        connection = open_database(chosen)
        collection = cls(connection.database(), max_time=max_time)
        collection._connection = connection
        return collection

    def close(self) -> None:
        """Let the server go; a local one ends when nothing uses it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def get(self, address: str) -> Article:
        """The article of an address in any spelling, of an alias, or of an id.

        Raises:
            UserError: when none is stored there; it says what is known of the address.
        """
        return to_article(find_article(self.database, address))

    def copies(self, address: str) -> "list[Copy]":
        """An article and its copies in order of publication; itself alone where there are none.

        Raises:
            UserError: as `get`.
        """
        from crawler.store.copies import copies

        return copies(self.database, find_article(self.database, address))

    def search(
        self, filters: Filters | None = None, *, sort: Sort = "newest", limit: int = 20, after: str | None = None
    ) -> Page:
        """One page of the articles that match.

        Pages go on from the last article, not from a count: what is stored meanwhile neither repeats nor hides any.

        Args:
            filters: which articles; None: all.
            sort: articles without the field that it sorts by come last, the newest first. `relevance`: by the words
                that the headline has, a rare one before a common one, then the newest; without words, `newest`.
            limit: at most so many, 1 or more.
            after: the page before's `next`.

        Raises:
            UserError: for a question that cannot be read, an order that there is not, a limit below 1, a token of
                another question, or one that takes too long.
        """
        if sort not in SORTS:
            raise UserError(f"no order is called {sort!r}: there are {', '.join(SORTS)}")
        if limit < 1:
            raise UserError(f"limit={limit}: ask for at least 1")
        filters = filters or Filters()
        query, terms = filters.query(), filters.question.terms()
        asked = repr((query | {"published_at": None}, filters.unique))
        with _told(self.max_time):
            if after is not None:
                order, place = read_token(after, asked, sort)
            else:
                order, place = self._order(sort, terms), None
            pages = Pages(self.articles, query, order.streams())
            found = pages.after(place, limit + 1, unique=filters.unique)
        more = order.token(asked, found[limit - 1][0]) if len(found) > limit else None
        return Page([_show(document, terms) for _, document in found[:limit]], more)

    def _order(self, sort: Sort, terms: Sequence[str]) -> Order:
        if sort != "relevance" or not terms:
            return Order(sort)
        counts = {term: self._count({"terms": term}, limit=_RANKING_COUNT) for term in terms}
        ranked = sorted(terms, key=lambda term: counts[term])[:RANKED]
        total = max(self.articles.estimated_document_count(), 1)
        return Order(sort, tuple(ranked), tuple(title_order([math.log(1 + total / (1 + counts[t])) for t in ranked])))

    def _count(self, query: Document, **options: Any) -> int:
        return self.articles.count_documents(query, **options)

    def count(self, filters: Filters | None = None) -> int:
        """How many articles match; with `unique`, of how many stories.

        Raises:
            UserError: as `search`.
        """
        filters = filters or Filters()
        query = filters.query()
        with _told(self.max_time):
            if not filters.unique:
                return self._count(query)
            stages: list[Document] = [
                {"$match": {"$and": [query, {"story": {"$type": "binData"}}]}},
                {"$group": {"_id": "$story"}},
                {"$count": "stories"},
            ]
            stories = next(self.articles.aggregate(stages, allowDiskUse=True), {"stories": 0})
            return self._count({"$and": [query, {"story": None}]}) + int(stories["stories"])

    def count_stale(self) -> int:
        """How many articles an earlier version stored: words do not find them before `scrapy db upgrade`."""
        with _told(self.max_time):
            return count_stale(self.database)

    def documents(
        self, filters: Filters | None = None, *, fields: Sequence[str] | None = None, batch: int = 500
    ) -> Iterator[Document]:
        """The documents that match as they are stored, streamed in no certain order.

        Args:
            filters: which articles; None: all. With `unique`, the earliest of each story.
            fields: names of what is wanted; None: all but what only search needs. `_id` is always there.
            batch: documents that the server sends at once.
        """
        filters = filters or Filters()
        query = filters.query()
        wanted = dict.fromkeys(fields, 1) if fields is not None else HIDDEN
        if filters.unique and fields is not None:
            wanted |= dict.fromkeys(PLACING, 1)
        pages = Pages(self.articles, query, Order("oldest").streams())
        with self.articles.find(query, wanted, batch_size=batch) as cursor:
            while documents := list(islice(cursor, batch)):
                for one in pages.firsts(documents) if filters.unique else documents:
                    yield one if fields is None else {name: one[name] for name in ("_id", *fields) if name in one}

    def iterate(self, filters: Filters | None = None) -> Iterator[Article]:
        """The articles that match, streamed in no certain order."""
        return map(to_article, self.documents(filters))

    def stats(self, filters: Filters | None = None, by: By | None = None) -> Statistics:
        """How many articles match, their words, reads and copies, and how many have each field.

        Args:
            filters: which articles; None: all. With `unique`, the earliest of each story.
            by: group them by a time of publication in the site's zone, or by site, country, section, author or agency.

        Raises:
            UserError: as `search`.
        """
        with _told(self.max_time):
            return count_statistics(self.database, filters, by)

    def to_arrow(self, filters: Filters | None = None, fields: Sequence[str] | None = None) -> "pa.Table":
        """The articles that match as an Arrow table in memory, in the order in which they are stored.

        Args:
            filters: which articles; None: all.
            fields: columns, of `crawler.store.fields.COLUMNS`; None: all.

        Raises:
            UserError: for an unknown field, or when PyArrow (`naba[data]`) is not installed.
        """
        return tables.to_arrow(self.database, filters or Filters(), fields)

    def to_pandas(self, filters: Filters | None = None, fields: Sequence[str] | None = None) -> "pd.DataFrame":
        """The same as a pandas DataFrame; instants are UTC."""
        return tables.to_pandas(self.database, filters or Filters(), fields)

    def to_polars(self, filters: Filters | None = None, fields: Sequence[str] | None = None) -> "pl.DataFrame":
        """The same as a polars DataFrame."""
        return tables.to_polars(self.database, filters or Filters(), fields)


def _show(document: Document, terms: Sequence[str]) -> Found:
    return Found(
        document,
        mark(document["title"], terms),
        snippet([document.get("summary"), document["body"]], terms),
    )


@contextmanager
def _told(max_time: float | None) -> Iterator[None]:
    """Bound the time of what is asked within, and tell what goes wrong in one line."""
    try:
        with pymongo.timeout(max_time):
            yield
    except PyMongoError as error:
        if error.timeout and max_time is not None:
            raise UserError(
                f"the question takes longer than {max_time:g} s: narrow it by site, dates or words"
            ) from None
        raise UserError(f"MongoDB does not answer the question: {brief(error)}") from error
