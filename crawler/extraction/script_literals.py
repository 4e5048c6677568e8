"""Values written as JavaScript in a script: object literals that are no JSON, and Nuxt's function that returns one."""

import re
from dataclasses import dataclass
from typing import Any

_DEEPEST = 100
_SPACE = re.compile(r"(?:\s|//[^\n]*\n|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*")
_STRING = re.compile(
    r'"([^"\\]*(?:\\.[^"\\]*)*)"' r"|'([^'\\]*(?:\\.[^'\\]*)*)'" r"|`([^`\\]*(?:\\.[^`\\]*)*)`", re.DOTALL
)
_NUMBER = re.compile(r"[-+]?(?:0x[0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None, "Infinity": None}
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}
_FUNCTION = re.compile(r"\(?\s*(?:function\s*)?\(([\w$\s,]{0,20000})\)\s*(?:=>\s*)?\{\s*")
_RETURN = re.compile(r"return\s*(?=[{\[(])")
_TARGET = re.compile(r"([A-Za-z_$][\w$]*)((?:\.[A-Za-z_$][\w$]*|\[\d+\]|\[\"[^\"\\]*\"\])+)\s*=(?!=)\s*")
_STEP = re.compile(r"\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\[\"([^\"\\]*)\"\]")


class NotLiteralError(ValueError):
    """The script holds no literal here, or one that is nested too deeply."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A parameter of Nuxt's function; its argument stands after the body."""

    name: str


def read_literal(text: str, start: int = 0) -> tuple[Any, int]:
    """The JavaScript literal at `start`, and where it ends. Nothing is run: calls and unknown names give None.

    Raises:
        NotLiteralError: when there is none.
    """
    value, end = _Reader(text).value(_skip(text, start), 0)
    return _resolved(value, {}), end


def read_function(text: str, start: int = 0) -> Any:
    """What `(function(a, b) {return {...}}(1, 2))` answers, by its literals; assignments before `return` are followed.

    Raises:
        NotLiteralError: when no such function stands at `start`.
    """
    function = _FUNCTION.match(text, start)
    if function is None:
        raise NotLiteralError("no function")
    names = [name.strip() for name in function[1].split(",")]
    reader = _Reader(text)
    position = function.end()
    assigned: list[tuple[str, str, Any]] = []
    while target := _TARGET.match(text, position):
        value, position = reader.value(_skip(text, target.end()), 0)
        assigned.append((target[1], target[2], value))
        position = _skip(text, position)
        position = _skip(text, position + 1) if text[position : position + 1] in {";", ","} else position
    returned = _RETURN.match(text, position)
    if returned is None:
        raise NotLiteralError("nothing is returned")
    value, position = reader.value(returned.end(), 0)
    opening = re.compile(r"[\s;})]{0,9}\(").match(text, position)
    arguments = reader.sequence(opening.end(), ")", 0)[0] if opening else []
    known = dict(zip(names, arguments, strict=False))
    for name, path, given in assigned:
        _assign(known.get(name), path, _resolved(given, known))
    return _resolved(value, known)


def unescape(text: str) -> str:
    r"""The text of a JavaScript string between its quotes: \n, \u0627, \x27 and the like read."""
    if "\\" not in text:
        return text
    read = _ESCAPE.sub(_character, text)
    # Two escapes that make one character beyond the first plane.
    return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code:
        return chr(min(int(code, 16), 0x10FFFF))
    return _CONTROL.get(escape[4], escape[4])


def _skip(text: str, position: int) -> int:
    space = _SPACE.match(text, position)
    return space.end() if space else position


