"""Which elements hold the article's text."""

from dataclasses import dataclass

from crawler.extraction.blocks import Line
from crawler.extraction.outline import HEADINGS, Outline
from crawler.extraction.vocabulary import Means

# How much of a line's weight the elements around it get, from the nearest out: enough that a paragraph in two wrappers
# still counts for the element that holds all of them, and so little that the page itself never wins.
_SHARES = (1.0, 0.8, 0.6, 0.4, 0.25)
_FULL_WEIGHT = 500
_LEAST_LINE = 25
_PROSE = 70
_NAMED, _NOT_OURS, _BEFORE_HEADLINE, _HOLDS_HEADLINE = 1.8, 0.3, 0.4, 0.8
_NEXT_ARTICLE = 0.25
_LEAST_ARTICLE = 150
_MOST_LINKED = 0.25
_LONGEST_WAY = 12
_MUCH_LONGER, _SEVERAL = 3, 3
_SHORT_WEIGHT = 0.2  # above what facts, captions and standfirsts weigh
_LONGEST_HEADING = 130
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "h2", "h3", "h4", "pre"})
_COMMAS = "،,؛.:"
_SENTENCE_ENDS = (".", "؟", "!", "»", '"')
_LINE_ENDS = (*_SENTENCE_ENDS, ":", "،", "…", ")", "”")


@dataclass(slots=True)
class Choice:
    """The elements chosen, in document order, and the characters of prose in them."""

    tops: list[int]
    prose: int


def _weight(line: Line) -> float:
    own = len(line.text) - line.linked
    if own < _LEAST_LINE or (line.heading and own < _LONGEST_HEADING):
        return 0.0
    if own < _PROSE and not (line.kind == "p" and line.text.endswith(_SENTENCE_ENDS)):
        return own / 400  # facts, captions, standfirsts: they must not draw the choice to what holds them too
    marks = sum(line.text.count(mark) for mark in _COMMAS)
    return min(own, _FULL_WEIGHT) / 100 + min(marks, 5) * 0.3


def choose(page: Outline, lines: list[Line], headline: int | None) -> Choice | None:
    """The element around the most prose, and those beside it that go on with the text; None when there is no prose."""
    scores = _scores(page, lines, headline)
    if not scores:
        return None
    best = max(scores, key=lambda index: (scores[index], -index))
    prose, spoken = _prose_by_element(page, lines)
    best = _first_alike(page, best, prose, headline)
    best = _nearer(page, best, lines, prose, headline)
    parent = page.parents[best]
    if (
        page.tags[best] in _PARAGRAPHS
        and parent > 0
        and (headline is None or not page.inside(headline, parent))
        and page.tags[parent] != "body"
    ):
        best = parent  # one long paragraph outweighs the text that it is a part of
    best = _widest_with_same_prose(page, best, prose, headline)
    tops = _with_continuations(page, best, prose, spoken, headline)
    return Choice(tops, sum(prose[top] for top in tops))


def _first_alike(page: Outline, best: int, prose: list[int], headline: int | None) -> int:
    """The first element after the headline that is made as the best one is: pages load longer articles below theirs.

    Made alike are elements of the same tag and class, or, with more text, of the same tags on the way down from what
    holds both. Elements side by side are parts of one text, and are no question here.
    """
    if headline is None or page.inside(headline, best) or best < headline:
        return best
    class_, parent = page.elements[best].get("class"), page.parents[best]
    for index in range(page.end[headline], best):
        if (
            page.tags[index] == page.tags[best]
            and prose[index] >= _LEAST_ARTICLE
            and page.parents[index] != parent
            and not page.inside(best, index)
            and not page.around[index] & (Means.OTHERS | Means.FRAME)
            and (
                (class_ and page.elements[index].get("class") == class_)
                or (prose[index] >= 2 * _LEAST_ARTICLE and _same_way_down(page, index, best))
            )
        ):
            return index
    return best


def _nearer(page: Outline, best: int, lines: list[Line], prose: list[int], headline: int | None) -> int:
    """The element of the text between the headline and the best one, when that is not much longer and stands apart.

    Below a short item stand texts about the paper, and other items. They stand apart when a heading or several linked
    headlines are between. A standfirst and its text have only facts and buttons between them.
    """
    if headline is None or page.inside(headline, best) or best < headline:
        return best
    near = [
        line
        for line in lines
        if page.end[headline] <= line.owner < best
        and page.end[line.owner] <= best
        and _weight(line) > _SHORT_WEIGHT
        and not page.around[line.owner] & (Means.OTHERS | Means.FRAME | Means.SUMMARY)
    ]
    characters = sum(len(line.text) - line.linked for line in near)
    if not any(line.text.endswith(_SENTENCE_ENDS) and len(line.text) >= _PROSE for line in near):
        return best
    first = next((line.owner for line in lines if line.owner >= best and _weight(line) > _SHORT_WEIGHT), best)
    if prose[best] > _MUCH_LONGER * characters or not _stands_apart(page, page.end[near[-1].owner], first):
        return best
    scores = _scores(page, near, headline)
    nearer = max(scores, key=lambda index: (scores[index], -index))
    return best if page.inside(best, nearer) or page.parents[nearer] == page.parents[best] else nearer


def _stands_apart(page: Outline, start: int, end: int) -> bool:
    """Whether there is a heading or several linked headlines from one element to before the other."""
    links = 0
    for index in range(start, end):
        if page.tags[index] in HEADINGS and page.text[index]:
            return True
        links += page.tags[index] == "a" and page.text[index] >= _LEAST_LINE
    return links >= _SEVERAL


