"""Tables for people, with Arabic that reads right to left whatever the terminal does."""

import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.containers import Lines
from rich.table import Table
from rich.text import Text

_RIGHT_TO_LEFT_ISOLATE, _POP_ISOLATE = "\u2067", "\u2069"
_ARABIC = re.compile("[\u0621-\u064a]")
_PIPE_WIDTH = 160  # columns, when the output is not a terminal that has a width


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
    return Text(line.plain.replace(text, isolate(text), 1) if text else line.plain)


def one_line(text: str | None, length: int) -> str:
    """The text on one line of at most `length` characters, an ellipsis where it was cut."""
    line = " ".join((text or "").split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, arabic: Sequence[str] = (), numbers: Sequence[str] = ()
) -> None:
    """Print a table on standard output; None is an empty cell.

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
        cells = ("" if value is None else str(value) for value in row)
        table.add_row(
            *(
                _RightToLeft(cell) if name in arabic and _ARABIC.search(cell) else Text(cell)
                for name, cell in zip(columns, cells, strict=True)
            )
        )
    console.print(table, markup=False)
