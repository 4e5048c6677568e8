"""Articles with planted copies and traps, the truth about them, and how what is stored compares with it."""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks.dedup.press import KINDS, Press
from crawler.items import Article

BANDS = ((0.9, 1.01), (0.8, 0.9), (0.7, 0.8), (0.6, 0.7), (0.5, 0.6), (0.0, 0.5))
TRAPS = ("series", "network", "prices")
"""Kinds of articles that are like their sisters, and no copies of them."""

_START = datetime(2024, 3, 1, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Planted:
    """One article and what is true of it."""

    article: Article
    story: str
    """Articles of one story are copies of each other; of two, strangers."""
    kind: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles that are copies, or were tied, or look alike."""

    kind: str
    jaccard: float
    is_copy: bool
    is_tied: bool


def plant(seed: int, pairs: int) -> list[Planted]:
    """Articles in the order of arrival: `pairs` wire stories with one reprint each, and the traps among them.

    Of each event a third newsroom writes a story of its own. Ten sites print three lines of their own under every
    article. For every 25 wire stories there is one series of eight with five standing paragraphs, one that two sites
    print daily, each with paragraphs of its own, and one table of prices, daily with other numbers, that two sites
    print.
    """
    press = Press(seed)
    chance = random.Random(f"plant {seed}")  # noqa: S311 - a seed, no secret
    furniture = {f"s{i}": press.story(paragraphs=3) for i in range(10)}
    planted: list[Planted] = []

    def put(paragraphs: Sequence[str], story: str, kind: str, site: str, day: float) -> None:
        lines = [*paragraphs, *furniture.get(site, ())]
        article = _article(lines, site, _START + timedelta(days=day), len(planted))
        planted.append(Planted(article, story, kind))

    for number, kind in zip(range(pairs), itertools.cycle(KINDS)):
        event, day = press.event(), chance.uniform(0, 10)
        sites = [f"s{i}" for i in chance.sample(range(60), 3)]
        wire = press.story(event)
        put(wire, f"wire {number}", "wire", sites[0], day)
        put(press.reprint(kind, wire), f"wire {number}", kind, sites[1], day + chance.uniform(0, 3))
        put(press.story(event), f"own {number}", "same event", sites[2], day + chance.uniform(-1, 1))
    for number in range(-(-pairs // 25)):
        standing, site, about = press.story(paragraphs=5), f"s{chance.randrange(60)}", press.event()
        shared = press.story(paragraphs=5)
        table, sites = press.story(paragraphs=8), [f"s{i}" for i in chance.sample(range(60), 2)]
        for day in range(8):
            put([*press.story(about, 2), *standing], f"series {number} {day}", "series", site, day)
            prices = [f"{line} {chance.randrange(1000)} دينار مقابل {chance.randrange(1000)}" for line in table]
            for one in sites:
                put([*press.story(about, 2), *shared], f"network {number} {day}{one}", "network", one, day)
                put(prices, f"prices {number} {day}", "prices", one, day)
    chance.shuffle(planted)
    return planted


def _article(lines: Sequence[str], site: str, at: datetime, number: int) -> Article:
    return Article(
        url=f"https://{site}.example/{number}",
        title=" ".join(lines[0].split()[:9]),
        body="\n\n".join(lines),
        site=site,
        published_at=at,
        fetched_at=at + timedelta(minutes=20),
    )


def _triples(text: str) -> set[tuple[str, ...]]:
    """Three words in a row, as they stand: none of Naba's own code has a part in the truth."""
    words = [word.strip("،.()-") for word in text.split()]
    words = [word for word in words if word]
    return set(zip(words, words[1:], words[2:], strict=False))


def pairs(planted: Sequence[Planted], stories: Mapping[str, object]) -> Iterator[Pair]:
    """All planted pairs, all that were tied, and of each trap those that are alike.

    Args:
        planted: from `plant`.
        stories: of each article's address, what story it was stored with; addresses of articles without one lack.
    """
    triples = [_triples(one.article.body) for one in planted]
    groups: defaultdict[object, set[int]] = defaultdict(set)
    for i, one in enumerate(planted):
        groups["planted", one.story].add(i)
        if one.kind in TRAPS:
            groups["trap", one.kind, one.story.split()[1]].add(i)
        if story := stories.get(one.article.url):
            groups["tied", story].add(i)
    for i, k in sorted({pair for group in groups.values() for pair in itertools.combinations(sorted(group), 2)}):
        one, other = planted[i], planted[k]
        common = len(triples[i] & triples[k])
        story = stories.get(one.article.url)
        yield Pair(
            kind=one.kind if one.kind != "wire" else other.kind,
            jaccard=common / (len(triples[i]) + len(triples[k]) - common),
            is_copy=one.story == other.story,
            is_tied=story is not None and story == stories.get(other.article.url),
        )


@dataclass(slots=True)
class Score:
    """Of some pairs, how many were found, and how many of those found are copies."""

    copies: int = 0
    found: int = 0
    strangers: int = 0
    tied_strangers: int = 0

    def add(self, pair: Pair) -> None:
        """Count one pair."""
        if pair.is_copy:
            self.copies += 1
            self.found += pair.is_tied
        else:
            self.strangers += 1
            self.tied_strangers += pair.is_tied

    @property
    def recall(self) -> float:
        """Share of the copies that are tied; 1 where there are none."""
        return self.found / self.copies if self.copies else 1.0

    @property
    def precision(self) -> float:
        """Share of copies among what is tied; 1 where nothing is."""
        tied = self.found + self.tied_strangers
        return self.found / tied if tied else 1.0


def scores(some: Sequence[Pair]) -> tuple[dict[str, Score], dict[str, Score], Score]:
    """By band of the Jaccard index, by kind, and of all pairs at 0.7 and over."""
    by_band: dict[str, Score] = {f"{low:.1f} - {min(high, 1):.1f}": Score() for low, high in BANDS}
    by_kind: dict[str, Score] = {kind: Score() for kind in (*KINDS, *TRAPS, *sorted({pair.kind for pair in some}))}
    over = Score()
    for pair in some:
        low, high = next(band for band in BANDS if band[0] <= pair.jaccard < band[1])
        by_band[f"{low:.1f} - {min(high, 1):.1f}"].add(pair)
        by_kind[pair.kind].add(pair)
        if pair.jaccard >= 0.7:
            over.add(pair)
    return by_band, by_kind, over
