"""The article's text: the whole of it and nothing else."""

from dataclasses import dataclass, field

from lxml import etree

from crawler.arabic.bylines import parse_dateline
from crawler.arabic.letters import clean, words
from crawler.extraction.blocks import CELL, MOST_LINES, Line, lines_of
from crawler.extraction.container import choose
from crawler.extraction.evidence import MARKUP, SITE_RULES, STRUCTURED, TRAFILATURA, Ledger
from crawler.extraction.feed_text import lines_in_feed
from crawler.extraction.furniture import mark
from crawler.extraction.head import Head
from crawler.extraction.outline import INLINE, Outline
from crawler.extraction.states import article_body, text_in_states
from crawler.extraction.trimming import Known, Trimmed, trim
from crawler.extraction.vocabulary import Means

_LEAST_PROSE = 120
"""Characters below which the mark-up is held to have no text of its own, and other sources are asked."""
_LITTLE_PROSE = 600
"""Characters up to which the states of script-built pages are asked: a notice or a teaser may be all that is shown."""
_LEAST_STATED, _RUN, _MOST_PLACES = 200, 5, 40
_LONG_LINE = 60
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "pre"})
_LONGEST_CAPTION, _LONGEST_LEGEND, _FEW_ELEMENTS, _NEAR = 110, 350, 12, 3
_SENTENCE_ENDS = (".", "؟", "!", "»", '"', ":", "،")
_MOST_FOR_TRAFILATURA, _LONGEST_FOR_TRAFILATURA = 10_000, 1_500_000
"""Elements and characters of a page that Trafilatura is asked about: it takes more than linear time."""


@dataclass(slots=True)
class Region:
    """The lines of the chosen elements, before trimming."""

    lines: list[Line]
    span: tuple[int, int] | None
    """First index of the elements, and the index after the last."""
    origin: str
    where: str
    beside: list[Line] = field(default_factory=list)
    """Lines between the headline and the text."""


@dataclass(slots=True)
class Body:
    """The text, and what its end credits."""

    text: str
    agency: str | None = None
    credit: str | None = None
    lines: list[Line] = field(default_factory=list)
    is_fed: bool = False
    """Whether it is the feed's."""


def find_region(
    page: Outline, headline: int | None, declared: list[etree._Element], removed: list[etree._Element]
) -> Region:
    """The part of the page that holds the text: what the site's rules declare, else the best by names and prose."""
    index_of = {element: index for index, element in enumerate(page.elements)} if declared or removed else {}
    furniture = [index_of[element] for element in removed if element in index_of]
    if declared:
        tops = _outermost(page, [index_of[element] for element in declared if element in index_of])
        region = _declared_region(page, headline, tops, furniture)
        if region is not None:
            return region
    dropped = mark(page, headline)
    for index in furniture:
        dropped[index] = 1
    return _best_region(page, headline, dropped)


def _declared_region(page: Outline, headline: int | None, tops: list[int], furniture: list[int]) -> Region | None:
    dropped = mark(page, headline)
    for top in tops:
        # A container that rules declare may carry any name; what is inside is judged as everywhere.
        for index in (top, *page.ancestors(top, len(page.tags))):
            dropped[index] = 0
    for index in furniture:
        dropped[index] = 1
    lines = lines_of(page, tops, dropped)
    return Region(lines, (tops[0], page.end[tops[-1]]), SITE_RULES, "body") if lines else None


