"""What an article's versions changed, as a page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Literal

from crawler.arabic.letters import clean, words
from crawler.differences import Block, compare, compare_words, excerpt
from crawler.edits import TEXTS
from crawler.room.sites import Sites
from crawler.store.history import Version

Document = dict[str, Any]
Piece = tuple[Literal["kept", "added", "removed", "skipped"], Any]
"""A kind and a text; of `skipped`, how many paragraphs."""

SHOWN = 20
"""Changes, the newest."""
LONGEST = 60_000
"""Characters of a body that is compared: more would keep other readers waiting."""


@dataclass(frozen=True, slots=True)
class Field:
    """What changed in a text."""

    name: str
    lines: list[list[Piece]]


@dataclass(frozen=True, slots=True)
class Swap:
    """A field of which one value took another's place: texts, or instants in the site's zone."""

    name: str
    before: str | datetime | None
    after: str | datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """From one version to the next."""

    old: int
    new: int
    at: datetime | None
    """When the newer one was first read."""
    fields: list[Field]
    swaps: list[Swap]
    added: int
    removed: int
    """Words."""
    is_too_long: bool


def changes(versions: Sequence[Version], sites: Sites, site: str | None) -> list[Change]:
    """What each version changed, the newest first and at most `SHOWN`.

    Args:
        versions: of one article, the oldest first.
        sites: the catalogue.
        site: in whose zone times are shown.
    """
    numbered = list(enumerate(pairwise(versions), start=1))[-SHOWN:]
    return [_change(number, old, new, sites, site) for number, (old, new) in reversed(numbered)]


def _change(number: int, old: Version, new: Version, sites: Sites, site: str | None) -> Change:
    fields, swaps, is_too_long = [], [], False
    for name in old.changes(new):
        before, after = old.fields.get(name), new.fields.get(name)
        if name not in TEXTS:
            swaps.append(Swap(name, _shown(before, sites, site), _shown(after, sites, site)))
        elif max(len(before or ""), len(after or "")) > LONGEST:
            is_too_long = True
        else:
            fields.append(Field(name, _lines(name, clean(before or ""), clean(after or ""))))
    pieces = [piece for one in fields for line in one.lines for piece in line]
    return Change(
        old=number,
        new=number + 1,
        at=sites.in_zone(new.first_seen or new.last_seen, site),
        fields=fields,
        swaps=swaps,
        added=_words(pieces, "added"),
        removed=_words(pieces, "removed"),
        is_too_long=is_too_long,
    )


def _lines(name: str, before: str, after: str) -> list[list[Piece]]:
    if name != "body":
        return [[(span.kind, span.text) for span in compare_words(before, after)]]
    return [_line(block) for block in excerpt(compare(before, after))]


def _line(block: Block | int) -> list[Piece]:
    return [("skipped", block)] if isinstance(block, int) else [(span.kind, span.text) for span in block.spans]


def _shown(value: Any, sites: Sites, site: str | None) -> str | datetime | None:
    if isinstance(value, datetime):
        return sites.in_zone(value, site)
    text = "، ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return clean(text).replace("\n", " ") or None


def _words(pieces: Sequence[Piece], kind: str) -> int:
    return sum(len(words(text)) for of, text in pieces if of == kind)
