"""How often the article was read, as its page says."""

import re

from crawler.arabic.counters import parse_read_count
from crawler.arabic.digits import parse_count
from crawler.arabic.letters import clean
from crawler.extraction.evidence import MARKUP, Ledger
from crawler.extraction.outline import INLINE, Outline
from crawler.extraction.vocabulary import Means

_LONGEST = 120
# Of the names that mean a counter, those that cannot mean one of comments, shares or pages.
_VIEWS = re.compile(r"(?i)view|hits|visits?(?!or)|readcount|read-count|reads\b|tie-views|mosha|qira")
_NO_VIEWS = re.compile(
    r"(?i)comment|share|like|viewport|preview|review|overview|viewer|views?-?(?:row|field|element|content|exposed|header|footer|wrap|more|all|block)|view-|interview|gallery|grid|list|most"
)
_FAR_BEYOND = 150
_MOST_PLACES = 600
_SEEN_BEFORE = 80


def find_read_count(page: Outline, *, headline: int | None, body: tuple[int, int] | None, ledger: Ledger) -> int | None:
    """The article's own counter: labelled (القراءات: 458), or a bare number whose element's name says what it is.

    Counters of other articles, of the site and hidden ones are not read. Of several, the nearest to the headline is.
    """
    found: list[tuple[int, int, str, str]] = []
    start = headline if headline is not None else body[0] if body else None
    if start is None:
        return None
    first, last = max(1, start - _SEEN_BEFORE), (body[1] if body else start) + _FAR_BEYOND
    for index in range(first, min(last, len(page.tags), first + _MOST_PLACES)):
        if not 0 < page.text[index] <= _LONGEST or page.around[index] & (
            Means.OTHERS | Means.FRAME | Means.HIDDEN | Means.COMMENTS
        ):
            continue
        inner = _single_child(page, index)
        if inner and not page.means[index] & Means.COUNTER:
            continue  # the innermost element that says all of it is looked at
        text = clean(page.words_of(index))
        if not any(map(str.isdigit, text)) and not page.means[index] & Means.COUNTER and len(text) > 40:
            continue
        count = parse_read_count(text)
        where = f"<{page.tags[index]}> {text}"
        if count is None and _named_views(page, index):
            count, where = (
                parse_count(text),
                f"<{page.tags[index]}> {page.elements[index].get('class') or page.elements[index].get('id')}",
            )
        if count is not None:
            if _in_prose(page, index):
                ledger.rejected("read_count", count, MARKUP, where, "it stands in the text")
                continue
            found.append((abs(index - start), count, where, text))
    if not found:
        return None
    found.sort(key=lambda entry: entry[0])
    _, count, where, _ = found[0]
    ledger.took("read_count", count, MARKUP, where)
    return count


def _single_child(page: Outline, index: int) -> bool:
    """Whether one element inside holds all the text of this one."""
    child = index + 1
    return child < page.end[index] and page.text[child] == page.text[index]


def _named_views(page: Outline, index: int) -> bool:
    element = page.elements[index]
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(page.means[index] & Means.COUNTER and _VIEWS.search(named) and not _NO_VIEWS.search(named))


def _in_prose(page: Outline, index: int) -> bool:
    """Whether an inline element is a part of a longer paragraph."""
    while index > 0 and page.tags[index] in INLINE:
        index = page.parents[index]
    return page.text[index] > _LONGEST * 2 and page.tags[index] in {"p", "blockquote", "li"}
