"""The article's text where the mark-up has none: JSON-LD articleBody, and the state that script-built pages carry."""

import json
import re
from typing import Any

from lxml import etree

from crawler.arabic.letters import clean
from crawler.extraction.jsonld import Node, plain

_LONGEST_SCRIPT = 3_000_000
_MOST_VALUES = 60_000
_LEAST_TEXT = 150
_TEXT_KEYS = re.compile(
    r"(?i)body|content|text|html|article|story|details?|description|paragraph|fulltext|khabar|nass|value|data|rendered|blocks?"
)
_NO_TEXT_KEYS = re.compile(
    r"(?i)comment|footer|cookie|privacy|terms|about|disclaimer|related|caption|css|script|bio|translation|messages|locale|i18n"
)
_ARABIC = re.compile("[\u0621-\u064a]")
_STATE_START = re.compile(r"(?:window\.|self\.|var |let |const )?\s{0,3}[\w.$\[\]\"']{1,60}\s{0,3}=\s{0,3}(?=[{\[])")


def article_body(article: Node) -> str | None:
    """The text in the JSON-LD of the article, with its paragraphs, or None."""
    body = article.get("articleBody") or article.get("text")
    if isinstance(body, list):
        body = "\n\n".join(part for part in body if isinstance(part, str))
    if not isinstance(body, str) or len(body.strip()) < 40:
        return None
    return paragraphs(body) or None


def paragraphs(text: str) -> str:
    """Text or HTML as paragraphs joined by blank lines."""
    lines = (clean(" ".join(line.split())) for line in plain(text).splitlines())
    return "\n\n".join(line for line in lines if line)


def text_in_states(root: etree._Element, title: str) -> str | None:
    """The longest Arabic text among the values of the page's JSON states (Next, Nuxt, Redux and the like), or None."""
    best = ""
    for script in root.iter("script"):
        source = script.text
        if (
            not source
            or len(source) < _LEAST_TEXT
            or len(source) > _LONGEST_SCRIPT
            or "ld+json" in (script.get("type") or "")
        ):
            continue
        for value in _values(source):
            if len(value) > len(best):
                best = value
    del title
    return best if len(best) >= _LEAST_TEXT else None


def _values(source: str) -> list[str]:
    """Texts of articles among the strings of a script's JSON."""
    found = []
    stack: list[tuple[str, Any]] = [("", state) for state in _states(source)]
    seen = 0
    while stack and seen < _MOST_VALUES:
        name, value = stack.pop()
        seen += 1
        if isinstance(value, dict):
            stack.extend((key, inner) for key, inner in value.items() if not _NO_TEXT_KEYS.search(key))
        elif isinstance(value, list):
            strings = [inner for inner in value if isinstance(inner, str)]
            if len(strings) > 2 and _TEXT_KEYS.search(name):
                found.append("\n\n".join(strings))
            stack.extend((name, inner) for inner in value)
        elif isinstance(value, str) and len(value) >= _LEAST_TEXT and _TEXT_KEYS.search(name):
            found.append(value)
    return [
        text
        for value in found
        if len(text := paragraphs(value)) >= _LEAST_TEXT and len(_ARABIC.findall(text)) > len(text) / 2
    ]


def _states(source: str) -> list[Any]:
    """The JSON values in a script: the whole of it, or what is assigned to a variable."""
    text = source.strip()
    decoder = json.JSONDecoder(strict=False)
    if not text.startswith(("{", "[")):
        assigned = _STATE_START.search(text[:5_000])
        if not assigned:
            return _flight(text, decoder)
        text = text[assigned.end() :]
    try:
        return [decoder.raw_decode(text)[0]]
    except (ValueError, RecursionError):
        return []


_PUSHED = re.compile(r"""__next_f\.push\(\[\s{0,3}1\s{0,3},\s{0,3}(?=")""")


def _flight(text: str, decoder: json.JSONDecoder) -> list[Any]:
    """What React server components push as strings: lines of an id, a colon and JSON, or text."""
    found: list[Any] = []
    for pushed in _PUSHED.finditer(text):
        try:
            chunk, _ = decoder.raw_decode(text, pushed.end())
        except (ValueError, RecursionError):
            continue
        if not isinstance(chunk, str):
            continue
        for line in chunk.split("\n"):
            _, _, value = line.partition(":")
            if value[:1] in {"{", "["}:
                try:
                    found.append(decoder.raw_decode(value)[0])
                except (ValueError, RecursionError):
                    continue
            elif len(line) > _LEAST_TEXT:
                found.append({"text": line})
    return found