def _best_region(page: Outline, headline: int | None, dropped: bytearray) -> Region:
    lines = lines_of(page, [_top(page)], dropped)
    choice = choose(page, lines, headline)
    if choice is None:
        return Region([], None, MARKUP, "no prose")
    span = (choice.tops[0], page.end[choice.tops[-1]])
    chosen = bytearray(len(page.tags))
    for top in choice.tops:
        chosen[top : page.end[top]] = b"\x01" * (page.end[top] - top)
    inside = [line for line in lines if chosen[line.owner]]
    around = _around_paragraphs(page, inside)
    inside = [line for line in inside if not _is_caption(page, line, around)]
    if headline is not None:
        inside = _after_headline(page, inside, headline, choice.tops[0])
    top = choice.tops[0]
    if len(choice.tops) == 1:
        inside, top = _without_standfirst(page, inside, top)
        span = (top, span[1])
    beside = [line for line in lines if headline is not None and headline < line.owner < span[0]]
    element = page.elements[top]
    name = element.get("class") or element.get("id") or element.get("itemprop") or ""
    where = f"<{page.tags[top]}> {name}".strip()
    return Region(inside, span, MARKUP, where, beside)


def _after_headline(page: Outline, lines: list[Line], headline: int, top: int) -> list[Line]:
    """The lines after the headline, where the top holds that too. Both may be parts of one cell that breaks part."""
    if not page.inside(headline, top):
        return lines
    block = headline
    while page.tags[block] in INLINE:
        block = page.parents[block]
    title = words(page.words_of(headline))
    own = [i for i, line in enumerate(lines) if page.inside(line.owner, block)]
    if block != headline:
        own = [i for i in own if words(lines[i].text) == title]
    if own:
        return lines[own[-1] + 1 :]
    return [line for line in lines if line.owner > headline or page.inside(headline, line.owner)]


def _is_caption(page: Outline, line: Line, around: int) -> bool:
    """Whether a line is a picture's: in its element or a box without other text, or set apart right below one.

    Args:
        page: the page.
        line: one line of the text.
        around: the element in which most paragraphs of the text stand.
    """
    if line.heading or line.kind in {"td", "body", CELL}:
        return False
    if len(line.text) > _LONGEST_CAPTION or line.text.endswith(_SENTENCE_ENDS):
        return len(line.text) <= _LONGEST_LEGEND and _in_picture_box(page, line.owner, around)
    box = line.owner
    for outer in page.ancestors(line.owner, _NEAR):
        if page.text[outer] > _LONGEST_CAPTION + _LONG_LINE or page.tags[outer] in {"td", "body"}:
            break
        box = outer
    if page.end[box] - box <= _FEW_ELEMENTS and _pictured(page, box):
        return True
    return not line.strong and _set_apart(page, line.owner) and _follows_picture(page, line.owner)


def _in_picture_box(page: Outline, owner: int, around: int) -> bool:
    """Whether an element stands, where paragraphs stand directly, in an inner box with a picture and no other text."""
    if page.parents[owner] == around or not page.inside(owner, around) or owner == around:
        return False
    box = owner
    for outer in page.ancestors(owner, _NEAR + 1):
        if outer == around:
            return page.text[box] == page.text[owner] and page.tags[box] != "p" and _pictured(page, box)
        box = outer
    return False


def _pictured(page: Outline, index: int) -> bool:
    inside = page.tags[index : page.end[index]]
    return len(inside) <= _FEW_ELEMENTS and ("img" in inside or "amp-img" in inside)


def _set_apart(page: Outline, index: int) -> bool:
    """Whether an element is centred, or all of it is in italics or small type."""
    element = page.elements[index]
    style = (element.get("style") or "").replace(" ", "").lower()
    if (element.get("align") or "").lower() == "center" or "text-align:center" in style:
        return True
    return any(
        page.tags[inner] in {"em", "i", "small"} and page.text[inner] == page.text[index]
        for inner in range(index + 1, min(page.end[index], index + _NEAR + 1))
    )


def _follows_picture(page: Outline, index: int) -> bool:
    """Whether the element before this one, beside it, shows a picture and says nothing."""
    before, previous = -1, page.parents[index] + 1
    while 0 < previous < index:
        before, previous = previous, page.end[previous]
    return before > 0 and not page.text[before] and _pictured(page, before)


def _around_paragraphs(page: Outline, lines: list[Line]) -> int:
    """The element that holds most of the text's paragraphs directly."""
    held: dict[int, int] = {}
    for line in lines:
        if line.kind == "p":
            parent = page.parents[line.owner]
            held[parent] = held.get(parent, 0) + len(line.text)
    return max(held, key=lambda index: held[index], default=-1)