def _same_way_down(page: Outline, one: int, other: int) -> bool:
    """Whether two elements are reached by the same tags from the innermost element that holds both."""
    for _ in range(_LONGEST_WAY):
        one, other = page.parents[one], page.parents[other]
        if one == other:
            return True
        if min(one, other) < 0 or page.tags[one] != page.tags[other]:
            return False
    return False


def _scores(page: Outline, lines: list[Line], headline: int | None) -> dict[int, float]:
    """How much each element speaks for being the text: the weights of its lines, and what its name says."""
    scores: dict[int, float] = {}
    next_article = _next_article(page, headline)
    # What names say of an element that holds the headline (a slide of a slider of articles) says nothing of the text.
    not_ours = (Means.OTHERS | Means.FRAME) & ~(page.around[headline] if headline is not None else 0)
    for line in lines:
        weight = _weight(line)
        if not weight:
            continue
        if headline is not None and page.end[line.owner] <= headline:
            weight *= _BEFORE_HEADLINE
        if line.owner >= next_article:
            weight *= _NEXT_ARTICLE
        if page.around[line.owner] & not_ours:
            weight *= _NOT_OURS
        around = [line.owner, *page.ancestors(line.owner, len(_SHARES) - 1)]
        for share, index in zip(_SHARES, around, strict=False):
            scores[index] = scores.get(index, 0.0) + weight * share
    for index in scores:
        if page.means[index] & Means.BODY:
            scores[index] *= _NAMED
        if headline is not None and page.inside(headline, index):
            scores[index] *= _HOLDS_HEADLINE
    return scores


def _next_article(page: Outline, headline: int | None) -> int:
    """Where another article begins that the page loads below its own, else the outline's end.

    It begins at another h1, or at another heading or element of the headline's own class.
    """
    if headline is None:
        return len(page.tags)
    title = page.words_of(headline)
    tag, class_ = page.tags[headline], page.elements[headline].get("class")
    return next(
        (
            index
            for index in range(page.end[headline], len(page.tags))
            if page.text[index] > _LEAST_LINE
            and (
                (page.tags[index] == "h1" and tag == "h1")
                or (
                    class_
                    and (page.tags[index] in HEADINGS or page.tags[index] == tag)
                    and page.elements[index].get("class") == class_
                )
            )
            and page.words_of(index) != title
        ),
        len(page.tags),
    )


def _prose_by_element(page: Outline, lines: list[Line]) -> tuple[list[int], list[int]]:
    """Characters of prose lines inside each element, and how many of the lines are whole sentences."""
    prose, spoken = [0] * len(page.tags), [0] * len(page.tags)
    for line in lines:
        own = len(line.text) - line.linked
        if own >= _LEAST_LINE:
            prose[line.owner] += own
            spoken[line.owner] += len(line.text) >= _PROSE and line.text.endswith(_LINE_ENDS)
    for index in range(len(prose) - 1, 0, -1):
        prose[page.parents[index]] += prose[index]
        spoken[page.parents[index]] += spoken[index]
    return prose, spoken


def _widest_with_same_prose(page: Outline, best: int, prose: list[int], headline: int | None) -> int:
    """The outermost wrapper that adds no prose to the element, short of the one that holds the headline too."""
    while True:
        parent = page.parents[best]
        if parent <= 0 or page.tags[parent] in {"body", "html"} or prose[parent] > prose[best]:
            return best
        if headline is not None and page.inside(headline, parent) and not page.inside(headline, best):
            return best
        best = parent


def _with_continuations(
    page: Outline, best: int, prose: list[int], spoken: list[int], headline: int | None
) -> list[int]:
    """The element and its siblings that hold more of the same text."""
    parent = page.parents[best]
    if parent < 0:
        return [best]
    class_ = page.elements[best].get("class")
    named = bool(page.means[best] & Means.BODY)
    first = 0 if headline is None else best if page.inside(headline, best) else headline
    tops = []
    index = parent + 1
    while index < page.end[parent]:
        if index == best or (
            index > first
            and prose[index] > 0
            and _continues(page, index, best, prose[index] if spoken[index] else 0, class_=class_, named=named)
        ):
            tops.append(index)
        index = page.end[index]
    return _with_headings_between(page, tops, class_, named=named)


def _with_headings_between(page: Outline, tops: list[int], class_: str | None, *, named: bool) -> list[int]:
    """The tops, and between them what has their class and no prose: sub-headings in elements of their own."""
    if len(tops) < 2 or (class_ is None and not named):
        return tops
    found = []
    index, last = tops[0], tops[-1]
    ours = set(tops)
    while index <= last:
        means = page.means[index]
        if index in ours or (
            page.text[index]
            and page.elements[index].get("class") == class_
            and not means & (Means.OTHERS | Means.FRAME | Means.FURNITURE)
        ):
            found.append(index)
        index = page.end[index]
    return found


def _continues(page: Outline, index: int, best: int, sentences: int, *, class_: str | None, named: bool) -> bool:
    """Whether an element beside the best one, with so many characters of prose in sentences, goes on with its text."""
    means = page.means[index]
    standfirst = index < best and means & Means.SUMMARY and page.tags[best] not in _PARAGRAPHS
    if means & (Means.OTHERS | Means.FRAME | Means.FURNITURE) or (standfirst and not means & Means.BODY):
        return False
    if means & Means.BODY:
        return True
    theirs = page.elements[index].get("class")
    same = page.tags[index] == page.tags[best] and (
        theirs == class_ or (bool(theirs and class_) and str(theirs).split()[:1] == str(class_).split()[:1])
    )
    if named:
        return same and class_ is not None
    if page.linked[index] > _MOST_LINKED * page.text[index]:
        return False
    if same and (class_ or page.tags[best] in _PARAGRAPHS):
        return True
    return sentences >= _PROSE and (same or page.tags[index] in {"p", "ul", "ol", "blockquote", "section", "div"})
