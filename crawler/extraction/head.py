"""What the page says of itself in its head: meta elements, links, the title element."""

from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from crawler.extraction.jsonld import Node, is_article, plain, read_jsonld, types_of
from crawler.extraction.outline import squeeze

_MOST_METAS = 500
_LONGEST_CONTENT = 20_000
_LONGEST_TITLE = 1_000


@dataclass(slots=True)
class Head:
    """Statements of the page's head, and its JSON-LD wherever it stands."""

    title: str = ""
    """Text of the title element."""
    metas: dict[str, list[str]] = field(default_factory=dict)
    """Contents by name, property or itemprop in lower case, in order."""
    links: dict[str, list[str]] = field(default_factory=dict)
    """Addresses by rel."""
    language: str | None = None
    nodes: list[Node] = field(default_factory=list)
    """Every JSON-LD object."""
    article: Node = field(default_factory=dict)
    """The JSON-LD object that describes the article; empty where none does."""

    def meta(self, *names: str) -> list[tuple[str, str]]:
        """(name, content) of these meta elements, in the order of the names."""
        return [(name, content) for name in names for content in self.metas.get(name, ())]


def read_head(root: etree._Element) -> Head:
    """Read the head. Meta elements count wherever they stand: parsers and templates move them into the body."""
    html = root if root.tag == "html" else next(root.iter("html"), root)
    language = (html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip() or None
    head = Head(_title_of(root), _metas_of(root), _links_of(root), language, read_jsonld(root))
    head.article = _article_of(head.nodes, head.title)
    return head


def _metas_of(root: etree._Element) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in islice(root.iter("meta"), _MOST_METAS):
        content = meta.get("content")
        if not content or len(content) > _LONGEST_CONTENT:
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = meta.get(attribute)
            if name:
                contents = metas.setdefault(name.strip().lower(), [])
                text = squeeze(plain(content))
                if text and text not in contents:
                    contents.append(text)
    return metas


def _links_of(root: etree._Element) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {}
    for link in root.iter("link"):
        rel, href = link.get("rel"), link.get("href")
        if rel and href:
            for word in rel.lower().split():
                links.setdefault(word, []).append(href.strip())
    return links


def _title_of(root: etree._Element) -> str:
    """Text of the first title element with text that is not a drawing's."""
    for title in root.iter("title"):
        parent = title.getparent()
        if parent is not None and parent.tag in {"svg", "symbol", "g"}:
            continue
        text = squeeze(plain("".join(map(str, title.itertext()))[:_LONGEST_TITLE]))
        if text:
            return text
    return ""


def _article_of(nodes: list[Node], title: str) -> Node:
    """The node of the page's own article: of several, the one whose headline the page's title holds, else the first."""
    articles = [
        node
        for node in nodes
        if is_article(node) and (node.get("headline") or node.get("datePublished") or node.get("articleBody"))
    ]
    for node in articles:
        headline = node.get("headline")
        if isinstance(headline, str) and headline.strip() and squeeze(plain(headline)) in title:
            return node
    if articles:
        # An Article of a subtype (NewsArticle) says more than the general one beside it.
        return max(articles, key=lambda node: (types_of(node) != {"CreativeWork"}, bool(node.get("headline"))))
    # A block that could only be read in pieces has no type to go by.
    return next((node for node in nodes if node.get("headline") and node.get("datePublished")), {})
