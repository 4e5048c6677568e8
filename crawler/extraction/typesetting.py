"""The headline of a page that says nowhere which words it is: what is set in the largest type above the text."""

import re

from crawler.arabic.letters import clean, words
from crawler.extraction.outline import Outline
from crawler.extraction.phrases import Saying
from crawler.extraction.vocabulary import Means

_SHORTEST, _LONGEST, _LEAST_WORDS = 12, 220, 3
_PROSE = 100
_NEAR_TEXT = 60
"""Elements within which the text follows its headline: dates, bylines and pictures stand between."""
_FAR = 1_000_000
_LEAST_SIZE = 17.0
"""Pixels of type from which a line may be a headline: text is set in 16 or less by default."""
_MOST_LOOKED_AT = 4_000
_HEADING_SIZES = {"h1": 32.0, "h2": 24.0, "h3": 19.0}
_FONT_SIZES = (10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)  # of <font size=1> to 7, as browsers set them
_STATED = re.compile(r"font-size\s{0,3}:\s{0,3}(\d{1,3}(?:\.\d{1,2})?)\s{0,3}(px|pt|em|rem|%)", re.IGNORECASE)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
_ASIDE = Means.FRAME | Means.OTHERS | Means.HIDDEN | Means.COMMENTS | Means.CAPTION


def largest_above_text(page: Outline, own_names: frozenset[str]) -> int | None:
    """The element of the largest type that text follows closely, or None. A name of the paper is no headline."""
    most = min(len(page.tags), _MOST_LOOKED_AT)
    prose = _prose_after(page, most)
    best, best_size = None, 0.0
    for index in range(1, most):
        if not _SHORTEST <= page.text[index] <= _LONGEST or page.around[index] & _ASIDE:
            continue
        size = _size(page, index)
        if size <= best_size or prose[index] > _NEAR_TEXT or page.linked[index] > 0.5 * page.text[index]:
            continue
        text = clean(page.words_of(index))
        spoken = words(text)
        if len(spoken) < _LEAST_WORDS or " ".join(spoken) in own_names or Saying(text).box_label():
            continue
        best, best_size = index, size
    return best


def _size(page: Outline, index: int) -> float:
    """Pixels of an element's type as its tag or its own style says, 0 where that is not a headline's."""
    tag, element = page.tags[index], page.elements[index]
    size = _HEADING_SIZES.get(tag, 0.0)
    if tag == "font":
        stated = (element.get("size") or "").strip()
        if stated.lstrip("+").isdigit() and len(stated) <= 2:
            number = int(stated.lstrip("+")) + (3 if stated.startswith("+") else 0)
            size = _FONT_SIZES[min(max(number, 1), 7) - 1]
    styled = _STATED.search(element.get("style") or "")
    if styled is not None:
        size = float(styled.group(1)) * _PIXELS[styled.group(2).lower()]
    if size < _LEAST_SIZE and page.means[index] & Means.TITLE:
        size = _LEAST_SIZE
    if page.means[index] & Means.KICKER:
        return 0.0
    return size if size >= _LEAST_SIZE else 0.0


def _prose_after(page: Outline, most: int) -> list[int]:
    """For each element, how many elements after it prose begins; 0 inside an element that says prose itself."""
    own = page.text[:most]
    for index in range(most - 1, 0, -1):
        own[page.parents[index]] -= page.text[index]
    says, after, distance = [False] * most, [0] * most, _FAR
    for index in range(most - 1, -1, -1):
        after[index] = distance
        prose = (
            own[index] >= _PROSE
            and page.linked[index] < 0.5 * page.text[index]
            and page.tags[index] not in _HEADING_SIZES
        )
        distance = 1 if prose else distance + 1
        says[index] = prose and page.tags[index] != "body"
    if not any(says):
        return [0] * most  # all that the page says is short
    for index in range(1, most):
        if says[page.parents[index]]:
            says[index], after[index] = True, 0
    return after
