"""The section that an article stands in: by its head, breadcrumbs, menus, and the labels beside its headline."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain

from crawler.arabic.letters import clean
from crawler.extraction.evidence import MARKUP, STRUCTURED, Ledger
from crawler.extraction.head import Head
from crawler.extraction.jsonld import text_of, types_of
from crawler.extraction.outlet import SEPARATOR, key, parts_of
from crawler.extraction.outline import MOST_INSIDE, Outline
from crawler.extraction.phrases import Saying
from crawler.extraction.vocabulary import Means

_LONGEST_NAME, _MOST_WORDS = 60, 4
_MOST_LINKS, _MOST_IN_LIST = 3, 60
_HOME_WORDS = frozenset({"الرييسيه", "الصفحه الرييسيه", "home", "رييسيه", "البدايه", "الاولي", "accueil", "main"})
_GENERIC = frozenset(
    {"اخبار عامه", "uncategorized", "غير مصنف", "غير مصنفه", "بدون تصنيف", "default", "article", "news", "general"}
)
_ARABIC, _LATIN = re.compile("[\u0621-\u064a]+"), re.compile("[A-Za-z]+")
_ABOVE, _BELOW = 12, 15
"""Elements above and below the headline among which a label without a name is looked for."""
_NOT_HERE = Means.OTHERS | Means.FRAME | Means.HIDDEN

Candidate = tuple[str, str, str]
"""Text, origin, where."""


def find_section(
    page: Outline,
    head: Head,
    *,
    url: str,
    headline: int | None,
    title: str,
    own_names: frozenset[str],
    ledger: Ledger,
) -> str | None:
    """The section: as the head names it, else the leaf of the breadcrumbs, else the label beside the headline.

    A label is believed where its element's names say so, where it links to the part of the site that the article's own
    address is in, or where a menu has it too; a part of the page's title only where a menu has it.
    """
    for raw, origin, where in _candidates(page, head, url, headline, title):
        text = clean(raw)
        why_not = _why_not(text, title, own_names)
        if why_not is None:
            ledger.took("section", text, origin, where)
            return text
        if text:
            ledger.rejected("section", text, origin, where, why_not)
    return None


def _candidates(page: Outline, head: Head, url: str, headline: int | None, title: str) -> Iterator[Candidate]:
    """What may be the section, in order of trust; the later ones are looked for only when they are asked for."""
    names = ("article:section", "parsely-section", "articlesection", "section", "cxenseparse:category", "category")
    stated = [(content, STRUCTURED, f"meta {name}") for name, content in head.meta(*names)]
    stated.append((text_of(head.article.get("articleSection")), STRUCTURED, "JSON-LD articleSection"))
    crumbs = [(text, STRUCTURED, "JSON-LD BreadcrumbList") for text in _breadcrumb_leaf(head, title)]
    crumbs += [(text, MARKUP, "breadcrumbs") for text in _crumbs(page, title)]
    parents = {key(text) for text, _, _ in crumbs[1:]}
    if any(key(text) in parents for text, _, _ in stated):  # the head states a parent of the leaf
        stated, crumbs = crumbs, stated
    yield from chain(stated, crumbs)
    yield from _labels(page, headline, linked=True)
    yield from _current_menu_item(page)
    yield from _labels(page, headline, linked=False)
    menus = _menu_texts(page, headline)
    yield from _nameless_labels(page, url, headline, menus)
    yield from _parts_of_title(head, title, menus)


def _why_not(text: str, title: str, own_names: frozenset[str]) -> str | None:
    """Why a text is no section's name; None where it may be."""
    folded = key(text)
    if not folded or len(text) > _LONGEST_NAME:
        return "it is too long"
    if folded in own_names:
        return "it is the paper's own name"
    if folded in _HOME_WORDS or folded in _GENERIC:
        return "it names no section"
    if folded == key(title):
        return "it is the headline"
    if Saying(text).box_label() or text.isdigit() or "/" in text:
        return "it is no name"
    return "it is no Arabic name" if _LATIN.search(text) and not _ARABIC.search(text) else None


def _breadcrumb_leaf(head: Head, title: str) -> list[str]:
    """Names in a JSON-LD breadcrumb list, the leaf first, without the article itself."""
    for node in head.nodes:
        entries = node.get("itemListElement")
        if "BreadcrumbList" in types_of(node) and isinstance(entries, list):
            names = []
            for entry in entries[:12]:
                if isinstance(entry, dict):
                    item = entry.get("item")
                    names.append(clean(text_of(entry.get("name")) or (text_of(item) if isinstance(item, dict) else "")))
            return [name for name in reversed(names) if name and key(name) not in key(title)]
    return []


def _crumbs(page: Outline, title: str) -> list[str]:
    """Names in visible breadcrumbs, the leaf first."""
    for index, means in enumerate(page.means):
        if means & Means.CRUMBS and 0 < page.text[index] <= 400 and not page.around[index] & Means.OTHERS:
            names = [
                clean(page.words_of(inner))
                for inner in range(index + 1, page.end[index])
                if page.tags[inner] == "a" and page.text[inner]
            ]
            names = [name for name in names if name and key(name) != key(title) and key(name) not in _HOME_WORDS]
            if names:
                return list(reversed(names))
    return []


