"""Lines of text out of an outline, in reading order: paragraphs, sub-headings, list items, verses, bare text."""

from dataclasses import dataclass

from lxml import etree

from crawler.extraction.outline import HEADINGS, INLINE, SKIPPED, Outline, squeeze

_BREAKING = frozenset({"iframe", "video", "audio", "object", "embed", "map", "template", "canvas", "dialog"})
"""Elements without text of their own that stand between paragraphs."""


MOST_LINES = 4_000
"""Lines of a page that are read. The longest article seen has some three hundred."""


CELL = "cell"
"""What the lines of a table of data (prices, results) have for the tag of their element."""
_LONGEST_CELL, _LEAST_ROWS, _LEAST_CELLS, _LARGEST_TABLE = 90, 3, 6, 1_500


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
            _Walk(page, top, dropped, writer).run()
    return writer.lines


class _Walk:
    """One pass over an element's descendants in document order, without recursion: pages nest thousands deep."""

    def __init__(self, page: Outline, top: int, dropped: bytearray, writer: _Writer) -> None:
        self._page = page
        self._top = top
        self._dropped = dropped
        self._writer = writer
        self._open: list[int] = []
        self._blocks = [top]
        self._data_end = 0  # the index after the table of data that the walk is in

    def run(self) -> None:
        """Write the lines."""
        page, end, index = self._page, self._page.end[self._top], self._top
        while index < end and len(self._writer.lines) < MOST_LINES:
            while self._open and index >= page.end[self._open[-1]]:
                self._leave(self._open.pop())
            if self._dropped[index]:
                if page.tags[index] not in INLINE:
                    self._boundary()
                self._after(index)
                index = page.end[index]
            else:
                self._enter(index)
                index += 1
        while self._open:
            self._leave(self._open.pop())
        self._writer.boundary(self._top, page.tags[self._top])

    def _enter(self, index: int) -> None:
        tag, element = self._page.tags[index], self._page.elements[index]
        if tag == "br":
            self._writer.line_break()
        elif tag not in INLINE:
            self._boundary()
            if tag == "table" and _holds_data(self._page, index):
                self._data_end = self._page.end[index]
            self._blocks.append(index)
        else:
            self._style(tag, +1)
        self._open.append(index)
        self._add(element.text)
        self._tails_of_skipped(element[0] if len(element) else None)

    def _leave(self, index: int) -> None:
        tag = self._page.tags[index]
        if tag != "br" and tag not in INLINE:
            self._boundary()
            self._blocks.pop()
        else:
            self._style(tag, -1)
        if index != self._top:
            self._after(index)

    def _style(self, tag: str, step: int) -> None:
        if tag == "a":
            self._writer.links += step
        elif tag in {"b", "strong"}:
            self._writer.bold += step

    def _after(self, index: int) -> None:
        element = self._page.elements[index]
        self._add(element.tail)
        self._tails_of_skipped(element.getnext())

    def _tails_of_skipped(self, element: etree._Element | None) -> None:
        while element is not None and element.tag in SKIPPED:
            if element.tag in _BREAKING:
                self._boundary()
            self._add(element.tail)
            element = element.getnext()

    def _add(self, text: str | None) -> None:
        self._writer.add(text, self._blocks[-1], self._kind())

    def _boundary(self) -> None:
        self._writer.boundary(self._blocks[-1], self._kind())

    def _kind(self) -> str:
        block = self._blocks[-1]
        return CELL if block < self._data_end else self._page.tags[block]


def _holds_data(page: Outline, table: int) -> bool:
    """Whether a table lists data: rows of short cells without pictures. Old pages are laid out by the other tables."""
    inside = range(table + 1, page.end[table])
    if len(inside) > _LARGEST_TABLE or page.linked[table] > page.text[table] / 3:
        return False
    rows = cells = 0
    for index in inside:
        tag = page.tags[index]
        if tag in {"table", "img"} or (tag in {"td", "th"} and page.text[index] > _LONGEST_CELL):
            return False
        rows += tag == "tr"
        cells += tag in {"td", "th"} and page.text[index] > 0
    return rows >= _LEAST_ROWS and cells >= _LEAST_CELLS and cells >= 2 * rows - 2
