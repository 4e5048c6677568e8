"""Whether a short fact on a page (a date, a counter) is the article's, by what stands around it."""

import re
from itertools import islice

from lxml import etree

from crawler.extraction.outline import Outline
from crawler.extraction.vocabulary import Means

_MOST_LEVELS = 5
_LONGEST_BOX = 600
"""Characters of the largest box that is looked at as a whole: an item of a list, not a column."""
_MOST_LINKS = 12
_MOST_INSIDE = 200
"""Elements of the largest box whose links are looked at."""
_TITLE_WORDS = 4
_TITLE_CHARACTERS = 20
# A player, a poll, a person's card and the weather have counters and dates of their own.
_OTHER_THING = re.compile(
    r"(?i)(?:^|[-_ ])(?:video|player|youtube|vp|embed|poll|vote|survey|author-?box|bio|tweet|weather|prayer|event|pdf|"
    r"edition|quote|currency|stocks?|bread-?crumbs?)"
)
_OTHER_TAGS = frozenset({"blockquote", "figure", "figcaption", "q"})
_OTHER_MEANS = Means.CAPTION | Means.TAGS | Means.CRUMBS
# A slider's or list's "hot" is an icon's word where a counter is named as well.
_ELSEWHERE = Means.OTHERS | Means.FRAME | Means.HIDDEN | Means.COMMENTS


def is_elsewhere(page: Outline, index: int, own: int) -> bool:
    """Whether names say that a fact is another article's, the site's, or hidden.

    Args:
        page: outline of the page.
        index: the fact's element.
        own: the meaning that the fact has (`Means.COUNTER`): what else the same names say is not heard then, for
            "meta-views very-hot" is a counter and no list of what is hot.
    """
    around = page.around[index]
    if page.means[index] & own:
        parent = page.parents[index]
        around = (page.around[parent] if parent >= 0 else 0) | (page.means[index] & Means.HIDDEN)
    return bool(around & _ELSEWHERE)


def is_of_another(page: Outline, index: int, headline: int | None, body: tuple[int, int] | None, own: int) -> bool:
    """Whether a fact stands in a box of its own with another article's link, or of a player, a poll, a picture ...

    Read are the element and those around it, up to the first that holds the headline or the whole text: what shares a
    box with those is the article's.

    Args:
        page: outline of the page.
        index: the fact's element.
        headline: index of the headline's element.
        body: first index of the text's elements, and the index after the last.
        own: the meaning that the fact has; names of its element that say so say nothing else.
    """
    for place in (index, *page.ancestors(index, _MOST_LEVELS)):
        tag = page.tags[place]
        if tag in {"body", "html", "article"} or _holds(page, place, headline, body):
            return False
        if not (place == index and page.means[place] & own) and _names_another(page, place):
            return True
        if page.text[place] <= _LONGEST_BOX and _links_a_title(page, place):
            return True
    return False


def _names_another(page: Outline, place: int) -> bool:
    """Whether an element's tag or names say that it holds another thing than the article's facts."""
    if page.tags[place] in _OTHER_TAGS or page.means[place] & _OTHER_MEANS:
        return True
    attributes = page.elements[place].attrib
    return bool(attributes) and bool(_OTHER_THING.search(f"{attributes.get('class', '')} {attributes.get('id', '')}"))


def _holds(page: Outline, place: int, headline: int | None, body: tuple[int, int] | None) -> bool:
    if headline is not None and page.inside(headline, place):
        return True
    return body is not None and place <= body[0] and body[1] <= page.end[place]


def _links_a_title(page: Outline, place: int) -> bool:
    """Whether the element is, or holds, a link whose text is as long as a headline."""
    if page.linked[place] < _TITLE_CHARACTERS and page.tags[place] != "a":
        return False
    element = page.elements[place]
    if page.tags[place] == "a":
        return _is_a_title(element)
    return page.end[place] - place <= _MOST_INSIDE and any(map(_is_a_title, islice(element.iter("a"), _MOST_LINKS)))


def _is_a_title(link: etree._Element) -> bool:
    text = " ".join(map(str, link.itertext())).split()
    words = [word for word in text if not any(map(str.isdigit, word))]
    return len(words) >= _TITLE_WORDS and len(" ".join(words)) >= _TITLE_CHARACTERS