def _without_standfirst(page: Outline, lines: list[Line], top: int) -> tuple[list[Line], int]:
    """Without the lines at the head that names call a summary, when all the text after them has an element of its own.

    A first paragraph that a name calls so stands among the other paragraphs, and is text.
    """
    first = next((place for place, line in enumerate(lines) if not _in_summary(page, line, top)), 0)
    if not first:
        return lines, top
    rest = lines[first:]
    prose = [line for line in rest if len(line.text) > _LONG_LINE]
    if not prose:
        return lines, top
    around = prose[0].owner
    while around != top and not all(page.inside(line.owner, around) for line in prose):
        around = page.parents[around]
    if around == top or page.tags[around] in _PARAGRAPHS:
        return lines, top
    return rest, around


def _in_summary(page: Outline, line: Line, top: int) -> bool:
    """Whether the line's element or one around it, inside the top, has the name of a summary."""
    index = line.owner
    while index > top:
        if page.means[index] & Means.SUMMARY:
            return True
        index = page.parents[index]
    return False


def _top(page: Outline) -> int:
    return next((index for index, tag in enumerate(page.tags[:50]) if tag == "body"), 0)


def _outermost(page: Outline, indices: list[int]) -> list[int]:
    tops: list[int] = []
    for index in sorted(set(indices)):
        if not tops or index >= page.end[tops[-1]]:
            tops.append(index)
    return tops


def read_body(
    root: etree._Element,
    elements: int,
    head: Head,
    *,
    region: Region,
    known: Known,
    ledger: Ledger,
    feed_text: str | None = None,
) -> Body:
    """The text of the region trimmed; where the mark-up has none, of the JSON-LD, the states, the feed, Trafilatura."""
    trimmed = trim(region.lines, known)
    stated = article_body(head.article)
    if stated is not None and trimmed.lines:
        trimmed = _agreeing(trimmed, stated)
    text = join(trimmed.lines)
    prose = sum(len(line.text) for line in trimmed.lines)
    if region.origin != SITE_RULES:
        other = _elsewhere(
            root, elements, head, stated=stated, feed=feed_text, prose=prose, text=text, known=known, ledger=ledger
        )
        if other is not None:
            return other
    if trimmed.agency is None and trimmed.lines:
        dateline = parse_dateline(trimmed.lines[0].text, own_names=known.own_names)
        if dateline is not None and dateline.agency:
            trimmed.agency, trimmed.credit = dateline.agency, trimmed.lines[0].text[:_LONG_LINE]
    if trimmed.agency:
        ledger.took("agency", trimmed.agency, MARKUP, f"the text's credit: {trimmed.credit}")
    if text:
        ledger.took("body", text, region.origin, region.where)
    return Body(text, trimmed.agency, trimmed.credit, trimmed.lines)


def _elsewhere(
    root: etree._Element,
    elements: int,
    head: Head,
    *,
    stated: str | None,
    feed: str | None,
    prose: int,
    text: str,
    known: Known,
    ledger: Ledger,
) -> Body | None:
    """The text from where the mark-up does not show it, when that has much more of it."""
    if stated is not None and (
        ((prose < _LEAST_PROSE or len(stated) > 2 * prose) and len(stated) > len(text) * 1.5)
        or (len(stated) >= _LEAST_STATED and not _share_words(stated, text))
    ):
        body = _trimmed_text(stated, known)
        if body:
            ledger.took("body", body, STRUCTURED, "JSON-LD articleBody")
            return Body(body)
    if prose >= _LITTLE_PROSE:
        return None
    state = text_in_states(root, head)
    if state is not None and len(state) > 2 * len(text):
        body = _trimmed_text(state, known)
        if body:
            ledger.took("body", body, STRUCTURED, "script state")
            return Body(body)
    if prose >= _LEAST_PROSE:
        return None
    return _from_afar(root, elements, feed=feed, prose=prose, text=text, known=known, ledger=ledger)


