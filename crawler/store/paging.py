"""Articles in one order, from one place on: what a page of search results is made of."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from bson.binary import Binary
from pymongo import ASCENDING
from pymongo.collection import Collection

from crawler.store.orders import PLACING, Place, Stream, from_json, to_json

Document = dict[str, Any]

HIDDEN = dict.fromkeys(("terms", "author_terms"), 0)
"""Fields that only the server needs."""


class Pages:
    """The articles that match, in order.

    Args:
        articles: the collection.
        query: which of them.
        streams: the order.
    """

    def __init__(self, articles: Collection[Document], query: Document, streams: Sequence[Stream]) -> None:
        self._articles = articles
        self._query = query
        self._streams = streams

    def after(self, place: Place | None, size: int, *, unique: bool = False) -> list[tuple[Place, Document]]:
        """At most `size` articles after the place, from the first on when it is None; each with its own place."""
        found: list[tuple[Place, Document]] = []
        ordered = self._from(place, size)
        while len(found) < size and (batch := list(islice(ordered, size - len(found)))):
            if unique:
                kept = {bytes(one["_id"]) for one in self.firsts([document for _, document in batch])}
                batch = [one for one in batch if one[0].id in kept]
            found += batch
        return found

    def _from(self, place: Place | None, size: int) -> Iterator[tuple[Place, Document]]:
        first = place.stream if place else 0
        for number, stream in enumerate(self._streams[first:], first):
            begin = place if place and place.stream == number else None
            for document in self._stream(stream, begin, size):
                value = to_json(document[stream.field]) if stream.field else None
                yield Place(number, value, bytes(document["_id"])), document

    def _stream(self, stream: Stream, place: Place | None, size: int) -> Iterator[Document]:
        """One stream's articles. MongoDB sorts by the field alone, as its index does; ties are sorted here."""
        if stream.field is None:
            yield from self._tied(stream, {}, place.id if place else None, size)
            return
        value = from_json(stream, place.value) if place else None
        if place:
            yield from self._tied(stream, {stream.field: value}, place.id, size)
        while True:
            beyond = {} if value is None else {stream.field: {"$gt" if stream.direction == ASCENDING else "$lt": value}}
            query = {"$and": [self._query, stream.condition, beyond]}
            cursor = self._articles.find(query, HIDDEN).sort(stream.field, stream.direction).limit(size + 1)
            batch = list(cursor)
            if len(batch) <= size:
                yield from sorted(batch, key=stream.rank)
                return
            value = batch[-1][stream.field]
            yield from sorted((one for one in batch if one[stream.field] != value), key=stream.rank)
            yield from self._tied(stream, {stream.field: value}, None, size)

    def _tied(self, stream: Stream, tie: Document, after: bytes | None, size: int) -> Iterator[Document]:
        """The articles of one value, by `_id`."""
        while True:
            beyond = {} if after is None else {"_id": {"$gt": Binary(after)}}
            query = {"$and": [self._query, stream.condition, tie, beyond]}
            batch = list(self._articles.find(query, HIDDEN).sort("_id", ASCENDING).limit(size))
            yield from batch
            if len(batch) < size:
                return
            after = batch[-1]["_id"]

    def firsts(self, documents: Sequence[Document]) -> list[Document]:
        """Those before which no article of their story matches; the others' stories are told by an earlier one."""
        stories = list({bytes(story): story for one in documents if (story := one.get("story"))}.values())
        if not stories:
            return list(documents)
        firsts: dict[bytes, Any] = {}
        query = {"$and": [self._query, {"story": {"$in": stories}}]}
        for one in self._articles.find(query, dict.fromkeys(PLACING, 1)):
            story, rank = bytes(one["story"]), self._rank(one)
            firsts[story] = min(firsts.get(story, rank), rank)
        # A story that left the query's reach since its article was read has no first: the article stands for it.
        return [
            one
            for one in documents
            if not (story := one.get("story"))
            or firsts.get(bytes(story), (None, bytes(one["_id"])))[-1] == bytes(one["_id"])
        ]

    def _rank(self, document: Document) -> Any:
        number = next(number for number, stream in enumerate(self._streams) if stream.holds(document))
        value, key = self._streams[number].rank(document)
        return number, value, key
