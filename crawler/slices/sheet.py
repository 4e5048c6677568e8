"""CSV that opens right in a spreadsheet: UTF-8 with a byte order mark, CRLF, text that stays text."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from crawler.store.fields import Column, plain_value

Document = dict[str, Any]

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's old code page."""
BETWEEN = "; "
"""Between the texts of a list."""
CELL = 32_767
"""Characters that a cell of Excel holds."""

# What a spreadsheet would run as a formula (OWASP, CSV injection), full-width forms too. An apostrophe before it makes
# it text; a text that begins with apostrophes and then such a sign gets one more, so that taking one off is enough.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_GUARDED = re.compile(r"''*[=+\-@\t\r＝＋－＠]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def guard(text: str) -> str:
    """The text as a cell that no spreadsheet runs; control characters, which CSV cannot hold, are U+FFFD."""
    text = _CONTROL.sub("\ufffd", text)
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(cell: str) -> str:
    """The text that was guarded, but for control characters."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _cell(column: Column, document: Document) -> object:
    value = plain_value(column, document)
    if isinstance(value, list):
        return guard(BETWEEN.join(value))
    return guard(value) if isinstance(value, str) else value


class SheetRows:
    """Turns documents into CSV.

    Args:
        columns: of the sheet.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.long_cells = 0
        """Rows with a text longer than a cell of Excel holds."""

    def header(self) -> str:
        """The first line, after the byte order mark."""
        return BYTE_ORDER_MARK + self._written([[column.name for column in self.columns]])

    def rows(self, documents: Iterable[Document]) -> str:
        """Lines, one an article; a body's own line ends stay within its quotes."""
        rows = [[_cell(column, document) for column in self.columns] for document in documents]
        self.long_cells += sum(any(isinstance(cell, str) and len(cell) > CELL for cell in row) for row in rows)
        return self._written(rows)

    @staticmethod
    def _written(rows: Iterable[Iterable[object]]) -> str:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        return text.getvalue()
