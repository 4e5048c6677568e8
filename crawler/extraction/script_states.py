"""The data that script-built pages carry: Next, Nuxt, Angular, Redux, Inertia, SvelteKit and the like. Nothing is run.

Each framework writes the state that its scripts start from into the page: JSON, or JavaScript literals.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawler.extraction.script_literals import NotLiteralError, read_function, read_literal

LONGEST_SCRIPT = 3_000_000
"""Characters."""
_SHORTEST_SCRIPT = 60
_MOST_FAILED = 40
_MOST_ATTRIBUTES = 50
# A variable or property, and what may begin a state: `window.a["b"] = {`, `const a = JSON.parse(`, `a.b = (function(`.
_ASSIGNED = re.compile(
    r"(?<![\w$.])[\w$]{1,60}(?:\.[\w$]{1,60}|\[[\"'][^\"'\[\]]{1,60}[\"']\]){0,4}\s{0,3}=(?!=)\s{0,3}"
    r"(?=[{\[]|\(\s{0,3}(?:function\b|\()|JSON\b|[\"'`](?:[{\[]|%7B|%5B))"
)
_PARSED = re.compile(r"JSON\s{0,3}\.\s{0,3}parse\(\s{0,3}(?:(decodeURIComponent|unescape|atob)\(\s{0,3})?(?=[\"'`])")
_PUSHED = re.compile(r"""__next_f\.push\(\s{0,3}\[\s{0,3}1\s{0,3},\s{0,3}(?=")""")
_ROW = re.compile(rb"([0-9a-f]{0,8}):")
_LONG_ROW = re.compile(rb"T([0-9a-f]{1,8}),")
_REFERENCE = re.compile(r"\$[L@]?([0-9a-f]{1,8})")
# Angular's transfer state before version 16.
_ANGULAR = (("&q;", '"'), ("&s;", "'"), ("&l;", "<"), ("&g;", ">"), ("&a;", "&"))
_WRAPPERS = frozenset({"Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "NuxtError"})

_decoder = json.JSONDecoder(strict=False)


def states_of(root: etree._Element) -> Iterator[Any]:
    """The values in the page's scripts and data attributes, in the order of the page. They may refer to themselves."""
    pushed: list[str] = []
    for script in root.iter("script"):
        source = (script.text or "").strip()
        kind = (script.get("type") or "").lower()
        if not _SHORTEST_SCRIPT <= len(source) <= LONGEST_SCRIPT or "ld+json" in kind:
            continue
        if "__next_f" in source:
            pushed += _strings(source)
        elif script.get("id") == "__NUXT_DATA__" or script.get("data-nuxt-data") is not None:
            yield from map(_linked_devalue, _json(source))
        elif source.startswith(("{", "[")):
            yield from _json(source)
        else:
            yield from _assigned(source)
    if pushed:
        yield from _flight("".join(pushed))
    yield from _in_attributes(root)


def _json(text: str) -> list[Any]:
    """The JSON value that begins the text; none when there is none, however it is escaped."""
    if "&q;" in text[:200]:
        for escape, character in _ANGULAR:
            text = text.replace(escape, character)
    elif "&quot;" in text[:200] and '"' not in text[:200]:
        text = html.unescape(text)
    try:
        return [_decoder.raw_decode(text)[0]]
    except (ValueError, RecursionError):
        return []


def _assigned(source: str) -> Iterator[Any]:
    """The values that a script assigns to variables: JSON, JSON in a string, a literal, a function's answer."""
    position = failed = 0
    while failed < _MOST_FAILED and (assigned := _ASSIGNED.search(source, position)):
        position = assigned.end()
        found = _value_at(source, position)
        if found is None:
            failed += 1
        else:
            value, position = found
            yield value


def _value_at(source: str, position: int) -> tuple[Any, int] | None:
    first = source[position : position + 1]
    if first in {"{", "["}:
        try:
            return _decoder.raw_decode(source, position)
        except (ValueError, RecursionError):
            pass
        try:
            return read_literal(source, position)
        except NotLiteralError:
            return None
    if (parsed := _PARSED.match(source, position)) or first in {'"', "'"}:
        return _json_in_string(source, parsed.end() if parsed else position, parsed[1] if parsed else None)
    try:
        return read_function(source, position), len(source)
    except NotLiteralError:
        return None


def _json_in_string(source: str, position: int, coding: str | None) -> tuple[Any, int] | None:
    """JSON within a JavaScript string; base64 is left, since no newsroom was seen to write its text so."""
    try:
        text, end = read_literal(source, position)
    except NotLiteralError:
        return None
    if not isinstance(text, str) or coding == "atob":
        return None
    if coding or text.startswith(("%7B", "%5B")):
        from urllib.parse import unquote

        text = unquote(text)
    values = _json(text) if text.startswith(("{", "[")) else []
    return (values[0], end) if values else None


def _strings(source: str) -> Iterator[str]:
    """The strings that Next's app router pushes; one string may end in the middle of a value."""
    for pushed in _PUSHED.finditer(source):
        try:
            chunk, _ = _decoder.raw_decode(source, pushed.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(chunk, str):
            yield chunk


def _flight(text: str) -> list[Any]:
    """What React server components send: rows of an id, a colon and JSON, or a text of so many bytes.

    References between rows ("$1a") are followed.
    """
    data = text.encode("utf-8", "replace")
    rows: dict[str, Any] = {}
    position = 0
    while row := _ROW.match(data, position):
        name, position = row[1].decode(), row.end()
        if long := _LONG_ROW.match(data, position):
            end = long.end() + int(long[1], 16)
            rows[name] = data[long.end() : end].decode("utf-8", "replace")
            position = end
            continue
        end = data.find(b"\n", position)
        end = len(data) if end < 0 else end
        line = data[position:end].decode("utf-8", "replace")
        if line.startswith(("{", "[", '"')) and (values := _json(line)):
            rows[name] = values[0]
        position = end + 1
    for value in list(rows.values()):
        _link(value, rows)
    return list(rows.values())


def _link(value: Any, rows: dict[str, Any]) -> None:
    """Put rows in the place of references to them; each container is looked at once."""
    stack = [value]
    while stack:
        container = stack.pop()
        if not isinstance(container, dict | list):
            continue
        places: Any = list(container) if isinstance(container, dict) else range(len(container))
        for place in places:
            inner = container[place]
            if isinstance(inner, dict | list):
                stack.append(inner)
            elif isinstance(inner, str) and (reference := _REFERENCE.fullmatch(inner)) and reference[1] in rows:
                container[place] = rows[reference[1]]


def _linked_devalue(flat: Any) -> Any:
    """Nuxt 3's payload: one list of values in which every value inside another is its number in the list."""
    if not isinstance(flat, list) or not flat:
        return flat
    shells: list[Any] = [
        {} if isinstance(value, dict) else [] if isinstance(value, list) else value for value in flat
    ]  # fmt: skip

    def at(number: Any) -> Any:
        return shells[number] if isinstance(number, int) and 0 <= number < len(shells) else None

    for value, shell in zip(flat, shells, strict=True):
        if isinstance(value, dict):
            shell.update({name: at(number) for name, number in value.items()})
        elif isinstance(value, list) and value and isinstance(value[0], str):
            # ["Reactive", 5], ["Date", "2021-03-14"]: the rest is what the wrapper holds.
            shell.extend(at(inner) if value[0] in _WRAPPERS | {"Set"} else inner for inner in value[1:])
        elif isinstance(value, list):
            shell.extend(map(at, value))
    return shells[0]


def _in_attributes(root: etree._Element) -> Iterator[Any]:
    """JSON in data attributes: Inertia's data-page, properties of Vue and React islands."""
    found = 0
    for element in root.iter(etree.Element):
        for value in element.attrib.values():
            text = str(value).lstrip()
            if len(text) > 2 * _SHORTEST_SCRIPT and text.startswith(("{", "[")):
                yield from _json(text)
                found += 1
        if found >= _MOST_ATTRIBUTES:
            return
