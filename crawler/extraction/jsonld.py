"""JSON-LD as found in the wild: several blocks, @graph, lists, entities and HTML inside, CDATA, JSON that is none."""

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

_LONGEST_SCRIPT = 2_000_000
_MOST_NODES = 5_000
_OPENING = re.compile(r"(?:\s|//|/\*|\*/|<!--|<!\[CDATA\[)+")
_CLOSING = ("-->", "]]>", "//", ";", "/*", "*/")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_DOUBLE_COMMA = re.compile(r",\s*,")
_PAIR = re.compile(
    r'"(@type|headline|name|datePublished|dateModified|dateCreated|articleSection|description|articleBody)"\s*:\s*"((?:[^"\\]|\\.)*)"'
)
_AUTHOR = re.compile(r'"author"\s*:\s*\[?\s*\{[^{}]*?"name"\s*:\s*"((?:[^"\\]|\\.)*)"')
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,300}>")

Node = dict[str, Any]

# Under these keys stand other articles than the page's own.
_ELSEWHERE = frozenset(
    {
        "itemListElement",
        "hasPart",
        "mentions",
        "citation",
        "relatedLink",
        "isBasedOn",
        "blogPost",
        "comment",
        "review",
        "about",
    }
)
_ARTICLE_TYPES = frozenset(
    {"BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Report", "Review", "CreativeWork", "ClaimReview"}
)


def _escape_inner_quotes(text: str) -> str:
    """Quotation marks inside strings, escaped: one ends a string only before , : } or ]. Linear time."""
    out: list[str] = []
    inside = False
    length = len(text)
    position = 0
    while position < length:
        c = text[position]
        if c == "\\" and inside:
            out.append(text[position : position + 2])
            position += 2
            continue
        if c == '"':
            if not inside:
                inside = True
            else:
                ahead = text[position + 1 : position + 40].lstrip()
                if (
                    not ahead
                    or ahead[0] in ":}]"
                    or (ahead[0] == "," and ahead[1:].lstrip()[:1] in {'"', "{", "[", ""})
                ):
                    inside = False
                else:
                    c = '\\"'
        out.append(c)
        position += 1
    return "".join(out)


def _from_pieces(text: str) -> Node | None:
    """What single properties can be read out of a block that is no JSON at all (cut off, or broken beyond repair)."""
    node: Node = {}
    for name, value in _PAIR.findall(text):
        if name not in node:
            try:
                node[name] = json.loads(f'"{_BAD_ESCAPE.sub("", value)}"', strict=False)
            except ValueError:
                continue
    author = _AUTHOR.search(text)
    if author:
        node["author"] = {"@type": "Person", "name": author.group(1)}
    return node if "headline" in node or "datePublished" in node else None


def _documents(text: str) -> Iterator[Any]:
    """The JSON values in one block: one as a rule; several, one after the other, from careless templates."""
    decoder = json.JSONDecoder(strict=False)
    position = 0
    while position < len(text):
        value, position = decoder.raw_decode(text, position)
        yield value
        while position < len(text) and text[position] in " \t\r\n,;":
            position += 1


def _unwrapped(text: str) -> str:
    """A block without comment marks, CDATA marks and white space around."""
    opening = _OPENING.match(text)
    text = text[opening.end() :].rstrip() if opening else text.rstrip()
    while text.endswith(_CLOSING):
        text = text[: -next(len(mark) for mark in _CLOSING if text.endswith(mark))].rstrip()
    return text


def read_block(text: str) -> list[Any]:
    """The JSON values of one script block, mended where they need it; nothing when there is none to read."""
    text = _unwrapped(text[:_LONGEST_SCRIPT])
    if not text.startswith(("{", "[")):
        start = text.find("{")
        if start < 0:
            return []
        text = text[start:]
    attempts: tuple[Callable[[], str], ...] = (
        lambda: text,
        lambda: _DOUBLE_COMMA.sub(",", _TRAILING_COMMA.sub(r"\1", _BAD_ESCAPE.sub(r"\\\\", text))),
        lambda: html.unescape(text) if text.count("&quot;") > 4 and text.count('"') < 4 else "",
        lambda: _escape_inner_quotes(_TRAILING_COMMA.sub(r"\1", _BAD_ESCAPE.sub(r"\\\\", text))),
    )
    for attempt in attempts:
        candidate = attempt()
        if not candidate:
            continue
        try:
            return list(_documents(candidate))
        except (ValueError, RecursionError):
            continue
    node = _from_pieces(text)
    return [node] if node else []


def _nodes(documents: list[Any]) -> list[Node]:
    """Every object in the documents that is the page's own, in order."""
    found: list[Node] = []
    stack: list[Any] = list(reversed(documents))
    while stack and len(found) < _MOST_NODES:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value[:_MOST_NODES]))
        elif isinstance(value, dict):
            found.append(value)
            inner = [v for k, v in value.items() if isinstance(v, dict | list) and k not in _ELSEWHERE]
            stack.extend(reversed(inner))
    return found


def read_jsonld(root: etree._Element) -> list[Node]:
    """Every JSON-LD object of the page."""
    documents: list[Any] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            documents.extend(read_block(script.text))
    return _nodes(documents)


def types_of(node: Node) -> set[str]:
    """The schema.org types of a node, without their vocabulary's address."""
    stated = node.get("@type") or node.get("type") or ()
    stated = stated if isinstance(stated, list) else [stated]
    return {t.rsplit("/", 1)[-1] for t in stated if isinstance(t, str)}


def is_article(node: Node) -> bool:
    """Whether the node describes an article."""
    return any(t.endswith("Article") or t in _ARTICLE_TYPES for t in types_of(node))


def text_of(value: Any) -> str:
    """The text of a JSON-LD value (string, first of a list, name of an object), HTML and entities read away."""
    if isinstance(value, list):
        value = next((v for v in value if v), "")
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("text") or ""
    return plain(value) if isinstance(value, str) else ""


def plain(text: str) -> str:
    """Text without markup and entities, also where they were escaped twice; block tags become line ends."""
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
    if "<" in text:
        text = re.sub(r"(?i)<(?:br|/p|/div|/li|/h[1-6])[^<>]{0,200}>", "\n", text)
        text = _TAG.sub("", text)
    return text


def names_of(value: Any, nodes: list[Node]) -> list[tuple[str, str]]:
    """(name, type) of the people and organisations that an author property states, references by @id followed."""
    stated = value if isinstance(value, list) else [value]
    found: list[tuple[str, str]] = []
    for entry in stated[:20]:
        if isinstance(entry, str):
            found.append((plain(entry), ""))
        elif isinstance(entry, dict):
            if "name" not in entry and "@id" in entry:
                entry = next((n for n in nodes if n.get("@id") == entry["@id"] and n.get("name")), entry)  # noqa: PLW2901 - the reference's target
            kind = next(iter(types_of(entry)), "")
            names = entry.get("name")
            listed = names if isinstance(names, list) else [names]
            found.extend((plain(name), kind) for name in listed if isinstance(name, str))
    return found
