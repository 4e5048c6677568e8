"""Thirty small fictional newspapers that publish on a script: instants, fields, troubles. Deterministic by its seed.

The script is the same whether run records are made of it (`records.py`) or its papers are served over HTTP
(`kiosk.py`) and crawled.
"""

import math
import random
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta

TROUBLES = ("layout", "silent", "slow", "refusing")
ALARM_OF = {"layout": "fields", "silent": "few_new or stale", "slow": "slow", "refusing": "forbidden"}
HOUR = timedelta(hours=1)
FRIDAY = 4
_FIELDS = ("kicker", "authors", "read_count", "tags")


@dataclass(frozen=True, slots=True)
class Story:
    """One article of the script."""

    number: int
    published_at: datetime
    fields: frozenset[str]
    """Optional fields that its page shows while the layout is the old one."""
    is_broken: bool = False
    """Its page answers 404: papers link to such."""


@dataclass
class Paper:
    """One newspaper's script."""

    name: str
    seed: int
    begin: datetime
    end: datetime
    trouble: str | None = None
    trouble_at: datetime | None = None
    most: float = 120
    """Articles a day that the greatest paper prints."""
    stories: list[Story] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)  # noqa: S311 - fiction
        self.daily = math.exp(chance.uniform(math.log(6), math.log(self.most)))
        self.night = chance.choice([0.0, 0.05, 0.2])
        self.friday = chance.choice([0.25, 0.5, 1.0])
        self.zone = chance.choice([0, 1, 2, 3, 4])
        self.latency = math.exp(chance.uniform(math.log(0.05), math.log(1.0)))
        self.odds = {name: chance.choice([0.2, 0.6, 0.9, 1.0]) for name in _FIELDS} | {"published_at": 1.0}
        moment = self.begin
        while moment < self.end:
            pace = self.pace(moment)
            burst = 1 + (chance.random() < 0.05) * chance.randrange(6)  # an event: several at once
            for _ in range(_poisson(chance, pace / (1.125))):
                for _ in range(burst):
                    self._print(chance, moment + HOUR * chance.random())
            moment += HOUR
        self.stories.sort(key=lambda story: story.published_at)
        self.stories = [
            Story(number, story.published_at, story.fields, story.is_broken)
            for number, story in enumerate(self.stories, 1)
        ]
        self._moments = [story.published_at for story in self.stories]

    def pace(self, moment: datetime) -> float:
        """Articles that it prints in an hour, by its local hour and weekday."""
        local = moment + timedelta(hours=self.zone)
        by_day = max(self.night, math.sin(math.pi * (local.hour - 5) / 18)) if 5 <= local.hour <= 23 else self.night
        weekday = self.friday if local.weekday() == FRIDAY else 1.0
        return self.daily / 13 * by_day * weekday

    def _print(self, chance: random.Random, moment: datetime) -> None:
        if self.trouble == "silent" and self.trouble_at and moment >= self.trouble_at:
            return
        local_hour = (moment.hour + self.zone) % 24
        wires = 0.5 if local_hour < 7 else 1.0  # at night the wires fill it: no authors, no kickers
        shown = {name for name, odds in self.odds.items() if chance.random() < odds * (wires if odds < 1 else 1.0)}
        self.stories.append(Story(0, moment.replace(microsecond=0), frozenset(shown), chance.random() < 0.004))

    def is_troubled(self, trouble: str, now: datetime) -> bool:
        """Whether this trouble is on."""
        return self.trouble == trouble and self.trouble_at is not None and now >= self.trouble_at

    def between(self, since: datetime, until: datetime) -> list[Story]:
        """What it printed after `since`, until and at `until`."""
        return self.stories[bisect_right(self._moments, since) : bisect_right(self._moments, until)]

    def newest(self, now: datetime, count: int) -> list[Story]:
        """Its newest articles, newest first."""
        upto = bisect_right(self._moments, now)
        return self.stories[max(0, upto - count) : upto][::-1]

    def shows(self, story: Story, now: datetime) -> frozenset[str]:
        """The fields of an article's page at this moment: a new layout changes all pages, the old ones too."""
        return story.fields & {"published_at"} if self.is_troubled("layout", now) else story.fields


def press(seed: int, week: datetime, *, papers: int = 30, history: int = 4, most: float = 120) -> list[Paper]:
    """Newspapers with `history` weeks before the week, four of them in trouble from some moment of it.

    Args:
        seed: of everything.
        week: its beginning, aware.
        papers: how many.
        history: weeks before it.
        most: articles a day that the greatest prints.
    """
    chance = random.Random(seed)  # noqa: S311 - fiction
    begin, end = week - timedelta(weeks=history), week + timedelta(days=7)
    troubles = dict(zip(chance.sample(range(papers), len(TROUBLES)), TROUBLES, strict=True))
    result = []
    for i in range(papers):
        at = week + timedelta(days=chance.uniform(1.0, 3.0)) if i in troubles else None
        result.append(Paper(f"paper{i:02d}", seed * 1000 + i, begin, end, troubles.get(i), at, most))
    return result


def _poisson(chance: random.Random, mean: float) -> int:
    limit, count, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        product *= chance.random()
        count += 1
    return count
