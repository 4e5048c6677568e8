"""What on a page is furniture: menus, adverts, related links, share buttons, comments, captions, hidden copies.

Marked by what names, roles and tags say, by labels (اقرأ أيضا) and by density of links, and never by one site's
names alone. Two guards keep a careless class name on a wrapper from taking the article with it: what holds the
headline stays, and what holds most of the page's text stays.
"""

from crawler.extraction.outline import HEADINGS, INLINE, Outline, squeeze, visible_text
from crawler.extraction.phrases import Saying, is_skip_link
from crawler.extraction.teasers import teasers
from crawler.extraction.vocabulary import Means

_ALWAYS = Means.FURNITURE | Means.OTHERS | Means.FRAME | Means.CAPTION | Means.HIDDEN
_SHORT_FACTS = (
    Means.DATE | Means.MODIFIED | Means.AUTHOR | Means.COUNTER | Means.TAGS | Means.CRUMBS | Means.SECTION | Means.FACTS
)
_LONGEST_FACT = 220  # characters of a byline or date line with all that stands beside it
_LONGEST_LABEL = 60
_LINK_DENSE = 0.75
_LEAST_ARTICLE = 150  # characters of text before the label of comments, so that it is no link to them above the text
_MOST_OF_PAGE, _FEW_OF_PAGE = 0.5, 0.25
_LONGEST_TEASER_BOX, _LONGEST_PLAIN_BOX = 900, 400
_LEAST_REST, _NEAR, _MOST_HIDDEN = 300, 3, 3
_LOOKED_AT = 1_500  # elements of one box that are looked at: boxes stand inside boxes
_MOST_SKIP_LINKS, _LONGEST_SKIP_LINK = 20, 120
_PROSE_TAGS = frozenset({"p", "blockquote", "pre"})
_SENTENCES = _PROSE_TAGS | {"li"}
_LEAST_SENTENCE = 60
_FACTS_OF_HEADINGS = Means.DATE | Means.AUTHOR | Means.COUNTER


def mark(page: Outline, headline: int | None) -> bytearray:
    """A flag an element: furniture, with all that is inside. Takes time linear in the number of elements."""
    dropped = bytearray(len(page.tags))
    prose = _prose(page)
    page_prose = max(1, prose[0]) if prose else 1
    named_body = _named_body(page, prose, page_prose)
    teasing = teasers(page)
    asked = 0  # of hidden elements, whether they go on with the text: each question reads the page
    index = 1
    while index < len(page.tags):
        holds_headline = headline is not None and page.inside(headline, index)
        if not holds_headline and (
            (teasing[index] and not named_body[index]) or _is_furniture(page, index, prose, page_prose, named_body)
        ):
            may_go_on = asked < _MOST_HIDDEN and _may_go_on_hidden(page, index)
            asked += may_go_on
            if not (may_go_on and _is_said_once(page, index)):
                dropped[index] = 1
                index = page.end[index]
                continue
        index += 1
    _mark_skippable(page, headline, prose, dropped)
    _mark_labelled_boxes(page, headline, prose, dropped)
    return dropped


def _mark_skippable(page: Outline, headline: int | None, prose: list[int], dropped: bytearray) -> None:
    """Drop what a skip link for listeners passes over ("تخطى قصص مقترحة وواصل القراءة"): the page itself says so."""
    targets = [
        (index, href[1:])
        for index, tag in enumerate(page.tags)
        if tag == "a"
        and 0 < page.text[index] <= _LONGEST_SKIP_LINK
        and (href := page.elements[index].get("href") or "")[:1] == "#"
        and len(href) > 1
        and is_skip_link(page.words_of(index))
    ]
    if not targets:
        return
    by_id = {id_: index for index, element in enumerate(page.elements) if (id_ := element.get("id"))}
    for link, id_ in targets[:_MOST_SKIP_LINKS]:
        target = by_id.get(id_, -1)
        if target <= link:
            continue
        around = page.parents[link]
        while around > 0 and not page.inside(target, around):
            around = page.parents[around]
        if (
            around > 0
            and (headline is None or not page.inside(headline, around))
            and prose[around] < _MOST_OF_PAGE * prose[0]
        ):
            dropped[around] = 1


def _prose(page: Outline) -> list[int]:
    """Characters outside links in each element."""
    return [text - linked for text, linked in zip(page.text, page.linked, strict=True)]


def _named_body(page: Outline, prose: list[int], page_prose: int) -> bytearray:
    """Elements that hold one whose names say that it is the article's text, and that has a good part of the page's."""
    holds = bytearray(len(page.tags))
    for index in range(len(page.tags) - 1, 0, -1):
        means = page.means[index]
        if means & Means.BODY and not means & (Means.OTHERS | Means.FRAME) and prose[index] > page_prose * 0.2:
            holds[index] = 1
        if holds[index]:
            holds[page.parents[index]] = 1
    return holds


