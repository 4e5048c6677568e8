"""Reading many articles at an even pace: the next batch travels while the last is worked on."""

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, cast

import bson
from bson.codec_options import CodecOptions
from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import PyMongoError

from crawler.errors import UserError
from crawler.store.connection import brief
from crawler.store.filters import Filters
from crawler.store.orders import PLACING, Order
from crawler.store.paging import Pages

Document = dict[str, Any]
T = TypeVar("T")

BATCH = 500
"""Articles that travel at once; MongoDB also ends a batch at 16 MB. A thousand are no quicker, in twice the memory."""
_END = object()


class _Ahead(threading.Thread):
    """Puts items into a queue of bounded length until they end, or their reader has left."""

    def __init__(self, items: Iterable[Any], depth: int) -> None:
        super().__init__(daemon=True, name="ahead")
        self._items = items
        self.made: queue.Queue[tuple[Any, BaseException | None]] = queue.Queue(depth)
        self.left = threading.Event()

    def run(self) -> None:
        """Make the items, then the end or what was raised."""
        error: BaseException | None = None
        try:
            for item in self._items:
                self._put(item, None)
                if self.left.is_set():
                    break
        except BaseException as raised:  # noqa: BLE001 - it is raised again where the items are read
            error = raised
        self._put(_END, error)

    def _put(self, item: Any, error: BaseException | None) -> None:
        while not self.left.is_set():
            try:
                self.made.put((item, error), timeout=0.1)
            except queue.Full:
                continue
            return


def ahead(items: Iterable[T], depth: int = 2) -> Iterator[T]:
    """The items, made in a thread of their own, at most `depth` before they are asked for.

    What the thread raises is raised here. When the reader leaves early, the thread ends with its next item.
    """
    thread = _Ahead(items, depth)
    thread.start()
    try:
        while True:
            item, error = thread.made.get()
            if error is not None:
                raise error
            if item is _END:
                return
            yield item
    finally:
        thread.left.set()
        thread.join()


def raw_batches(
    database: Database[Document],
    filters: Filters,
    fields: Document,
    *,
    sort: list[tuple[str, int]] | None = None,
    size: int = BATCH,
) -> Iterator[bytes]:
    """Articles that match as BSON, a batch at a time, in bounded memory.

    All articles come in the order in which they are stored, which writing does not change: one that is written
    meanwhile comes once, in one of its states, and none that was there all the while is missed. In any other order,
    that of `_id` too, a collection larger than the server's cache costs several times as much: each article is read
    from another page.

    Args:
        database: the collection's database; its datetimes aware.
        filters: which articles; with `unique`, the earliest of each story. Those whose fields begin or cease to match
            meanwhile may come or not.
        fields: MongoDB projection.
        sort: another order; an article whose place in it changes meanwhile may then come twice or not at all.
        size: articles a batch.

    Raises:
        UserError: when the question cannot be read, or MongoDB does not answer it.
    """
    articles, query = database["articles"], filters.query()
    if filters.unique and 1 in fields.values():
        fields = fields | dict.fromkeys(PLACING, 1)
    cursor = articles.find_raw_batches(query, fields, batch_size=size, allow_disk_use=True)
    if sort is not None:
        cursor = cursor.sort(sort)
    elif not query:
        cursor = cursor.hint([("$natural", ASCENDING)])
    batches = ahead(cast("Iterator[bytes]", cursor))  # PyMongo types it as documents
    pages = Pages(articles, query, Order("oldest").streams())
    try:
        with cursor:
            for raw in batches:
                yield _firsts(pages, raw, database.codec_options) if filters.unique else raw
    except PyMongoError as error:
        raise UserError(f"MongoDB does not answer: {brief(error)}") from error


def _firsts(pages: Pages, raw: bytes, codec: "CodecOptions[Document]") -> bytes:
    return b"".join(map(bson.encode, pages.firsts(bson.decode_all(raw, codec))))
