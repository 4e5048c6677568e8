"""The article's text where the mark-up has none: JSON-LD articleBody, and the state that script-built pages carry."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from crawler.arabic.letters import clean, words
from crawler.extraction.head import Head
from crawler.extraction.jsonld import Node, plain, text_of
from crawler.extraction.script_states import states_of

_MOST_VALUES = 60_000
_LEAST_TEXT = 150
_LEAST_SUMMARY = 800
"""Characters from which a value called a description may be the article and not its summary."""
_MOST_BLOCKS = 500
_TEXT_KEYS = re.compile(
    r"(?i)body|content|text|html|article|story|details?|paragraph|fulltext|khabar|nass|value|data|rendered|blocks?|"
    r"children|processed"
)
_SUMMARY_KEYS = re.compile(r"(?i)descri|summary|excerpt|abstract|teaser|intro|standfirst|subtitle|seo|meta|og_|keyword")
_NO_TEXT_KEYS = re.compile(
    r"(?i)comment|footer|cookie|privacy|terms|about|disclaimer|related|caption|css|script|bio|translation|messages|"
    r"locale|i18n|recommend|most_?read|trending|widget|author|config"
)
_TITLE_KEYS = re.compile(r"(?i)(?:\w*_)?(?:title|headlines?|subject)|(?:news|post|article|page|story|main)title")
_ADDRESS_KEYS = re.compile(r"(?i)(?:\w*_)?(?:id|slug|url|path|link|permalink|uri|href)|canonical\w{0,10}")
# A value's language or form is no name of its own: {"content": {"ar": "..."}}.
_TRANSPARENT = re.compile(r"(?i)ar(?:[-_]\w\w)?|arabic|default|basic|raw|0|props|attributes|fields")
_NO_TEXT_BLOCKS = re.compile(
    r"(?i)image|photo|gallery|video|audio|embed|related|link|advert|\bad\b|social|html_?raw|raw_?html"
)
_ARABIC = re.compile("[\u0621-\u064a]")
_OWN, _UNNAMED = 2, 1


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


@dataclass(slots=True)
class _Owner:
    """The object that a value stands in, as far as it says which article it is."""

    titles: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def text_in_states(root: etree._Element, head: Head) -> str | None:
    """The page's own article among the values of its states (see `script_states`), or None.

    A state holds other articles too. A text is the page's when the object around it has the page's title or address;
    one whose object has no title is taken where there is no such text; one with another title never is.
    """
    titles = [" ".join(words(title)) for title in _titles(head)]
    address = next((stated for stated in (*head.links.get("canonical", ()), *head.metas.get("og:url", ()))), "")
    summaries = {" ".join(words(text)) for _, text in head.meta("description", "og:description", "twitter:description")}
    best, rank = "", 0
    for text, owner in _texts(states_of(root)):
        own = _rank(owner, titles, address)
        if (own, len(text)) > (rank, len(best)) and own and " ".join(words(text)) not in summaries:
            best, rank = text, own
    return best or None


def _titles(head: Head) -> list[str]:
    stated = [head.title, *(content for _, content in head.meta("og:title", "twitter:title"))]
    return [title for title in (*stated, text_of(head.article.get("headline"))) if title]


def _rank(owner: _Owner, titles: list[str], address: str) -> int:
    if not owner.titles:
        return _UNNAMED
    own = [" ".join(words(title)) for title in owner.titles]
    if any(title and f" {title} " in f" {shown} " for title in own for shown in titles):
        return _OWN
    segments = set(re.split(r"[/?&=.]", re.sub(r"^(?:https?:)?//[^/]*", "", address)))
    for stated in owner.addresses:
        end = stated.rstrip("/").rpartition("/")[2]
        if len(end) > 2 and end in segments:
            return _OWN
    return 0


_Place = tuple[str, Any, _Owner]
"""A value's name, the value, and the object that it stands in."""


