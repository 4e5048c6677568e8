"""The reading room's questions to the collection: each bounded in time and size, none that writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pymongo
from bson.binary import Binary
from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import PyMongoError, ServerSelectionTimeoutError

from crawler.addresses import KEY_BYTES
from crawler.errors import UserError
from crawler.room.asked import Asked, QuestionError
from crawler.room.kept import Kept
from crawler.room.sites import SiteCard, Sites
from crawler.store.collection import Collection, Page
from crawler.store.copies import Copy, compared
from crawler.store.crawls import find_crawl, list_crawls
from crawler.store.curves import Point, curves
from crawler.store.finding import find_article
from crawler.store.history import Version, versions
from crawler.store.paging import HIDDEN
from crawler.watch.health import Health, state_of_all

Document = dict[str, Any]

COPIES = 50
READINGS = 2_000
"""Of one counter, the newest."""
COUNTED = 10_000
"""Articles that a search counts at the most: beyond, it says `more than`."""
RUNS = 50


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results."""

    page: Page
    total: int | None
    """None: counting took too long."""

    @property
    def is_counted(self) -> bool:
        """Whether `total` is all of them."""
        return self.total is not None and self.total <= COUNTED


class Shelf:
    """The collection, as far as the room asks it.

    Args:
        database: where it is; its datetimes aware.
        sites: the catalogue.
        patience: seconds that one question may take.
    """

    def __init__(self, database: Database[Document], sites: Sites, *, patience: float = 5.0) -> None:
        self.database = database
        self.articles = database["articles"]
        self.sites = sites
        self.patience = patience
        self.kept = Kept(60)
        self.collection = Collection(database, max_time=patience)

    @contextmanager
    def bounded(self, seconds: float | None = None) -> Iterator[None]:
        """Have the server give up on what is asked within after so long."""
        with pymongo.timeout(seconds or self.patience):
            yield

    # --- articles

    def search(self, asked: Asked) -> Found:
        """One page of what matches, and how many do.

        Raises:
            QuestionError: when the question, or its place, cannot be read.
            PyMongoError: when the server does not answer in time.
        """
        with _server_errors():
            try:
                page = self.collection.search(asked.filters, sort=asked.sort, limit=asked.limit, after=asked.after)
            except UserError as error:
                if isinstance(error.__context__, PyMongoError):
                    raise
                key = "after" if asked.after else "query"
                raise QuestionError(key, detail=None if asked.after else str(error)) from error
        return Found(
            page,
            self.kept.get(("count", repr(asked.filters.query()), asked.filters.unique), lambda: self._count(asked)),
        )

    def _count(self, asked: Asked) -> int | None:
        try:
            with self.bounded(1.0):
                if asked.filters.unique:
                    return self.collection.count(asked.filters)
                return self.articles.count_documents(asked.filters.query(), limit=COUNTED + 1)
        except (PyMongoError, UserError):
            return None

    def find(self, text: str) -> Document | None:
        """The article of an address or id that was typed; None when it is neither, or nothing is stored there."""
        with self.bounded():
            try:
                return find_article(self.database, text)
            except UserError:
                return None

    def article(self, article_id: str) -> Document | None:
        """The article of this id in hexadecimal."""
        key = _key(article_id)
        if key is None:
            return None
        with self.bounded():
            return self.articles.find_one({"_id": key}, HIDDEN)

    def earlier(self, document: Document) -> Document | None:
        """The article that this one is a copy of."""
        first = document.get("duplicate_of")
        if first is None:
            return None
        with self.bounded():
            return self.articles.find_one({"_id": first}, HIDDEN | {"body": 0})

    def copies(self, document: Document) -> tuple[list[Copy], int]:
        """The articles of its story in order of publication, itself among them, and how many there are."""
        story = document.get("story")
        if story is None:
            return [], 0
        with self.bounded():
            order = [("published_at", ASCENDING), ("first_seen", ASCENDING), ("_id", ASCENDING)]
            found = list(self.articles.find({"story": story}, HIDDEN).sort(order).limit(COPIES))
            total = len(found) if len(found) < COPIES else self.articles.count_documents({"story": story})
        return (compared(found), total) if total > 1 else ([], 0)

    def versions(self, document: Document) -> list[Version]:
        """What the article said over time, the oldest first."""
        with self.bounded():
            return versions(self.database, document)

    def curves(self, document: Document) -> dict[str, list[Point]]:
        """What its counter showed, by address: its own first, then of addresses that count by themselves."""
        with self.bounded():
            return {address: points[-READINGS:] for address, points in curves(self.database, document).items()}

    # --- sites and crawls

    def site(self, name: str) -> SiteCard | None:
        """The site of this name, of the catalogue, the collection, or the runs alone as an import of archives is."""
        if card := self.sites.of(name):
            return card
        with self.bounded():
            known = self.articles.find_one({"site": name}, {"country": 1})
            known = known or self.database["crawls"].find_one({"site": name}, {"site": 1})
        return SiteCard(name, known.get("country"), is_listed=False) if known else None

    def health(self) -> list[Health]:
        """The state of each site that was ever crawled, with its last run; the worst first."""
        with self.bounded():
            names = self.database["crawls"].distinct("site")
            return [one for one in state_of_all(self.database, names, now()) if one.crawl is not None]

    def crawls(self, *, site: str | None = None, failed: bool = False, limit: int = RUNS) -> list[Document]:
        """Runs, newest first."""
        with self.bounded():
            return list(list_crawls(self.database, site=site, failed=failed, limit=limit))

    def crawl(self, crawl_id: str) -> Document | None:
        """The run of this id."""
        with self.bounded():
            return find_crawl(self.database, crawl_id)

    def is_there(self) -> bool:
        """Whether the database answers."""
        try:
            with self.bounded(2.0):
                self.database.command("ping")
        except PyMongoError:
            return False
        return True


def is_slow(error: PyMongoError) -> bool:
    """Whether the question took too long, rather than that no server is there."""
    return error.timeout and not isinstance(error, ServerSelectionTimeoutError)


def _key(article_id: str) -> Binary | None:
    try:
        key = bytes.fromhex(article_id)
    except ValueError:
        return None
    return Binary(key) if len(key) == KEY_BYTES and len(article_id) == 2 * KEY_BYTES else None


@contextmanager
def _server_errors() -> Iterator[None]:
    """Let through what the server said, where the collection made a line for the command line of it."""
    try:
        yield
    except UserError as error:
        if isinstance(error.__context__, PyMongoError):
            raise error.__context__ from None
        raise


def now() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)
