"""What a re-extraction found: counts, changed fields with an example of each, and what could not be read."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from crawler.display import one_line
from crawler.store.fields import shown_instant
from crawler.store.reextracted import Renewal

Document = dict[str, Any]

_NOTES = 1000
"""Addresses that a run's record names; all are counted."""
_DETAIL = 500
_BEFORE = 3
"""Words that are shown before the place where two texts part."""


@dataclass(slots=True)
class Tally:
    """Counted as they come; memory does not grow with them."""

    read: int = 0
    updated: int = 0
    unchanged: int = 0
    renewed: int = 0
    """A crawl, or somebody, changed them while their pages were read: they are as it left them."""
    failed: Counter[str] = field(default_factory=Counter)
    """By reason."""
    fields: Counter[str] = field(default_factory=Counter)
    examples: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """By field: address, before, after."""
    notes: list[Document] = field(default_factory=list)

    def take(self, one: Renewal, outcome: str | None = None) -> None:
        """Count one article.

        Args:
            one: what was read.
            outcome: what became of its writing: None, 'renewed', or why the server refused it.
        """
        self.read += 1
        if outcome == "renewed":
            self.renewed += 1
        elif outcome is not None:
            self._fail(one, "not_stored", outcome)
        elif one.reason is not None:
            self._fail(one, one.reason, one.detail)
        elif one.before:
            self.updated += 1
            self.fields.update(one.before.keys())
            for name in one.before.keys() - self.examples.keys():
                self.examples[name] = (one.stored["url"], *example(name, one))
        else:
            self.unchanged += 1

    def _fail(self, one: Renewal, reason: str, detail: str | None) -> None:
        self.failed[reason] += 1
        if len(self.notes) < _NOTES:
            told = detail[:_DETAIL] if detail else None
            note = {"address": one.stored["url"], "reason": f"failed/{reason}", "detail": told}
            self.notes.append(note | {"archived": one.stored.get("archived"), "at": datetime.now(UTC)})

    def counts(self) -> Document:
        """As runs keep them."""
        return {
            "fetched": self.read,
            "new": 0,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "duplicate": 0,
            "dropped": 0,
            "failed": self.failed.total(),
            "renewed": self.renewed,
            "updated_by_field": dict(self.fields),
            "failed_by_reason": dict(self.failed),
        }


def before_and_after(name: str, one: Renewal) -> tuple[Any, Any]:
    """A changed field's values as records show them: dates in the offset that the page gave."""
    before = one.stored | one.before
    return _shown(name, before), _shown(name, before | one.changes)


def _shown(name: str, values: Document) -> Any:
    value = values.get(name)
    if not isinstance(value, datetime):
        return value
    moment = shown_instant(value, values.get(f"{name.removesuffix('_at')}_utc_offset"))
    return moment.isoformat() if moment else None


def example(name: str, one: Renewal, length: int = 60) -> tuple[str, str]:
    """The field before and after on a line each, of texts the place where they part."""
    before, after = map(_text, before_and_after(name, one))
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    if same > length // 2:
        words = before[:same].rsplit(" ", _BEFORE + 1)
        start = len(words[0]) + 1 if len(words) > 1 else 0
        before, after = f"…{before[start:]}", f"…{after[start:]}"
    return one_line(before, length), one_line(after, length)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return " ".join(("، ".join(value) if isinstance(value, list) else str(value)).split())
