"""How often the article was read, as its page says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

from crawler.arabic.counters import parse_read_count
from crawler.arabic.digits import parse_count
from crawler.arabic.letters import clean
from crawler.extraction.evidence import MARKUP, STRUCTURED, Ledger
from crawler.extraction.head import Head
from crawler.extraction.jsonld import Node, types_of
from crawler.extraction.nearness import is_elsewhere, is_of_another
from crawler.extraction.outline import INLINE, MOST_INSIDE, Outline, squeeze, visible_text
from crawler.extraction.vocabulary import Means

_LONGEST = 120
_LONGEST_UNDIGITED = 40
# Of the names that mean a counter, those that cannot mean one of comments, shares or pages.
_VIEWS = re.compile(r"(?i)view|hits|visits?(?!or)|readcount|read-count|reads\b|tie-views|mosha|qira")
_NO_VIEWS = re.compile(
    r"(?i)comment|share|like|viewport|preview|review|overview|viewer|views?-?(?:row|field|element|content|exposed|header|footer|wrap|more|all|block)|view-|interview|gallery|grid|list|most"
)
_EYE = re.compile(r"(?i)(?:^|[-_ /#])(?:eye\d?|views?)(?![-_]?(?:slash|dropper|all|more|list|grid))(?=$|[-_ .])")
"""Names of an icon that stands for reading."""
_MOST_ICONS = 12
_MARK = re.compile(r"[|()\[\]•·–—]")
_LONGEST_COUNT = 20
_MOST_FOUND = 60
_CLOSE = 12
_LONGEST_FACT = 80
"""Characters of the longest fact in a line of facts; what is longer is a paragraph."""
_FAR_BEYOND = 150
_MOST_PLACES = 600
_SEEN_BEFORE = 80
_READING = frozenset({"ReadAction", "ViewAction"})
_USER_READS = re.compile(r"(?i)User(?:PageVisits|Views|Reads)\s*:\s*([\d.,]+)")


@dataclass(frozen=True, slots=True)
class _Counter:
    count: int
    where: str
    index: int
    distance: int


def find_read_count(
    page: Outline, head: Head, *, headline: int | None, body: tuple[int, int] | None, ledger: Ledger
) -> int | None:
    """The article's own counter: stated, labelled (القراءات: 458), or a bare number with a name or an icon of an eye.

    Counters of other articles, of players and polls, of the site, inside the text, and hidden ones are not read. Of
    several, the nearest to the headline is.
    """
    stated = _stated(head)
    if stated is not None:
        ledger.took("read_count", stated, STRUCTURED, "interactionStatistic")
        return stated
    found = _innermost(page, sorted(_shown(page, headline, body, ledger), key=lambda counter: counter.distance))
    if not found:
        return None
    for other in found[1:]:
        if other.count != found[0].count:
            ledger.rejected("read_count", other.count, MARKUP, other.where, "another counter is nearer to the headline")
    ledger.took("read_count", found[0].count, MARKUP, found[0].where)
    return found[0].count


def _innermost(page: Outline, found: list[_Counter]) -> list[_Counter]:
    """The counters without those of boxes that hold another: in a box's whole line two facts may run together."""
    return [
        counter
        for counter in found
        if not any(other is not counter and page.inside(other.index, counter.index) for other in found[:_MOST_FOUND])
    ]


def _stated(head: Head) -> int | None:
    """The count of reading in the article's interactionStatistic, or in Joomla's interactionCount."""
    statistics: Any = head.article.get("interactionStatistic")
    for statistic in statistics if isinstance(statistics, list) else [statistics]:
        if isinstance(statistic, dict) and _READING & _actions(statistic.get("interactionType")):
            count = statistic.get("userInteractionCount")
            if isinstance(count, int | str) and not isinstance(count, bool):
                return parse_count(str(count))
    for _, content in head.meta("interactioncount"):
        if visits := _USER_READS.search(content):
            return parse_count(visits.group(1))
    return None


def _actions(value: Any) -> set[str]:
    """ReadAction of "https://schema.org/ReadAction" or of {"@type": "ReadAction"}."""
    node: Node = value if isinstance(value, dict) else {"@type": value}
    return types_of(node)