def _is_furniture(page: Outline, index: int, prose: list[int], page_prose: int, named_body: bytearray) -> bool:
    means, tag, text = page.means[index], page.tags[index], page.text[index]
    if (not means and tag in INLINE) or _is_part_of_text(page, index):
        return False
    share = prose[index] / page_prose
    if means & Means.COMMENTS and not means & Means.BODY:
        return True
    if means & _ALWAYS:
        return _named_furniture(page, index, prose, share, holds_body=bool(named_body[index]))
    if means & _SHORT_FACTS and not means & Means.BODY and text <= _LONGEST_FACT:
        return not named_body[index] and _is_fact(page, index)
    if tag in INLINE or tag in HEADINGS or not text:
        return False
    return _link_dense(page, index, share) or _teaser_articles(page, index)


def _is_part_of_text(page: Outline, index: int) -> bool:
    """Whether where an element stands tells that it is text, whatever its name.

    A footer in a quotation names who speaks; an inline element may be a word of a sentence; a heading inside the body
    is a sub-heading, though it be called a section's title.
    """
    means, tag = page.means[index], page.tags[index]
    if tag == "body" or (tag == "footer" and page.tags[page.parents[index]] == "blockquote"):
        return True
    if tag in INLINE:
        return bool(means) and not means & (Means.HIDDEN | Means.CAPTION) and _is_part_of_sentence(page, index)
    inside_body = page.around[page.parents[index]] & Means.BODY
    return tag in HEADINGS and bool(inside_body) and not means & (_ALWAYS | _FACTS_OF_HEADINGS)


def _is_part_of_sentence(page: Outline, index: int) -> bool:
    """Whether an inline element (a linked tag, a date) is a small part of a paragraph, and no label or button there."""
    around = page.parents[index]
    while page.tags[around] in INLINE and around > 0:
        around = page.parents[around]
    text = page.text[index]
    return (
        page.tags[around] in _SENTENCES
        and 0 < text <= _LONGEST_LABEL
        and page.text[around] - page.linked[around] - text >= _LEAST_SENTENCE
        and not Saying(page.words_of(index)).box_label()
    )


def _is_fact(page: Outline, index: int) -> bool:
    """Whether an element whose name says byline, date, counter is that, and no paragraph and no quotation's speaker."""
    means = page.means[index]
    if page.tags[index] in _PROSE_TAGS and (
        not means & (Means.AUTHOR | Means.DATE) or page.text[index] > _LONGEST_LABEL or means & Means.SUMMARY
    ):
        return False
    return not means & Means.AUTHOR or not any(
        page.tags[i] in {"blockquote", "figure"} or "quote" in (page.elements[i].get("class") or "").lower()
        for i in (index, *page.ancestors(index, 2))
    )


def _may_go_on_hidden(page: Outline, index: int) -> bool:
    """Whether an element, hidden and no more, may be the rest of the text, for a "read more" to unfold in the body."""
    if page.means[index] != Means.HIDDEN or page.text[index] < _LEAST_REST:
        return False
    if page.linked[index] > _FEW_OF_PAGE * page.text[index]:
        return False
    return any(page.means[around] & Means.BODY for around in page.ancestors(index, _NEAR))


def _is_said_once(page: Outline, index: int) -> bool:
    """Whether the page says nowhere else what an element begins with: it is no copy for a printer or a telephone."""
    said = squeeze(visible_text(page.elements[index]))[:_LONGEST_LABEL]
    return squeeze(visible_text(page.elements[0])).count(said) == 1


def _named_furniture(page: Outline, index: int, prose: list[int], share: float, *, holds_body: bool) -> bool:
    """Whether an element whose name says furniture is that: not when it holds the text, or most of the page's prose."""
    means = page.means[index]
    if holds_body and not means & (Means.HIDDEN | Means.CAPTION):
        return False
    return share < _MOST_OF_PAGE or (not means & Means.HIDDEN and page.linked[index] > prose[index])


def _teaser_articles(page: Outline, index: int) -> bool:
    """Whether an element holds several headings with links: a list of other articles, whatever it is called."""
    first = index + 1
    if page.tags[index] == "article" or first >= page.end[index] or page.tags[first] != "article":
        return False
    articles = [i for i in range(first, min(page.end[index], index + _LOOKED_AT)) if page.tags[i] == "article"]
    return len(articles) >= 2 and all(_linked_headings(page, i) >= 1 for i in articles)


def _link_dense(page: Outline, index: int, share: float) -> bool:
    """Whether an element is a box of links: several of them and hardly anything else."""
    linked, text = page.linked[index], page.text[index]
    if linked < _LINK_DENSE * text or share > 0.2:
        return False
    links = 0
    for inner in range(index + 1, min(page.end[index], index + _LOOKED_AT)):
        if page.tags[inner] == "a" and page.text[inner]:
            links += 1
            if links > 2:
                return True
    return False


