"""Lists of other articles, whatever they are called: boxes side by side, each with a linked headline."""

from crawler.extraction.outline import HEADINGS, INLINE, Outline

_ITEMS = frozenset({"div", "li", "article", "section", "tr", "td", "dl", "a", "figure"})
_LONGEST_ITEM, _SHORTEST_HEADLINE, _LONGEST_HEADLINE = 1_500, 18, 250
_LOOKED_AT = 14
_LINKED = 0.9
_LEAST = 3
_MOST_OTHERS = 0.25


def teaser_lists(page: Outline) -> bytearray:
    """A flag an element: nearly all that it shows is three or more teasers, or it is an `article` that is one.

    Takes time linear in the elements.
    """
    items = bytearray(len(page.tags))
    counted = [0] * len(page.tags)
    teasing = [0] * len(page.tags)
    for index in range(1, len(page.tags)):
        if page.tags[index] in _ITEMS and _SHORTEST_HEADLINE <= page.text[index] <= _LONGEST_ITEM:
            items[index] = _is_teaser(page, index)
            if items[index]:
                counted[page.parents[index]] += 1
                teasing[page.parents[index]] += page.text[index]
    return bytearray(
        (items[index] and page.tags[index] == "article")
        or (counted[index] >= _LEAST and page.text[index] - teasing[index] <= _MOST_OTHERS * page.text[index])
        for index in range(len(page.tags))
    )


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