def _labels(page: Outline, headline: int | None, *, linked: bool) -> list[Candidate]:
    """Texts of elements that names call a section's, close before or after the headline, the nearest first."""
    if headline is None:
        return []
    found: list[tuple[int, Candidate]] = []
    for index in range(max(1, headline - 60), min(len(page.tags), headline + 40)):
        if not page.means[index] & Means.SECTION or page.around[index] & _NOT_HERE or page.inside(headline, index):
            continue
        if not 0 < page.text[index] <= _LONGEST_NAME:
            continue
        last = min(page.end[index], index + MOST_INSIDE)
        links = [i for i in range(index, last) if page.tags[i] == "a" and page.text[i]]
        if bool(links) == linked and (linked or len(page.words_of(index).split()) <= _MOST_WORDS):
            where = f"<{page.tags[index]}> {page.elements[index].get('class') or page.elements[index].get('id')}"
            found.append((abs(index - headline), (page.words_of(links[0] if links else index), MARKUP, where)))
    found.sort(key=lambda entry: entry[0])
    return [candidate for _, candidate in found]


def _is_short(page: Outline, index: int) -> bool:
    return 1 < page.text[index] <= _LONGEST_NAME // 2 and len(page.words_of(index).split()) <= _MOST_WORDS


def _menu_texts(page: Outline, headline: int | None) -> dict[str, int]:
    """The short links of the page's frame and above the headline, folded, each with its last index."""
    return {
        key(page.words_of(index)): index
        for index, tag in enumerate(page.tags)
        if tag == "a"
        and (page.around[index] & Means.FRAME or (headline is not None and index < headline - _ABOVE // 2))
        and _is_short(page, index)
        and parts_of(page.elements[index].get("href") or "/x").path.strip("/")
    }


def _is_one_of_many(page: Outline, index: int, headline: int) -> bool:
    """Whether an element stands in a list of links, as a menu's items do."""
    for outer in page.ancestors(index, 3):
        if page.inside(headline, outer) or page.end[outer] - outer > _MOST_IN_LIST:
            return False
        if sum(tag == "a" for tag in page.tags[outer : page.end[outer]]) > _MOST_LINKS:
            return True
    return False


def _nameless_labels(page: Outline, url: str, headline: int | None, menus: dict[str, int]) -> list[Candidate]:
    """Short texts beside the headline that a menu has too, or that link to the part of the site the article is in."""
    if headline is None:
        return []
    found: list[tuple[int, Candidate]] = []
    own_path = parts_of(url).path
    for index in range(max(1, headline - _ABOVE), min(len(page.tags), headline + _BELOW)):
        if page.inside(headline, index) or page.around[index] & _NOT_HERE or not _is_short(page, index):
            continue
        if _is_one_of_many(page, index, headline):
            continue
        element = page.elements[index]
        path = parts_of(element.get("href") or "").path if page.tags[index] == "a" else ""
        menu_item = menus.get(key(page.words_of(index)), index)
        in_menu = not page.inside(menu_item, index) and not page.inside(index, menu_item)
        leads = index < headline and len(path.strip("/")) > 1 and own_path.startswith(path.rstrip("/") + "/")
        topic = index < headline and page.tags[index] == "a" and page.around[index] & Means.TAGS
        if in_menu or leads or topic:
            where = f"<{page.tags[index]}> {element.get('class') or ''} beside the headline"
            found.append((abs(index - headline), (page.words_of(index), MARKUP, where)))
    found.sort(key=lambda entry: entry[0])
    return [candidate for _, candidate in found]


def _parts_of_title(head: Head, title: str, menus: dict[str, int]) -> list[Candidate]:
    """Parts of the title element that a menu has too, the one before the paper's name first."""
    parts = [part for part in SEPARATOR.split(head.title) if key(part) and key(part) not in key(title)]
    return [(part, STRUCTURED, "title element, and a menu") for part in reversed(parts) if key(part) in menus]


_CURRENT = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav-on|current|active|selected|current-menu-(?:item|parent)|current-post-parent)(?:$|[\s_-])"
)


def _current_menu_item(page: Outline) -> Iterator[tuple[str, str, str]]:
    """The one menu item, the innermost, that its class marks as the reader's place. Looked for when it is asked for."""
    found: list[tuple[int, str]] = []
    links = [index for index, tag in enumerate(page.tags) if tag == "a"]
    for index, tag in enumerate(page.tags):
        if tag not in {"a", "li"} or not _CURRENT.search(page.elements[index].get("class") or ""):
            continue
        first = bisect_left(links, index)
        link = links[first] if first < len(links) else len(page.tags)
        if (
            link >= page.end[index]
            or not 0 < page.text[link] <= _LONGEST_NAME
            or (page.elements[link].get("href") or "#").startswith(("#", "javascript"))
        ):
            continue
        if parts_of(page.elements[link].get("href") or "").path.strip("/"):
            if found and page.inside(index, found[-1][0]):
                found.pop()  # no earlier one can hold this one: it would hold the last one too
            found.append((index, clean(page.words_of(link))))
    if len({text for _, text in found}) == 1:
        yield found[0][1], MARKUP, "menu item marked as current"