class _Reader:
    """One script's text; each method answers the value at a position and the position after it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def value(self, position: int, depth: int) -> tuple[Any, int]:
        if depth > _DEEPEST:
            raise NotLiteralError("nested too deeply")
        text = self.text
        first = text[position : position + 1]
        if first == "{":
            return self._object(position + 1, depth + 1)
        if first == "[":
            return self.sequence(position + 1, "]", depth + 1)
        if first in {"(", "!"}:
            value, end = self.value(_skip(text, position + 1), depth + 1)
            return (not value, end) if first == "!" else (value, self._past(")", end))
        if string := _STRING.match(text, position):
            return unescape(string[string.lastindex or 0]), string.end()
        if number := _NUMBER.match(text, position):
            return _number(number[0]), number.end()
        return self._named(position, depth)

    def _named(self, position: int, depth: int) -> tuple[Any, int]:
        name = _NAME.match(self.text, position)
        if name is None:
            raise NotLiteralError(f"no literal at {position}")
        word, end = name[0], name.end()
        if word in {"new", "void"}:
            value, end = self.value(_skip(self.text, end), depth + 1)
            return (None if word == "void" else value), end
        while dotted := re.compile(r"\.[A-Za-z_$][\w$]*").match(self.text, end):
            word, end = f"{word}{dotted[0]}", dotted.end()
        if self.text[end : end + 1] == "(":
            arguments, end = self.sequence(end + 1, ")", depth + 1)
            return (arguments[0] if arguments and word in {"Date", "Map", "Set", "Object.freeze"} else None), end
        return (_WORDS[word] if word in _WORDS else _Name(word)), end

    def sequence(self, position: int, closing: str, depth: int) -> tuple[list[Any], int]:
        """Values parted by commas, up to the closing mark."""
        values: list[Any] = []
        position = _skip(self.text, position)
        while self.text[position : position + 1] != closing:
            if self.text[position : position + 1] == ",":  # a hole: [1,,2]
                values.append(None)
                position = _skip(self.text, position + 1)
                continue
            value, position = self.value(position, depth + 1)
            values.append(value)
            position = self._next(position, closing)
        return values, position + 1

    def _object(self, position: int, depth: int) -> tuple[dict[str, Any], int]:
        values: dict[str, Any] = {}
        position = _skip(self.text, position)
        while self.text[position : position + 1] != "}":
            key = _STRING.match(self.text, position) or _NAME.match(self.text, position)
            key = key or _NUMBER.match(self.text, position)
            if key is None:
                raise NotLiteralError(f"no key at {position}")
            name = unescape(key[key.lastindex]) if key.lastindex else key[0]
            after = _skip(self.text, key.end())
            if self.text[after : after + 1] in {",", "}"}:  # {a, b}
                values[name], position = _Name(name), after
            else:
                values[name], position = self.value(_skip(self.text, self._past(":", key.end())), depth + 1)
            position = self._next(position, "}")
        return values, position + 1

    def _next(self, position: int, closing: str) -> int:
        """Where the next value begins, or the closing mark."""
        position = _skip(self.text, position)
        if self.text[position : position + 1] == ",":
            return _skip(self.text, position + 1)
        if self.text[position : position + 1] != closing:
            raise NotLiteralError(f"neither a comma nor {closing} at {position}")
        return position

    def _past(self, mark: str, position: int) -> int:
        position = _skip(self.text, position)
        if self.text[position : position + 1] != mark:
            raise NotLiteralError(f"no {mark} at {position}")
        return position + 1


def _number(text: str) -> float | int:
    try:
        return int(text, 16 if "x" in text else 10)
    except ValueError:
        return float(text)


def _resolved(value: Any, known: dict[str, Any]) -> Any:
    """The value with arguments in the place of parameters; a name without one is None."""
    if isinstance(value, _Name):
        return known.get(value.name)
    stack = [value]
    while stack:
        container = stack.pop()
        if not isinstance(container, dict | list):
            continue
        places: Any = list(container) if isinstance(container, dict) else range(len(container))
        for place in places:
            inner = container[place]
            if isinstance(inner, _Name):
                container[place] = known.get(inner.name)
            else:
                stack.append(inner)
    return value


def _assign(target: Any, path: str, value: Any) -> None:
    """Follow `a.b[0].c = value`; a path that leads nowhere is passed over."""
    steps = [name or quoted or int(index) for name, index, quoted in _STEP.findall(path)]
    try:
        for step in steps[:-1]:
            target = target[step]
        if isinstance(target, list) and isinstance(steps[-1], int) and steps[-1] == len(target):
            target.append(value)
        elif isinstance(target, dict | list):
            target[steps[-1]] = value
    except (LookupError, TypeError):
        return
