"""Tables for people, with Arabic that reads right to left whatever the terminal does."""

import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from rich.console import Console
from rich.containers import Lines
from rich.table import Table
from rich.text import Text

from crawler.differences import Block, Span, excerpt

_RIGHT_TO_LEFT_ISOLATE, _POP_ISOLATE = "\u2067", "\u2069"
_ARABIC = re.compile("[\u0621-\u064a]")
_PIPE_WIDTH = 160  # columns, when the output is not a terminal that has a width
_PROSE_WIDTH = 100  # columns; longer lines of text are hard to read
# As git and wdiff mark words where colours cannot.
_MARKS = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_STYLES = {"kept": "", "removed": "red strike", "added": "green underline"}
_NEAR = 15  # words of a kept run that are shown on the side of a change


def isolate(text: str) -> str:
    """The text between Unicode isolates (UAX #9), so that its direction cannot reorder the cells beside it."""
    return f"{_RIGHT_TO_LEFT_ISOLATE}{text}{_POP_ISOLATE}"


class _RightToLeft(Text):
    """A cell whose lines are isolated each for itself: an isolate ends with its line (UAX #9, P1)."""

    def wrap(self, *arguments: Any, **options: Any) -> Lines:
        """Rich's lines; their padding stays outside the isolate, or it would stand on the other side."""
        return Lines(map(_isolate_padded, super().wrap(*arguments, **options)))


def _isolate_padded(line: Text) -> Text:
    text = line.plain.strip()
    if not text:
        return Text(line.plain)
    start = line.plain.index(text)
    end = start + len(text)
    return Text.assemble(line[:start], _RIGHT_TO_LEFT_ISOLATE, line[start:end], _POP_ISOLATE, line[end:])


def marked(pieces: Iterable[tuple[str, bool]]) -> Text:
    """A cell of pieces, those that are marked bold on a terminal and *between stars* elsewhere."""
    bold = sys.stdout.isatty()
    return Text.assemble(
        *(
            (text, "bold yellow") if is_marked and bold else f"*{text}*" if is_marked else text
            for text, is_marked in pieces
        )
    )


def one_line(text: str | None, length: int) -> str:
    """The text on one line of at most `length` characters, an ellipsis where it was cut."""
    line = " ".join((text or "").split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def readable(address: str, length: int) -> str:
    """The address on at most `length` characters, its Arabic as letters and not as percent signs."""
    decoded = unquote(address)
    return one_line(address if "\ufffd" in decoded else decoded, length)  # an old site's windows-1256 stays


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, arabic: Sequence[str] = (), numbers: Sequence[str] = ()
) -> None:
    """Print a table on standard output; None is an empty cell, a Text stays as it is styled.

    Args:
        columns: headings.
        rows: one value a column.
        arabic: headings of columns whose text runs right to left; aligned right, what is Arabic in them isolated.
        numbers: headings of columns aligned right.
    """
    console = Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH, highlight=False)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        right = column in arabic or column in numbers
        table.add_column(column, justify="right" if right else "left", overflow="fold", no_wrap=not right)
    for row in rows:
        cells = (value if isinstance(value, Text) else Text("" if value is None else str(value)) for value in row)
        table.add_row(
            *(
                _RightToLeft(cell.plain, spans=cell.spans) if name in arabic and _ARABIC.search(cell.plain) else cell
                for name, cell in zip(columns, cells, strict=True)
            )
        )
    console.print(table, markup=False)


def print_difference(blocks: Sequence[Block], *, context: int = 1) -> None:
    """Print what changed, right to left: in colours on a terminal that has them, else as [-removed-] and {+added+}.

    Args:
        blocks: from `crawler.differences.compare`.
        context: kept paragraphs that are shown before and after one that differs; of a long one only what is near.
    """
    console = Console(width=None if sys.stdout.isatty() else _PROSE_WIDTH, highlight=False)
    width = min(console.width, _PROSE_WIDTH)
    coloured = console.color_system is not None and not console.no_color
    for part in excerpt(blocks, context):
        if isinstance(part, int):
            console.print(Text(f"({part} paragraph{'' if part == 1 else 's'} unchanged)", "dim"))
        else:
            text = Text.assemble(*(_marked(span, coloured=coloured) for span in _near_changes(part)))
            for line in text.wrap(console, width - 1):
                console.print(_right_aligned(line, width), soft_wrap=True)
        console.print()


def _marked(span: Span, *, coloured: bool) -> tuple[str, str]:
    opening, closing = ("", "") if coloured else _MARKS[span.kind]
    # The white space before a word is part of the change, and outside the marks easier to read.
    text = span.text.lstrip()
    space = span.text[: len(span.text) - len(text)] if text else ""
    return f"{space}{opening}{text or span.text}{closing}", _STYLES[span.kind]


def _near_changes(block: Block) -> list[Span]:
    """The paragraph's spans, with an ellipsis for what is far from every change."""
    last = len(block.spans) - 1
    return [
        Span("kept", _ends(span.text, start=i > 0, end=i < last)) if span.kind == "kept" else span
        for i, span in enumerate(block.spans)
    ]


def _ends(text: str, *, start: bool, end: bool) -> str:
    """The words at the ends that face a change; those of a whole paragraph are its first."""
    words = re.findall(r"\s*\S+\s*", text)
    if len(words) <= 2 * _NEAR + 5:
        return text
    head = "".join(words[:_NEAR]) if start or not end else ""
    return f"{head.rstrip()} … {''.join(words[-_NEAR:]).lstrip()}" if end else f"{head.rstrip()} …"


def _right_aligned(line: Text, width: int) -> Text:
    line.rstrip()
    return Text.assemble(" " * (width - line.cell_len), _RIGHT_TO_LEFT_ISOLATE, line, _POP_ISOLATE)
