"""Lines of text out of an outline, in reading order: paragraphs, sub-headings, list items, verses, bare text between breaks."""

from dataclasses import dataclass

from lxml import etree

from crawler.extraction.outline import HEADINGS, INLINE, SKIPPED, Outline, squeeze

_BREAKING = frozenset({"iframe", "video", "audio", "object", "embed", "map", "template", "canvas", "dialog"})
"""Elements without text of their own that stand between paragraphs."""


MOST_LINES = 4_000
"""Lines of a page that are read. The longest article seen has some three hundred."""


@dataclass(slots=True)
class Line:
    """One line of text as a reader sees it."""

    text: str
    owner: int
    """Index of the innermost block element that it stands in."""
    kind: str
    """Tag of that element."""
    linked: int
    """Characters inside links."""
    soft: bool
    """A single line break parts it from the line before, as verses are; else a paragraph's end does."""
    strong: bool
    """All of it is bold."""

    @property
    def heading(self) -> bool:
        """Whether it stands in a heading element."""
        return self.kind in HEADINGS

    @property
    def link_share(self) -> float:
        """The share of its characters that are inside links, 0 to 1."""
        return min(1.0, self.linked / max(1, len(self.text)))


class _Writer:
    """Collects text until a boundary, then makes a line of it."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._linked = 0
        self._strong = 0
        self._characters = 0
        self._breaks = 0
        self._soft = False
        self.links = 0
        self.bold = 0

    def add(self, text: str | None, owner: int, kind: str) -> None:
        """Take text that stands in this block element."""
        if not text:
            return
        length = len(text.strip())
        if length and self._breaks:
            self.flush(owner, kind)
            self._soft = self._breaks == 1 and bool(self.lines)
            self._breaks = 0
        self._parts.append(text)
        self._characters += length
        if self.links:
            self._linked += length
        if self.bold:
            self._strong += length

    def line_break(self) -> None:
        """A br element."""
        self._breaks += 1

    def flush(self, owner: int, kind: str) -> None:
        """End the line."""
        text = squeeze("".join(self._parts))
        if text:
            strong = self._strong >= self._characters > 0
            self.lines.append(Line(text, owner, kind, self._linked, self._soft, strong))
            self._soft = False
        self._parts.clear()
        self._linked = self._strong = self._characters = 0

    def boundary(self, owner: int, kind: str) -> None:
        """A block element begins or ends."""
        self.flush(owner, kind)
        self._breaks = 0
        self._soft = False


def lines_of(page: Outline, tops: list[int], dropped: bytearray) -> list[Line]:
    """The lines inside these elements, which do not overlap, without what is inside dropped ones."""
    writer = _Writer()
    for top in tops:
        if not dropped[top]:
            _walk(page, top, dropped, writer)
    return writer.lines


def _walk(page: Outline, top: int, dropped: bytearray, writer: _Writer) -> None:
    tags, elements, ends = page.tags, page.elements, page.end
    open_: list[int] = []
    blocks: list[int] = [top]

    def enter(index: int) -> None:
        tag = tags[index]
        if tag == "br":
            writer.line_break()
        elif tag not in INLINE:
            writer.boundary(blocks[-1], tags[blocks[-1]])
            blocks.append(index)
        elif tag == "a":
            writer.links += 1
        elif tag in {"b", "strong"}:
            writer.bold += 1
        open_.append(index)
        writer.add(elements[index].text, blocks[-1], tags[blocks[-1]])
        _tails_of_skipped(elements[index][0] if len(elements[index]) else None)

    def leave(index: int) -> None:
        tag = tags[index]
        if tag != "br" and tag not in INLINE:
            writer.boundary(index, tag)
            blocks.pop()
        elif tag == "a":
            writer.links -= 1
        elif tag in {"b", "strong"}:
            writer.bold -= 1
        if index != top:
            after(index)

    def after(index: int) -> None:
        writer.add(elements[index].tail, blocks[-1], tags[blocks[-1]])
        _tails_of_skipped(elements[index].getnext())

    def _tails_of_skipped(element: etree._Element | None) -> None:
        while element is not None and element.tag in SKIPPED:
            if element.tag in _BREAKING:
                writer.boundary(blocks[-1], tags[blocks[-1]])
            writer.add(element.tail, blocks[-1], tags[blocks[-1]])
            element = element.getnext()

    index = top
    while index < ends[top] and len(writer.lines) < MOST_LINES:
        while open_ and index >= ends[open_[-1]]:
            leave(open_.pop())
        if dropped[index]:
            if tags[index] not in INLINE:
                writer.boundary(blocks[-1], tags[blocks[-1]])
            after(index)
            index = ends[index]
            continue
        enter(index)
        index += 1
    while open_:
        leave(open_.pop())
    writer.boundary(top, tags[top])