def _shown(page: Outline, headline: int | None, body: tuple[int, int] | None, ledger: Ledger) -> Iterator[_Counter]:
    """The counters that the page shows of its article."""
    start = headline if headline is not None else body[0] if body else None
    if start is None:
        return
    first, last = max(1, start - _SEEN_BEFORE), (body[1] if body else start) + _FAR_BEYOND
    for index in range(first, min(last, len(page.tags), first + _MOST_PLACES)):
        if not 0 < page.text[index] <= _LONGEST or is_elsewhere(page, index, Means.COUNTER):
            continue
        if _single_child(page, index) and not page.means[index] & Means.COUNTER:
            continue  # the innermost element that says all of it is looked at
        read = _read(page, index)
        if read is None:
            continue
        count, where = read
        if not _heads_text(page, start, index) and _in_text(page, index, body):
            ledger.rejected("read_count", count, MARKUP, where, "it stands in the text")
        elif is_of_another(page, index, headline, body, Means.COUNTER):
            ledger.rejected("read_count", count, MARKUP, where, "it stands in another thing's box")
        else:
            yield _Counter(count, where, index, abs(index - start))


def _read(page: Outline, index: int) -> tuple[int, str] | None:
    """The count that a small element is or says, and what it was read from."""
    named = bool(page.means[index] & Means.COUNTER)
    element, tag = page.elements[index], page.tags[index]
    text = page.words_of(index)
    if page.end[index] - index > MOST_INSIDE:
        return None
    if not any(map(str.isdigit, text)) and not named and len(text) > _LONGEST_UNDIGITED:
        return None
    if page.end[index] - index > 1 and text:
        text = squeeze(visible_text(element, apart=" "))
    text = clean(text)
    count = parse_read_count(text)
    if count is not None:
        return count, f"<{tag}> {text}"
    if (count := _beside_label(element, text)) is not None:
        return count, f"<{tag}> {text} and what follows it"
    if named and _names_views(page, index) and (count := parse_count(text)) is not None:
        return count, f"<{tag}> {element.get('class') or element.get('id')}"
    count = _beside_eye(element) if len(element) and any(map(str.isdigit, text)) else None
    return None if count is None else (count, f"<{tag}> icon of an eye")


def _beside_label(element: etree._Element, text: str) -> int | None:
    """The number after an element that is a label and no more: <b>القراءات:</b> 458, <dt>المشاهدات</dt><dd>458</dd>."""
    if not text or len(text) > _LONGEST_UNDIGITED or any(map(str.isdigit, text)):
        return None
    following = element.getnext()
    after = _MARK.split(clean(element.tail or "").strip(" :\n"), maxsplit=1)[0]
    if not after and following is not None and len(following) <= 1:
        after = squeeze(visible_text(following, apart=" "))
    if len(after) > _LONGEST_COUNT or (count := parse_count(after)) is None:
        return None
    return parse_read_count(f"{text.rstrip(' :')}: {count}")


def _single_child(page: Outline, index: int) -> bool:
    """Whether one element inside holds all the text of this one."""
    child = index + 1
    return child < page.end[index] and page.text[child] == page.text[index]


def _names_views(page: Outline, index: int) -> bool:
    element = page.elements[index]
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_VIEWS.search(named) and not _NO_VIEWS.search(named))


def _beside_eye(element: etree._Element) -> int | None:
    """The number after an eye: <i class="fa fa-eye"></i> 458, also where the number has an element of its own."""
    for icon in islice(element.iter("i", "span", "svg", "use", "img", "em"), _MOST_ICONS):
        names = (icon.get(name) for name in ("class", "href", "src", "alt", "{http://www.w3.org/1999/xlink}href"))
        if squeeze("".join(map(str, icon.itertext()))) or not _EYE.search(" ".join(filter(None, names))):
            continue
        drawing = icon.getparent() if icon.tag == "use" else icon
        if drawing is None or drawing is element:
            continue
        following = drawing.getnext()
        after = squeeze(drawing.tail or "")
        if not after and following is not None:
            after = squeeze(visible_text(following, apart=" "))
        first = _MARK.split(clean(after), maxsplit=1)[0].strip()
        if (count := parse_count(first)) is not None:
            return count
    return None


def _heads_text(page: Outline, start: int, index: int) -> bool:
    """Whether an element stands right below the headline, with no paragraph between."""
    if not start < index <= start + _CLOSE:
        return False
    return not any(page.text[i] > _LONGEST_FACT and page.end[i] <= index for i in range(start + 1, index))


def _in_text(page: Outline, index: int, body: tuple[int, int] | None) -> bool:
    """Whether it is a part of a longer paragraph, or a line between the text's paragraphs that nothing names."""
    if body is not None and body[0] < index < body[1] and not _is_announced(page, index, body[0]):
        return True
    while index > 0 and page.tags[index] in INLINE:
        index = page.parents[index]
    return page.text[index] > _LONGEST * 2 and page.tags[index] in {"p", "blockquote", "li"}


def _is_announced(page: Outline, index: int, top: int) -> bool:
    """Whether an element or one that it is in, below `top`, is named as a counter or a line of facts."""
    return any(
        page.means[place] & (Means.COUNTER | Means.FACTS | Means.DATE)
        for place in (index, *page.ancestors(index, 3))
        if place > top
    )
