"""What a search costs, and what finding by words costs in room and in writing."""

import statistics
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from benchmarks.query.corpus import documents
from crawler.arabic.letters import words as folded
from crawler.arabic.stems import stem
from crawler.store import Collection, Filters
from crawler.store.documents import Document
from crawler.store.orders import Sort

_WORDS = ("terms_published", "title_terms_published")
SHARES = {"common": 0.33, "middling": 0.02, "rare": 0.001}
"""Of the articles, in which a word of each kind stands."""


def words(database: Database[Document]) -> dict[str, list[str]]:
    """Five words of each kind, those nearest to their share."""
    total = database["articles"].estimated_document_count()
    stages: list[Document] = [
        {"$sample": {"size": 4_000}},
        {"$unwind": "$terms"},
        {"$sortByCount": "$terms"},
        {"$limit": 30_000},
    ]
    sampled = {one["_id"]: one["count"] / 4_000 for one in database["articles"].aggregate(stages, allowDiskUse=True)}
    chosen: dict[str, list[str]] = {}
    for kind, share in SHARES.items():
        near = sorted((term for term in sampled if len(term) > 2), key=lambda term: abs(sampled[term] - share))[:25]
        counted = {term: database["articles"].count_documents({"terms": term}) / total for term in near}
        chosen[kind] = sorted(counted, key=lambda term: abs(counted[term] - share))[:5]
    return chosen


def milliseconds(ask: Callable[[], object], rounds: int = 7) -> list[tuple[float, float]]:
    """How long each round took, and what of it this process worked itself; after one that is not counted."""
    ask()
    times = []
    for _ in range(rounds):
        start, worked = time.perf_counter(), time.process_time()
        ask()
        times.append(((time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000))
    return times


def report_searches(collection: Collection) -> None:
    """Print the latency of each kind of question: the first page of twenty, snippets included."""
    chosen = words(collection.database)
    common, middling, rare = (chosen[kind] for kind in SHARES)
    both = [f"{one} {other}" for one, other in zip(common, middling, strict=True)]
    questions: list[tuple[str, list[str], Sort]] = [
        *((f"{kind} word, newest", chosen[kind], "newest") for kind in SHARES),
        *((f"{kind} word, by relevance", chosen[kind], "relevance") for kind in SHARES),
        ("common word, by reads", common, "reads"),
        ("common and middling, newest", both, "newest"),
        ("common and middling, by relevance", both, "relevance"),
        ("two middling, by relevance", [" ".join(pair) for pair in pairwise(middling)], "relevance"),
        ("common without middling", [text.replace(" ", " -") for text in both], "newest"),
        ("common in one site", [f"{word} site:okaz" for word in common], "newest"),
        ("phrase of two common words", [f'"{text}"' for text in _phrases(collection, SHARES["common"])], "newest"),
        ("phrase of common and rarer", [f'"{text}"' for text in _phrases(collection, SHARES["middling"])], "newest"),
        ("rare in the headline", [f"title:{word}" for word in rare], "newest"),
        ("no word", [""], "newest"),
    ]
    print("| question | articles | median ms | of it Python's work | slowest ms | count, median ms |")
    print("|---|---|---|---|---|---|")
    for name, texts, sort in questions:
        print(
            f"| {name} |",
            " | ".join(_measure(collection, [Filters(text=text) for text in texts], sort)),
            "|",
            flush=True,
        )


def _measure(collection: Collection, asked: list[Filters], sort: Sort) -> list[str]:
    """Articles found; milliseconds of the first page (median, work, slowest); median of the count."""
    pages = [times for one in asked for times in milliseconds(partial(collection.search, one, sort=sort))]
    counts = [times for one in asked for times in milliseconds(partial(collection.count, one), 3)]
    found = statistics.median(collection.count(one) for one in asked)
    walls, works = zip(*pages, strict=True)
    told = (
        statistics.median(walls),
        statistics.median(works),
        max(walls),
        statistics.median(wall for wall, _ in counts),
    )
    return [f"{found:.0f}", *(f"{ms:.1f}" for ms in told)]


def _phrases(collection: Collection, share: float) -> list[str]:
    """Five times two words that stand together in some article.

    Each word's stem is in two thirds of this share of the articles at least, and of the phrases that leaves, those
    whose rarer word is rarest. What a phrase costs is the articles with both stems: their text is looked through.
    As a rule it stands in fewer than a page of them, and finding the page is as much as the count.
    """
    stages: list[Document] = [{"$sample": {"size": 2_000}}, {"$project": {"body": 1, "terms": 1}}]
    sampled = list(collection.articles.aggregate(stages))
    known = Counter(term for one in sampled for term in one["terms"])
    pairs = {pair for one in sampled for pair in pairwise(folded(one["body"]))}
    rarer = {" ".join(pair): min(known[stem(word)] for word in pair) for pair in pairs if pair[0] != pair[1]}
    enough = [phrase for phrase, count in rarer.items() if count >= share * len(sampled) * 2 / 3]
    return sorted(enough, key=lambda phrase: (rarer[phrase], phrase))[:5]


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
    print(f"finding by words: {found / 1e6:.0f} MB, {found / count:.0f} bytes an article, {found / whole:.0%} of all")


def report_writes(database: Database[Document], count: int, more: int = 2_000) -> None:
    """Print how fast more articles are written, with the indexes of words and without."""
    articles = database["articles"]
    for told, seed in (("with the indexes of words", 11), ("without", 12)):
        if told == "without":
            for name in _WORDS:
                articles.drop_index(name)
        new = list(documents(count + more, seed, first=count))
        start = time.perf_counter()
        for place in range(0, more, 100):
            articles.insert_many(new[place : place + 100], ordered=False)
        print(f"{more / (time.perf_counter() - start):.0f} articles/s more, in batches of 100, {told} ({count} there)")
        articles.delete_many({"_id": {"$in": [one["_id"] for one in new]}})
    articles.create_index([("terms", ASCENDING), ("published_at", DESCENDING)], name=_WORDS[0])
    articles.create_index([("title_terms", ASCENDING), ("published_at", DESCENDING)], name=_WORDS[1])
