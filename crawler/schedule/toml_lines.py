"""On which line of a TOML file a key stands, as `tomllib` does not tell."""

import tomllib
from typing import Any

Path = tuple[str, ...]


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, on which each key and table of a valid TOML text is named first.

    A statement of a valid file is valid alone, and an unfinished one is not: so statements are told apart by trying.
    """
    lines: dict[Path, int] = {}
    table: Path = ()
    statement, begin = "", 1
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        statement += line
        try:
            parsed = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        head = statement.lstrip()
        if head.startswith("["):
            table = _named(parsed)
            lines.setdefault(table, begin)
        else:
            _note(parsed, table, begin, lines)
        statement, begin = "", number + 1
    return lines


def _named(header: dict[str, Any]) -> Path:
    """The table that a header names."""
    path: list[str] = []
    inner: Any = header
    while isinstance(inner, dict) and inner:
        key, inner = next(iter(inner.items()))
        path.append(key)
        if isinstance(inner, list):
            inner = inner[0]
    return tuple(path)


def _note(values: dict[str, Any], table: Path, line: int, lines: dict[Path, int]) -> None:
    for key, value in values.items():
        lines.setdefault((*table, key), line)
        if isinstance(value, dict):
            _note(value, (*table, key), line, lines)
