"""`make bench-stems`: recall and false merges of each stemmer on three sets of pairs, and what a word costs."""

import argparse
import sys
import time

from benchmarks.stems.engines import Stemmer, available
from benchmarks.stems.pairs import SETS, Pair, read
from crawler.arabic import stems as own


def measure(stem: Stemmer, pairs: list[Pair]) -> tuple[int, int]:
    """How many pairs of one word are found to be one, and how many of two."""
    merged = [pair.is_one for pair in pairs if stem(pair.first) == stem(pair.second)]
    return sum(merged), len(merged) - sum(merged)


def microseconds(stem: Stemmer, words: list[str]) -> float:
    """Of one word, the quickest of three rounds, nothing remembered."""
    rounds = []
    for _ in range(3):
        own.forget()
        start = time.perf_counter()
        for word in words:
            stem(word)
        rounds.append((time.perf_counter() - start) / len(words) * 1e6)
    return min(rounds)


def main() -> None:
    """Print the table; with --wrong SET, naba's mistakes on it."""
    parser = argparse.ArgumentParser(prog="make bench-stems")
    parser.add_argument("--wrong", choices=SETS, help="print what naba gets wrong (not while tuning)")
    wrong = parser.parse_args().wrong
    pairs = {name: read(name) for name in SETS}
    engines, missing = available()
    words = [word for some in pairs.values() for pair in some for word in (pair.first, pair.second)]
    heads = [
        f"{told}: {sum(p.is_one for p in pairs[name])} + {sum(not p.is_one for p in pairs[name])}"
        for name, told in SETS.items()
    ]
    print("| stemmer |", " | ".join(heads), "| us a word |")
    print("|" + "---|" * (len(SETS) + 2))
    for name, stem in engines.items():
        cells = [f"{found} found, {false} false" for found, false in (measure(stem, pairs[one]) for one in SETS)]
        print(f"| {name} |", " | ".join(cells), f"| {microseconds(stem, words):.1f} |")
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
    for pair in pairs[wrong] if wrong else ():
        first, second = engines["naba"](pair.first), engines["naba"](pair.second)
        if (first == second) != pair.is_one:
            print("+" if pair.is_one else "-", pair.first, pair.second, first, second)


if __name__ == "__main__":
    main()