def _from_afar(
    root: etree._Element, elements: int, *, feed: str | None, prose: int, text: str, known: Known, ledger: Ledger
) -> Body | None:
    """The text of the feed or, where the page shows hardly a line, what Trafilatura finds."""
    fed = join(trim(lines_in_feed(feed), known).lines) if feed else ""
    if len(fed) > 2 * len(text):
        ledger.took("body", fed, STRUCTURED, "the feed's full text")
        return Body(fed, is_fed=True)
    fallback = _by_trafilatura(root, elements) if prose < _LONG_LINE else None
    if fallback is not None and len(fallback) > 2 * len(text) and len(fallback) >= _LONG_LINE:
        body = _trimmed_text(fallback, known)
        # Of a page without a text it gives the headline.
        if body and words(body) not in [words(title) for title in known.titles]:
            ledger.took("body", body, TRAFILATURA, "its text")
            return Body(body)
    return None


def _share_words(one: str, other: str) -> bool:
    """Whether two texts have a run of some words in common, looked for at a few places of the shorter."""
    if other[:_LONG_LINE] in one:
        return True
    shorter, longer = sorted((words(one), words(other)), key=len)
    spoken = f" {' '.join(longer)} "
    places = range(0, max(1, len(shorter) - _RUN), max(1, len(shorter) // _MOST_PLACES))
    return any(f" {' '.join(shorter[place : place + _RUN])} " in spoken for place in places)


def _trimmed_text(text: str, known: Known) -> str:
    """Paragraphs of text without mark-up, trimmed as lines are."""
    lines = [Line(line, 0, "p", 0, soft=False, strong=False) for line in text.split("\n")[:MOST_LINES] if line.strip()]
    return join(trim(lines, known).lines)


def _by_trafilatura(root: etree._Element, elements: int) -> str | None:
    """Trafilatura's reading of the page: the body alone, without its memory of other pages."""
    if elements > _MOST_FOR_TRAFILATURA:
        return None
    page = etree.tostring(root, encoding="unicode", method="html")
    if len(page) > _LONGEST_FOR_TRAFILATURA:
        return None
    from trafilatura import bare_extraction  # few pages need it, and it takes a second to import

    try:
        document = bare_extraction(
            page,
            include_comments=False,
            include_tables=False,
            deduplicate=False,
            with_metadata=False,
            favor_precision=True,
        )
    except (
        etree.LxmlError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
        AssertionError,
        KeyError,
        IndexError,
    ):
        return None
    text = getattr(document, "text", None)
    return text if isinstance(text, str) and text.strip() else None


def _agreeing(trimmed: Trimmed, stated: str) -> Trimmed:
    """Without lines at head and end that the JSON-LD's text does not have, when it has all the rest."""
    spoken = f" {' '.join(words(stated))} "
    lines = trimmed.lines
    held = [f" {' '.join(words(line.text))} " in spoken for line in lines]
    count = sum(len(line.text) for line, in_it in zip(lines, held, strict=True) if in_it)
    if count < 0.7 * sum(len(line.text) for line in lines) or count < _LEAST_PROSE:
        return trimmed
    first = held.index(True)
    last = len(held) - 1 - held[::-1].index(True)
    if any(len(line.text) > 4 * _LONG_LINE for line in (*lines[:first], *lines[last + 1 :])):
        return trimmed  # a whole paragraph: the JSON-LD's text was cut short
    trimmed.lines = lines[first : last + 1]
    return trimmed


def join(lines: list[Line]) -> str:
    """The lines as text: a blank line between paragraphs, a line end between verses (short lines parted by a break)."""
    text = ""
    for place, line in enumerate(lines):
        said = clean(line.text)
        if not said:
            continue
        if text:
            verse = line.soft and len(said) <= _LONG_LINE and len(lines[place - 1].text) <= _LONG_LINE
            text += "\n" if verse else "\n\n"
        text += said
    return text
