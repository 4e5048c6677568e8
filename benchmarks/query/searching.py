"""What a search costs, and what finding by words costs in room and in writing."""

import statistics
import time
from collections.abc import Callable
from itertools import islice

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from benchmarks.query.corpus import documents
from crawler.store import Collection, Filters
from crawler.store.documents import Document

_WORDS = ("terms_published", "title_terms_published")
SHARES = {"common": 0.33, "middling": 0.02, "rare": 0.001}
"""Of the articles, in which a word of each kind stands."""


def words(database: Database[Document], seed: int = 7) -> dict[str, list[str]]:
    """Five words of each kind, those nearest to their share."""
    total = database["articles"].estimated_document_count()
    stages = [{"$sample": {"size": 4_000}}, {"$unwind": "$terms"}, {"$sortByCount": "$terms"}, {"$limit": 30_000}]
    sampled = {one["_id"]: one["count"] / 4_000 for one in database["articles"].aggregate(stages, allowDiskUse=True)}
    chosen: dict[str, list[str]] = {}
    for kind, share in SHARES.items():
        near = sorted((term for term in sampled if len(term) > 2), key=lambda term: abs(sampled[term] - share))[:25]
        counted = {term: database["articles"].count_documents({"terms": term}) / total for term in near}
        chosen[kind] = sorted(counted, key=lambda term: abs(counted[term] - share))[:5]
    return chosen


def milliseconds(ask: Callable[[], object], rounds: int = 7) -> list[float]:
    """How long each round took, after one that is not counted."""
    ask()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return times


def report_searches(collection: Collection) -> None:
    """Print the latency of each kind of question: the first page of twenty, snippets included."""
    chosen = words(collection.database)
    common, middling, rare = (chosen[kind] for kind in SHARES)
    questions: list[tuple[str, list[str], dict[str, str]]] = [
        (f"{kind} word, newest", chosen[kind], {"sort": "newest"}) for kind in SHARES
    ]
    questions += [(f"{kind} word, by relevance", chosen[kind], {"sort": "relevance"}) for kind in SHARES]
    questions += [
        ("common word, by reads", common, {"sort": "reads"}),
        ("common and middling, newest", list(map(" ".join, zip(common, middling, strict=True))), {}),
        (
            "two middling, relevance",
            list(map(" ".join, zip(middling, middling[1:], strict=False))),
            {"sort": "relevance"},
        ),
        ("common without middling", [f"{a} -{b}" for a, b in zip(common, middling, strict=True)], {}),
        ("common in one site", [f"{word} site:okaz" for word in common], {}),
        ("phrase of two", [f'"{a}"' for a in _phrases(collection)], {}),
        ("rare in the headline", [f"title:{word}" for word in rare], {}),
        ("no word, newest", [""], {}),
    ]
    print("| question | articles | median ms | slowest ms | count, median ms |")
    print("|---|---|---|---|---|")
    for name, texts, options in questions:
        filters = [Filters(text=text) for text in texts]
        times = [t for one in filters for t in milliseconds(lambda one=one: collection.search(one, **options))]  # type: ignore[misc]
        counts = [t for one in filters for t in milliseconds(lambda one=one: collection.count(one), 3)]  # type: ignore[misc]
        found = statistics.median(collection.count(one) for one in filters)
        cells = [
            f"{found:.0f}",
            *(f"{ms:.1f}" for ms in (statistics.median(times), max(times), statistics.median(counts))),
        ]
        print(f"| {name} |", " | ".join(cells), "|", flush=True)


def _phrases(collection: Collection) -> list[str]:
    """Two words that stand together, of five articles."""
    found = collection.articles.aggregate([{"$sample": {"size": 5}}, {"$project": {"body": 1}}])
    return [" ".join(one["body"].split()[3:5]) for one in found]


def report_room(database: Database[Document]) -> None:
    """Print what the articles and their indexes take on disk."""
    stats = next(database["articles"].aggregate([{"$collStats": {"storageStats": {}}}]))["storageStats"]
    sizes: dict[str, int] = stats["indexSizes"]
    stored, count = stats["storageSize"], stats["count"]
    whole = stored + stats["totalIndexSize"]
    print(f"\n{count} articles: {stats['size'] / 1e6:.0f} MB of documents, {stored / 1e6:.0f} MB stored")
    for name, size in sorted(sizes.items(), key=lambda one: -one[1]):
        print(f"  index {name}: {size / 1e6:.1f} MB, {size / count:.0f} bytes an article, {size / whole:.0%} of all")
    found = sum(sizes[name] for name in _WORDS)
    print(
        f"finding by words: {found / 1e6:.0f} MB, {found / count:.0f} bytes an article, {found / whole:.0%} of all stored"
    )


def report_writes(database: Database[Document], count: int, more: int = 2_000) -> None:
    """Print how fast more articles are written, with the indexes of words and without."""
    articles = database["articles"]
    for told, seed in (("with the indexes of words", 11), ("without", 12)):
        if told == "without":
            for name in _WORDS:
                articles.drop_index(name)
        new = [one | {"_id": one["_id"][:-1] + bytes([seed])} for one in islice(documents(more, seed), more)]
        start = time.perf_counter()
        for place in range(0, more, 100):
            articles.insert_many(new[place : place + 100], ordered=False)
        print(f"{more / (time.perf_counter() - start):.0f} articles/s more, in batches of 100, {told} ({count} there)")
        articles.delete_many({"_id": {"$in": [one["_id"] for one in new]}})
    articles.create_index([("terms", ASCENDING), ("published_at", DESCENDING)], name=_WORDS[0])
    articles.create_index([("title_terms", ASCENDING), ("published_at", DESCENDING)], name=_WORDS[1])
