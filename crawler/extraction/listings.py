"""Pages that list articles and are none: home and section pages, tags, authors, searches.

What the page says of itself is not enough: the common SEO plugin calls WordPress's categories articles, and papers have
articles under /section/. So the page is looked at too: in a list, texts stand below linked headlines, one below each.
"""

import re
from dataclasses import dataclass

from crawler.arabic.letters import fold, words
from crawler.extraction.blocks import Line
from crawler.extraction.head import Head
from crawler.extraction.jsonld import is_article, text_of, types_of
from crawler.extraction.outlet import key, parts_of
from crawler.extraction.outline import HEADINGS, Outline
from crawler.extraction.titles import Headline
from crawler.extraction.vocabulary import Means

_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage"})
_HOME = re.compile(r"/?(?:index\.\w+|default\.\w+|home|ar|arabic|main)?/?", re.IGNORECASE)
_ADDRESS = re.compile(r"/(?:category|tag|tags|author|section|archive|page)/[^/]+/?(?:page/\d+/?)?$")
_ARTICLE_NUMBER = re.compile(r"\d{5}[^/]*/?$")
_TITLE = re.compile(
    r"(?:نتايج (?:ال)?بحث|(?:ال)?(?:وسم|وسوم|تصنيف|قسم|كاتب|مولف|ارشيف|اوسمه) ?:|ارشيف |search results|"
    r"you searched for|"
    r"(?:category|tag|author|archives?) ?:|بحث$|البحث$)"
)
_NUMBERED = re.compile(r"(?:صفحه|page) \d+ (?:من|of) \d+")
_SHORTEST_HEADLINE, _SHORTEST_PROSE = 12, 60
_FEW_WORDS = 3
_BELOW = 15
"""Elements between a linked headline and the text below it."""
_MOST_ITEMS = 400
_LEAST_ITEMS, _MANY_ITEMS = 3, 4
_SHARE = 0.6
"""Of a page's texts those that stand below linked headlines, from which on the page is a list."""


def listing_signs(page: Outline, head: Head, url: str, headline: Headline | None, lines: list[Line]) -> str | None:
    """What says that the page is a list of articles; None when nothing does.

    Args:
        page: outline of the page.
        head: its statements.
        url: its address.
        headline: what was taken for its headline.
        lines: what was taken for its text.
    """
    title = headline.text if headline else ""
    if _states_article(head, title):
        return None
    return _says_so(head, url, title) or _looks_so(page, url, headline, lines)


def _says_so(head: Head, url: str, title: str) -> str | None:
    """What the page says of itself."""
    stated = {kind for node in head.nodes for kind in types_of(node)} & _TYPES
    if stated:
        return f"it calls itself a {min(stated)}"
    if any(_TITLE.match(text) for text in (fold(title), fold(head.title))) or _NUMBERED.search(fold(head.title)):
        return "its title is a list's"
    address = parts_of(url)
    is_home = address.scheme.startswith("http") and not address.query and _HOME.fullmatch(address.path)
    return "it is the site's home page" if is_home and "article" not in head.metas.get("og:type", ()) else None


def _looks_so(page: Outline, url: str, headline: Headline | None, lines: list[Line]) -> str | None:
    """What its headlines and texts say."""
    title = headline.text if headline else ""
    found = _count(page, title, lines)
    named = len(words(title)) > _FEW_WORDS and headline is not None and headline.index is not None
    # An article of numbered places, each a link, has its own headline and begins with a text of its own.
    if found.excerpts > 1 and found.excerpts >= _SHARE * found.texts and not (named and found.introduced):
        return f"{found.excerpts} of its {found.texts} texts stand below linked headlines"
    if not named and found.texts == found.excerpts and found.items >= _MANY_ITEMS:
        return f"it has {found.items} linked headlines and no text of its own"
    if not named and not found.texts and (links := _long_links(page)) >= _MANY_ITEMS:
        return f"it has {links} links to articles and no text of its own"
    path = parts_of(url).path
    by_address = _ADDRESS.search(path) and not _ARTICLE_NUMBER.search(path)
    if by_address and found.texts <= max(1, found.excerpts) and found.items >= _LEAST_ITEMS:
        return "its address is a list's"
    return None


def _states_article(head: Head, title: str) -> bool:
    """Whether the page describes one article as what it is: of several that it describes, the one of its title."""
    if not head.article:
        return False
    described = {key(text_of(node.get("headline"))) for node in head.nodes if is_article(node) and node.get("headline")}
    return len(described) <= 1 or bool({key(title), key(head.title)} & described)


@dataclass(slots=True)
class _Count:
    items: int
    """Linked headlines."""
    texts: int
    """Texts of a sentence or more."""
    excerpts: int
    """Texts that stand right below a linked headline."""
    introduced: bool
    """The first text stands below none."""


def _count(page: Outline, title: str, lines: list[Line]) -> _Count:
    items = _linked_headlines(page, key(title))
    texts = sorted(line.owner for line in lines if len(line.text) >= _SHORTEST_PROSE and line.link_share < 1)
    below: set[int] = set()
    for before, owner in zip([-1, *texts], texts, strict=False):
        near = [item for item in items if before < item < owner <= item + _BELOW]
        below.update(near[-1:])
    return _Count(len(items), len(texts), len(below), not items or not texts or items[0] > texts[0])


def _long_links(page: Outline) -> int:
    """How many links outside the page's frame are as long as headlines."""
    return sum(
        tag == "a"
        and page.text[index] >= 2 * _SHORTEST_HEADLINE
        and not page.around[index] & (Means.FRAME | Means.HIDDEN)
        for index, tag in enumerate(page.tags)
    )


def _linked_headlines(page: Outline, title: str) -> list[int]:
    """Headings that are links to other pages, outside the page's frame."""
    found: list[int] = []
    for index, tag in enumerate(page.tags):
        if not (tag in HEADINGS or page.means[index] & Means.TITLE) or page.text[index] < _SHORTEST_HEADLINE:
            continue
        if page.around[index] & (Means.FRAME | Means.HIDDEN) or (found and page.inside(index, found[-1])):
            continue
        linked = page.linked[index] >= 0.8 * page.text[index] or any(
            page.tags[outer] == "a" for outer in page.ancestors(index, 3)
        )
        if linked and key(page.words_of(index)) != title:
            found.append(index)
        if len(found) >= _MOST_ITEMS:
            break
    return found