def _texts(states: Iterator[Any]) -> Iterator[tuple[str, _Owner]]:
    """Arabic texts of an article's length among the states' values, with the object that each stands in."""
    nobody = _Owner()
    stack: list[_Place] = [("", state, nobody) for state in states]
    looked: set[int] = set()
    seen = 0
    while stack and seen < _MOST_VALUES:
        name, value, owner = stack.pop()
        seen += 1
        if isinstance(value, dict | list):
            if id(value) in looked:  # states may refer to themselves
                continue
            looked.add(id(value))
        text = _in_blocks(value) if isinstance(value, list) else value
        if isinstance(text, str) and len(text) >= _LEAST_TEXT and (said := _article(text, name)):
            yield said, owner
        stack += _inner(name, value, owner)


def _inner(name: str, value: Any, owner: _Owner) -> Iterator[_Place]:
    """What stands in a value and may hold an article."""
    if isinstance(value, dict):
        owner = _owner_of(value, owner)
        for key, inner in value.items():
            if isinstance(key, str) and not _NO_TEXT_KEYS.search(key):
                yield (name if _TRANSPARENT.fullmatch(key) else key), inner, owner
    elif isinstance(value, list):
        for inner in value:
            yield name, inner, owner
    elif isinstance(value, str) and len(value) >= _LEAST_TEXT and value[0] in "{[":
        for state in _nested(value):  # JSON in a string in JSON: SvelteKit, Apollo
            yield name, state, owner


def _nested(text: str) -> list[Any]:
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return []


def _article(text: str, name: str) -> str | None:
    """The value as paragraphs, when it is long and Arabic and its name is an article's."""
    if len(text) < _LEAST_TEXT or not _TEXT_KEYS.search(name):
        if len(text) < _LEAST_SUMMARY or not _SUMMARY_KEYS.search(name):
            return None
    elif _SUMMARY_KEYS.search(name) and len(text) < _LEAST_SUMMARY:
        return None
    said = paragraphs(text)
    return said if len(said) >= _LEAST_TEXT and len(_ARABIC.findall(said)) > len(said) / 2 else None


def _owner_of(value: dict[Any, Any], outer: _Owner) -> _Owner:
    """Titles and addresses of the object itself; an object without any title is its outer one's part."""
    own = _Owner()
    for key, inner in value.items():
        if not isinstance(key, str):
            continue
        if _TITLE_KEYS.fullmatch(key):
            stated = inner.values() if isinstance(inner, dict) else [inner]
            own.titles += [plain(text) for text in stated if isinstance(text, str) and _ARABIC.search(text)]
        elif _ADDRESS_KEYS.fullmatch(key) and isinstance(inner, str | int) and not isinstance(inner, bool):
            own.addresses.append(str(inner))
    return own if own.titles else outer


def _in_blocks(blocks: list[Any]) -> str:
    """The text of a list of paragraphs, as strings or as an editor's blocks; '' for a list of other things."""
    texts = []
    for block in blocks[:_MOST_BLOCKS]:
        if isinstance(block, str):
            texts.append(block)
        elif not isinstance(block, dict) or any(
            isinstance(key, str) and _TITLE_KEYS.fullmatch(key) and inner for key, inner in block.items()
        ):
            return ""  # a list of articles
        elif not _NO_TEXT_BLOCKS.search(_kind(block)):
            texts.append(_in_block(block, 0))
    said = [text for text in texts if text.strip()]
    return "\n\n".join(said) if len(said) > 1 else ""


def _kind(block: dict[Any, Any]) -> str:
    return next(
        (str(block[name]) for name in ("type", "_type", "nodeType", "kind", "component") if block.get(name)), ""
    )


def _in_block(block: Any, depth: int) -> str:
    """The text of an editor's block: its own, or of what stands in it, in order."""
    if isinstance(block, str):
        return block
    if depth > 8:
        return ""
    if isinstance(block, list):
        return "".join(_in_block(inner, depth + 1) for inner in block[:_MOST_BLOCKS])
    if not isinstance(block, dict) or (_NO_TEXT_BLOCKS.search(_kind(block)) and "text" not in _kind(block)):
        return ""
    for name in ("text", "content", "value", "html", "children", "data", "items", "attributes"):
        if block.get(name) and (text := _in_block(block[name], depth + 1)):
            return text
    return ""