def _mark_labelled_boxes(page: Outline, headline: int | None, prose: list[int], dropped: bytearray) -> None:
    """Drop boxes that a label heads ("اقرأ أيضا", "مواضيع ذات صلة"): the label and, where it is of links, its box."""
    index = 1
    before: list[int] | None = None
    while index < len(page.tags):
        if dropped[index]:
            index = page.end[index]
            continue
        if 0 < page.text[index] <= _LONGEST_LABEL and page.tags[index] != "a":
            label = Saying(page.words_of(index))
            if label.closing_label():
                before = before or _prose_before(page, headline)
                if before[index] >= _LEAST_ARTICLE:
                    _drop_all_after(page, index, headline, dropped)
            if label.box_label() and not (label.may_be_heading() and _heads_prose(page, index)):
                box = _box_around(page, index, headline)
                if box == index:
                    box = _teaser_box(page, index, headline, prose)
                dropped[box] = 1
                _drop_teasers_after(page, box, headline, dropped)
                index = max(index + 1, page.end[box])
                continue
        index += 1


def _drop_teasers_after(page: Outline, label: int, headline: int | None, dropped: bytearray) -> None:
    """Drop the teasers after a label: its next siblings, as long as they are lists of links or of linked headings."""
    parent = page.parents[label]
    while parent > 0 and page.text[parent] == page.text[label]:
        label, parent = parent, page.parents[parent]
    if parent < 0:
        return
    sibling = page.end[label]
    while sibling < page.end[parent]:
        if page.text[sibling]:
            if (headline is not None and page.inside(headline, sibling)) or not _teases(page, sibling):
                return
            dropped[sibling] = 1
        sibling = page.end[sibling]


def _prose_before(page: Outline, headline: int | None) -> list[int]:
    """For each element, the characters from the headline to it that stand in no link, side column or other article."""
    own = page.text.copy()
    for index in range(len(own) - 1, 0, -1):
        own[page.parents[index]] -= page.text[index]
    aside = Means.OTHERS | Means.FRAME  # not furniture: WebForms wrap the whole page in a form
    start = headline if headline is not None else 0
    before, total = [], 0
    for index, characters in enumerate(own):
        before.append(total)
        if index > start and page.tags[index] != "a" and not page.around[index] & aside:
            total += characters
    return before


def _drop_all_after(page: Outline, label: int, headline: int | None, dropped: bytearray) -> None:
    """Drop what follows the label of the comments beside it: all of it was written by readers."""
    parent = page.parents[label]
    while parent > 0 and page.text[parent] == page.text[label]:
        label, parent = parent, page.parents[parent]
    if parent < 0 or page.tags[parent] == "body":
        return
    sibling = page.end[label]
    while sibling < page.end[parent]:
        if headline is None or not page.inside(headline, sibling):
            dropped[sibling] = 1
        sibling = page.end[sibling]


def _teases(page: Outline, index: int) -> bool:
    """Whether an element is a link, or holds little but linked headings with their excerpts."""
    if page.linked[index] >= _LINK_DENSE * page.text[index]:
        return True
    return _linked_headings(page, index) >= 2


def _linked_headings(page: Outline, index: int) -> int:
    """Headings inside the element that are links from end to end."""
    return sum(
        1
        for inner in range(index, min(page.end[index], index + _LOOKED_AT))
        if page.tags[inner] in HEADINGS and page.text[inner] > 10 and page.linked[inner] >= 0.9 * page.text[inner]
    )


def _heads_prose(page: Outline, label: int) -> bool:
    """Whether what follows a heading beside it is prose without links."""
    following = page.end[label]
    return (
        page.tags[label] in HEADINGS | _PROSE_TAGS
        and following < page.end[page.parents[label]]
        and page.tags[following] in _PROSE_TAGS
        and page.text[following] - page.linked[following] >= _LEAST_SENTENCE
    )


def _teaser_box(page: Outline, label: int, headline: int | None, prose: list[int]) -> int:
    """The small element that a label begins and that holds headlines, or one with its excerpt; else the label.

    Headlines may be no links where a script opens them: they are told by having no sentence among them.
    """
    box = page.parents[label]
    while box > 0 and page.text[box] == page.text[label]:
        box = page.parents[box]
    if (
        box <= 0
        or page.tags[box] in {"body", "td", "article"}
        or page.means[box] & Means.BODY
        or page.text[box] > _LONGEST_TEASER_BOX
        or prose[box] > _FEW_OF_PAGE * prose[0]
        or (headline is not None and page.inside(headline, box))
        or any(page.text[i] and not page.inside(label, i) for i in range(box + 1, label))
    ):
        return label
    if _linked_headings(page, box):
        return box
    said = page.words_of(box) if page.text[box] <= _LONGEST_PLAIN_BOX else ""
    headlines = said and not any(mark in said for mark in ".؟") and Saying(page.words_of(label)).pointer()
    return box if headlines else label


def _box_around(page: Outline, label: int, headline: int | None) -> int:
    """The largest element around a label that holds little but links."""
    box = label
    while True:
        parent = page.parents[box]
        if parent <= 0 or page.tags[parent] == "body" or (headline is not None and page.inside(headline, parent)):
            return box
        beside = page.text[parent] - page.text[label]
        if beside > 0 and page.linked[parent] - page.linked[label] < _LINK_DENSE * beside:
            return box
        box = parent
