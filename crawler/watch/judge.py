"""From verdicts to alarms: which are raised, which go on, which are over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from crawler.watch.checks import check_all
from crawler.watch.history import History, Run
from crawler.watch.verdicts import CONFIRMED, Verdict, unexplained

_LONE_RUN = timedelta(hours=20)
"""Where runs are so far apart, one of them is enough for an alarm."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a run says of its site."""

    findings: tuple[str, ...]
    """Checks that found something, whether it raises an alarm or not: the run's record keeps them."""
    wrong: tuple[Verdict, ...]
    """What is to be told: alarms to raise, or that go on."""
    well: tuple[str, ...]
    """Checks whose open alarm is over."""


def judge(run: Run, history: History, open_alarms: Mapping[str, Any]) -> Judgement:
    """Judge a run.

    Args:
        run: an ordinary run, which ended.
        history: the site's ordinary runs before it.
        open_alarms: of each open alarm, by its check, what the site was compared with when it was raised.
    """
    verdicts = check_all(run, history, open_alarms)
    bad = {verdict.check for verdict in verdicts if verdict.state == "bad"}
    own = unexplained(bad, set(open_alarms))
    before = history.runs[0].findings if history.runs else frozenset[str]()
    gap = history.usual_gap(run)
    is_lone = gap is not None and gap >= _LONE_RUN

    def is_certain(check: str) -> bool:
        return check not in CONFIRMED or is_lone or check in before or check in open_alarms

    return Judgement(
        findings=tuple(sorted(bad)),
        wrong=tuple(verdict for verdict in verdicts if verdict.check in own and is_certain(verdict.check)),
        well=tuple(verdict.check for verdict in verdicts if verdict.state == "good" and verdict.check in open_alarms),
    )
