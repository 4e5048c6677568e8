"""What an article's versions changed, as a page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Literal

from crawler.arabic.letters import clean, words
from crawler.differences import Block, Span, compare, compare_words, excerpt
from crawler.room.sites import Sites

Document = dict[str, Any]
Piece = tuple[Literal["kept", "added", "removed", "skipped"], Any]
"""A kind and a text; of `skipped`, how many paragraphs."""

LONGEST = 60_000
"""Characters of a body that is compared: more would keep other readers waiting."""


@dataclass(frozen=True, slots=True)
class Field:
    """What changed in one field."""

    name: str
    lines: list[list[Piece]]


@dataclass(frozen=True, slots=True)
class Change:
    """From one version to the next."""

    old: int
    new: int
    at: datetime | None
    """When the newer one was read."""
    fields: list[Field]
    added: int
    removed: int
    """Words."""
    is_too_long: bool


def changes(document: Document, revisions: Sequence[Document], sites: Sites) -> list[Change]:
    """What each version changed, the newest first.

    Args:
        document: the article.
        revisions: its earlier versions, the newest first, without gaps.
        sites: in whose zones times are shown.
    """
    versions = [document, *revisions]
    return [_change(old, new, sites, document.get("site")) for new, old in pairwise(versions)]


def _change(old: Document, new: Document, sites: Sites, site: str | None) -> Change:
    fields = []
    is_too_long = max(len(str(one.get("body") or "")) for one in (old, new)) > LONGEST
    for name in ("kicker", "title", "summary"):
        before, after = (clean(str(one.get(name) or "")) for one in (old, new))
        if before != after:
            fields.append(Field(name, [[(span.kind, span.text) for span in compare_words(before, after)]]))
    if not is_too_long:
        before, after = (clean(str(one.get("body") or "")) for one in (old, new))
        if before != after:
            fields.append(Field("body", [_line(block) for block in excerpt(compare(before, after))]))
    pieces = [piece for one in fields for line in one.lines for piece in line]
    return Change(
        old=old["number"],
        new=new["number"],
        at=sites.in_zone(new.get("fetched_at"), site),
        fields=fields,
        added=_words(pieces, "added"),
        removed=_words(pieces, "removed"),
        is_too_long=is_too_long,
    )


def _line(block: Block | int) -> list[Piece]:
    if isinstance(block, int):
        return [("skipped", block)]
    return [_piece(span) for span in block.spans]


def _piece(span: Span) -> Piece:
    return span.kind, span.text


def _words(pieces: Sequence[Piece], kind: str) -> int:
    return sum(len(words(text)) for of, text in pieces if of == kind)
