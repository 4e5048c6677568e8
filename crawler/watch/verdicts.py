"""What a check answers."""

from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["bad", "good", "unsure"]

CAUSES = ("forbidden", "robots", "errors")
"""Checks of whether the site can be read at all: what else is found meanwhile follows from them."""
_FOLLOWS: dict[str, tuple[str, ...]] = {
    "none_found": CAUSES,
    "fields": CAUSES,
    "slow": CAUSES,
    "stale": (*CAUSES, "none_found"),
    "few_new": (*CAUSES, "none_found", "stale"),
}
CONFIRMED = frozenset({*CAUSES, "none_found", "slow"})
"""Checks of one run alone, whose alarm waits for the next run where runs are less than some hours apart."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check's answer for one run.

    `unsure` neither raises an alarm nor ends one: too little is known.
    """

    check: str
    state: State
    message: str = ""
    """One line for people: what is wrong, with its figures."""
    evidence: dict[str, Any] = field(default_factory=dict)
    """The figures, for programs."""
    usual: Any = None
    """What the site was compared with; an open alarm keeps it, so that a lasting trouble does not become the usual."""


def unexplained(bad: set[str], open_alarms: set[str]) -> set[str]:
    """Which findings are troubles of their own: one trouble raises one alarm, whatever follows from it.

    Args:
        bad: checks that found something in this run.
        open_alarms: checks whose alarm is open.
    """
    present = bad | open_alarms
    own = {check for check in bad if not present.intersection(_FOLLOWS.get(check, ()))}
    # A site that falls silent shows in both; whichever was first tells it.
    if "few_new" in open_alarms:
        own.discard("stale")
    return own
