"""The check of fields: a site that changes its layout loses some."""

import math
from dataclasses import dataclass
from typing import Any

from crawler.watch.history import History, Run, pools, share
from crawler.watch.verdicts import Verdict

_COMMON = 0.3
"""Fields that fewer articles fill are not watched: chance alone empties them now and then."""
_CHANCE = 1e-5
"""How improbable a pool of articles must be, were things as before."""
_LEAST, _MOST = 10, 60
"""Articles in a pool."""
_CAUTION = 0.7
"""Share of what is usual that is still taken for usual: sections and hours differ."""


@dataclass(frozen=True, slots=True)
class _Field:
    """A field's figures: over the newest articles, and before."""

    filled: int
    articles: int
    usual: float
    has_fallen: bool

    @property
    def rate(self) -> float:
        return self.filled / self.articles


def check_fields(run: Run, history: History, usual: Any) -> Verdict:
    """A field that articles used to fill is missing in the newest: which, and how often it was there.

    A field is judged over as many of the newest articles as chance alone would not leave without it.
    """
    lost: dict[str, float] = dict(usual or {})
    fallen: dict[str, _Field] = {}
    is_good = bool(run.fields)
    for name in sorted({name for one in (run, *history.runs[:20]) for name in one.fields} | lost.keys()):
        judged = _judge(name, run, history, lost.get(name))
        if judged is not None and judged.has_fallen:
            fallen[name] = judged
        elif name in lost:
            is_good = is_good and judged is not None and judged.rate >= 0.6 * judged.usual
    if not fallen:
        return Verdict("fields", "good" if is_good else "unsure")
    said = ", ".join(
        f"{name} in {one.filled} of {one.articles} articles (usually {one.usual:.0%})" for name, one in fallen.items()
    )
    evidence = {
        name: {"filled": one.filled, "articles": one.articles, "usual": round(one.usual, 3)}
        for name, one in fallen.items()
    }
    kept = {name: one.usual for name, one in fallen.items()} | lost
    message = f"the page layout may have changed, fields are filled no more: {said}"
    return Verdict("fields", "bad", message, {"fields": evidence}, kept)


def _judge(name: str, run: Run, history: History, lost: float | None) -> _Field | None:
    """A field's figures; None where too few articles are known, or too few ever had it.

    Args:
        name: of the field.
        run: the newest run.
        history: the runs before.
        lost: how often it was filled before an alarm that is open.
    """

    def filled(one: Run) -> int:
        return one.fields.get(name, (0, 0))[0]

    def articles(one: Run) -> int:
        return sum(one.fields.get(name, (0, 0)))

    usual = lost if lost is not None else share(history.without("fields"), filled, articles)
    if usual < _COMMON:
        return None
    size = min(_MOST, max(_LEAST, math.ceil(math.log(_CHANCE) / math.log1p(-_CAUTION * usual))))
    pool = next(pools([run, *history.runs], articles, size), None)
    if pool is None:
        return None
    has, of = sum(map(filled, pool)), sum(map(articles, pool))
    if lost is not None:
        return _Field(has, of, lost, has_fallen=has / of <= lost / 2)
    taken = {one.id for one in pool}
    before = [one for one in history.without("fields") if one.id not in taken]
    usual = share(before, filled, articles)
    blocks = [share(block, filled, articles) for block in pools(before, articles, size)]
    if len(blocks) < 3 or usual < _COMMON:
        return None
    is_low = has / of <= usual / 3 and has / of < min(blocks) / 2
    return _Field(has, of, usual, has_fallen=is_low and _at_most(has, of, _CAUTION * usual) < _CHANCE)


def _at_most(count: int, tries: int, chance: float) -> float:
    """Probability of at most so many successes (binomial)."""
    return sum(math.comb(tries, i) * chance**i * (1 - chance) ** (tries - i) for i in range(count + 1))
