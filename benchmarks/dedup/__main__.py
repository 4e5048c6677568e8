"""Run with `make bench-dedup`: what is found of planted copies, and what an article costs as the collection grows."""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Mapping
from statistics import mean, median, quantiles

from pymongo import AsyncMongoClient

from benchmarks.dedup.cost import A_DAY, BATCH, Cost, Document, fill, measure
from benchmarks.dedup.planted import Score, pairs, plant, scores
from crawler.store.articles import ArticleWriter
from crawler.store.local import LocalServer
from crawler.store.schema import prepare

_AT_ONCE = 50


def _table(heading: str, rows: Mapping[str, Score]) -> None:
    print(f"\n| {heading} | copies | recall | strangers | tied | precision |\n|---|---|---|---|---|---|")
    for name, score in rows.items():
        copies = f"{score.copies} | {score.recall:.3f}" if score.copies else "0 | "
        strangers = f"{score.strangers} | {score.tied_strangers}" if score.strangers else "0 | "
        precision = f"{score.precision:.3f}" if score.found + score.tied_strangers else ""
        print(f"| {name} | {copies} | {strangers} | {precision} |")


async def quality(uri: str, count: int, seed: int) -> None:
    """Store planted copies as they come, and print what was tied."""
    planted = plant(seed, count)
    async with AsyncMongoClient[Document](uri, tz_aware=True, w="majority", journal=True) as client:
        database = client["planted"]
        await prepare(database)
        writer, begin = ArticleWriter(database), time.monotonic()
        for start in range(0, len(planted), _AT_ONCE):
            await writer.write([one.article for one in planted[start : start + _AT_ONCE]])
        seconds = time.monotonic() - begin
        found = database["articles"].find({"story": {"$exists": True}}, {"url": 1, "story": 1})
        stories = {row["url"]: row["story"] async for row in found}
    by_band, by_kind, over = scores(list(pairs(planted, stories)))
    print(
        f"{len(planted):,} articles in any order (seed {seed}), "
        f"{1000 * seconds / len(planted):.1f} ms each; pairs of them:"
    )
    _table("Jaccard index", by_band | {"**0.7 and over**": over})
    _table("kind", by_kind)


async def cost(uri: str, sizes: tuple[int, int], a_day: int, batches: int, seed: int) -> None:
    """Print what an article costs in two collections."""
    async with AsyncMongoClient[Document](uri, tz_aware=True, w="majority", journal=True) as client:
        costs = [Cost(stored, client[f"stored_{stored}"]) for stored in sizes]
        for one in costs:
            await fill(one.database, one.stored, seed, a_day)
        await measure(costs, batches, seed)
    _table_of_costs(costs)


def _table_of_costs(costs: list[Cost]) -> None:
    print(
        f"\nOne article deduplicated and stored, {len(costs[0].writing)} batches of {BATCH} in turns, "
        "and its candidates looked up:\n"
    )
    print(
        "| stored | ms an article, median | mean | server's CPU ms, median | mean | pages read "
        "| look-up ms, median | p95 | index B an article | row B on disk |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for one in costs:
        writing, serving, looking = (
            [1000 * seconds for seconds in some] for some in (one.writing, one.serving, one.looking)
        )
        print(
            f"| {one.stored:,} | {median(writing):.2f} | {mean(writing):.2f} | {median(serving):.2f} "
            f"| {mean(serving):.2f} | {one.pages / len(writing) / BATCH:.2f} | {median(looking):.2f} "
            f"| {quantiles(looking, n=20)[-1]:.2f} | {one.index_bytes:.0f} | {one.row_bytes:.0f} |"
        )
    for name in ("writing", "serving"):
        few, many = (getattr(one, name) for one in costs)
        print(f"\n{name}: {median(many) / median(few):.2f} of the medians, {mean(many) / mean(few):.2f} of the means")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dedup", description=__doc__)
    parser.add_argument("--pairs", type=int, default=3000, help="planted copies (default: 3000)")
    parser.add_argument("--small", type=int, default=10_000, help="articles of the small collection (default: 10000)")
    parser.add_argument("--large", type=int, default=1_000_000, help="of the large one; 0: no cost (default: 1000000)")
    parser.add_argument("--a-day", type=int, default=A_DAY, help=f"that are published a day (default: {A_DAY})")
    parser.add_argument("--batches", type=int, default=60, help="batches measured in each (default: 60)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, LocalServer.acquire(folder) as server:
        if options.pairs:
            asyncio.run(quality(server.uri, options.pairs, options.seed))
        if options.large:
            sizes = options.small, options.large
            asyncio.run(cost(server.uri, sizes, options.a_day, options.batches, options.seed))


if __name__ == "__main__":
    main()
