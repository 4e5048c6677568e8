"""Teasers of other articles, whatever they are called: boxes side by side, each headed by a linked headline."""

from crawler.extraction.outline import HEADINGS, INLINE, Outline
from crawler.extraction.vocabulary import Means

_ITEMS = frozenset({"div", "li", "article", "section", "tr", "td", "dl", "a", "figure"})
_LONGEST_ITEM, _SHORTEST_HEADLINE, _LONGEST_HEADLINE = 1_500, 18, 250
_LOOKED_AT = 14
_LINKED = 0.9
_LEAST = 3


def teasers(page: Outline) -> bytearray:
    """A flag an element: it is one of three or more teasers side by side, or an `article` that is one.

    Inside what names call the article's text a list of linked names with a word on each is text. Takes time linear in
    the elements.
    """
    flags = bytearray(len(page.tags))
    counted = [0] * len(page.tags)
    for index in range(1, len(page.tags)):
        if (
            page.linked[index] >= _SHORTEST_HEADLINE
            and page.text[index] <= _LONGEST_ITEM
            and page.tags[index] in _ITEMS
            and not page.around[index] & Means.BODY
            and _is_teaser(page, index)
        ):
            flags[index] = 1
            counted[page.parents[index]] += 1
    for index in range(1, len(flags)):
        if flags[index] and counted[page.parents[index]] < _LEAST and page.tags[index] != "article":
            flags[index] = 0
    return flags


def _is_teaser(page: Outline, index: int) -> bool:
    """Whether the first thing that a box says is a headline, all of it a link."""
    start = index if page.tags[index] == "a" else index + 1
    for inner in range(start, min(page.end[index], index + _LOOKED_AT)):
        if not _SHORTEST_HEADLINE <= page.text[inner] <= _LONGEST_HEADLINE:
            continue
        tag = page.tags[inner]
        if tag == "p":
            return page.linked[inner] >= _LINKED * page.text[inner]
        if tag == "a":
            return (
                page.tags[page.parents[inner]] != "p"
                or page.linked[page.parents[inner]] == page.text[page.parents[inner]]
            )
        if tag in HEADINGS or (tag not in INLINE and page.end[inner] - inner <= 2):
            return page.linked[inner] >= _LINKED * page.text[inner]
    return False
