"""A page as arrays in document order: one lxml parse, one walk, and everything after it is counting.

Most questions of extraction are about whole subtrees (how much text is here, how much of it is links, is this inside a
furniture box). Asked of lxml element by element they cost a walk each; asked of the arrays they cost a subtraction.
"""

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from crawler.extraction.vocabulary import Means, meaning

MOST_CHARACTERS = 6_000_000
"""Characters of a page that are read; what is beyond is cut off. The longest article page seen has 0.6 million."""
MOST_ELEMENTS = 60_000
"""Elements of a page that are read. A page of more (ten times the most seen on a news page) is read up to there."""
MOST_INSIDE = 120
"""Elements inside one whose text is asked for as a short fact."""

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "o:p",
        "picture",
        "q",
        "ruby",
        "s",
        "samp",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "st1",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "applet",
        "canvas",
        "audio",
        "video",
        "map",
        "select",
        "option",
        "datalist",
        "button",
        "input",
        "textarea",
        "head",
        "meta",
        "link",
        "base",
        "title",
        "progress",
        "meter",
        "dialog",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_FIRST_FIELDS = 4
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


_CUT_OFF = re.compile(r"<[/a-zA-Z!?][^<>]*\Z")


_LONG_TAG, _MOST_ATTRIBUTES = 50_000, 2_000
_ATTRIBUTE = re.compile(r"""[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?|["'=]""")


def _without_long_tags(text: str) -> str:
    """The page with the attributes of a tag cut off after the 2,000th: libxml2 compares each with all before it."""
    place = 0
    while place < len(text):
        if text.find(">", place, place + _LONG_TAG) >= 0:
            place += _LONG_TAG
            continue
        # Almost no page has such a stretch: a picture in an attribute, a script.
        start, end = text.rfind("<", 0, place + 1), text.find(">", place)
        end = len(text) if end < 0 else end
        if start >= 0 and text[start + 1 : start + 2].isalpha():
            last = next(islice(_ATTRIBUTE.finditer(text, start, end), _MOST_ATTRIBUTES, None), None)
            if last is not None:
                text, end = text[: last.start()] + text[end:], last.start()
        place = end + 1
    return text


def parse(text: str) -> etree._Element | None:
    """The page as an lxml tree, or None where there is no element at all. Bounded by MOST_CHARACTERS."""
    text = text[:MOST_CHARACTERS]
    # A tag that a broken transfer cut off would be text: <title>... - paper</
    if cut := _CUT_OFF.match(text, max(text.rfind("<"), 0)):
        text = text[: cut.start()]
    if "\x00" in text or "\x1a" in text:
        text = _CONTROL.sub("", text)
    text = _without_long_tags(text)
    # huge_tree lifts the limit on depth from 256 elements to 2048 (libxml2's own): old pages forget to close <font>
    # at every paragraph, and all that stands deeper than the limit would be dropped. etree's parser, not
    # lxml.html's: that asks Python for the class of every single element.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", "ignore"), parser)
    except (etree.LxmlError, ValueError):
        return None


@dataclass(slots=True)
class Outline:
    """The elements of a page's body in document order; index 0 is the root.

    All lists run parallel. `end[i]` is the index after the last element inside element i, so that element j is inside i
    exactly when i <= j < end[i].
    """

    elements: list[etree._Element] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    means: list[int] = field(default_factory=list)
    around: list[int] = field(default_factory=list)
    """What the names of the element and of all that it is in say together."""
    text: list[int] = field(default_factory=list)
    """Characters of visible text inside the element."""
    linked: list[int] = field(default_factory=list)
    """Characters of that inside links."""
    said: dict[int, str] = field(default_factory=dict)
    """What `words_of` answered."""

    def inside(self, index: int, ancestor: int) -> bool:
        """Whether the element is the ancestor itself or inside it."""
        return ancestor <= index < self.end[ancestor]

    def ancestors(self, index: int, most: int) -> list[int]:
        """Indices of the elements that the element is in, nearest first, at most so many."""
        found: list[int] = []
        index = self.parents[index]
        while index >= 0 and len(found) < most:
            found.append(index)
            index = self.parents[index]
        return found

    def words_of(self, index: int) -> str:
        """The visible text inside a small element on one line; '' for one that holds more than MOST_INSIDE elements.

        Short facts (titles, dates, labels) are asked for all over the page, also of elements that are inside each
        other: the limit is what keeps this linear.
        """
        known = self.said.get(index)
        if known is None:
            element = self.elements[index]
            if not len(element):
                known = squeeze(element.text or "")
            elif len(element) == 1 and self.end[index] - index == 2 and not len(element[0]):
                # <h3><a>...</a></h3>: most of the elements that are asked about.
                inner, gap = element[0], "" if self.tags[index + 1] in INLINE else " "
                known = squeeze(gap.join((element.text or "", inner.text or "", inner.tail or "")))
            elif self.end[index] - index > MOST_INSIDE:
                known = ""
            else:
                known = squeeze(visible_text(element))
            self.said[index] = known
        return known


def squeeze(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def visible_text(element: etree._Element, *, apart: str = "") -> str:
    """Text of an element without scripts, with spaces where blocks and line breaks part words.

    Args:
        element: the element.
        apart: what to put wherever an element begins or ends, inline ones too: facts stand beside each other in spans
            (<b>12</b><b>مارس</b>), and so do the letters of a word.
    """
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if apart or tag not in INLINE:
            parts.append(apart or " ")
        if event == "start":
            if tag not in SKIPPED:
                if text := node.text:
                    parts.append(text)
            elif node is not element:
                walk.skip_subtree()
        elif node is not element and (tail := node.tail):
            parts.append(tail)
    return "".join(parts)


_ROLES = {
    "navigation": Means.FRAME,
    "banner": Means.FRAME,
    "contentinfo": Means.FRAME,
    "search": Means.FURNITURE,
    "complementary": Means.FRAME,
    "dialog": Means.FURNITURE,
    "alertdialog": Means.FURNITURE,
    "menu": Means.FRAME,
    "menubar": Means.FRAME,
}
_TAG_MEANS = {
    "nav": Means.FRAME,
    "footer": Means.FRAME,
    "aside": Means.FRAME,
    "figcaption": Means.CAPTION,
    "form": Means.FURNITURE,
    "menu": Means.FRAME,
    "marquee": Means.OTHERS,
}
_ITEMPROPS = {
    "articlebody": Means.BODY,
    "headline": Means.TITLE,
    "datepublished": Means.DATE,
    "datemodified": Means.MODIFIED | Means.DATE,
    "datecreated": Means.DATE,
    "author": Means.AUTHOR,
    "creator": Means.AUTHOR,
    "articlesection": Means.SECTION,
    "keywords": Means.TAGS,
    "interactioncount": Means.COUNTER,
    "caption": Means.CAPTION,
    "alternativeheadline": Means.KICKER,
}


def _wraps_page(form: etree._Element) -> bool:
    """Whether a form is WebForms' own, that holds all of the page."""
    parent = form.getparent()
    if parent is not None and parent.tag == "body" and len(form) > 1:
        return True
    return any((field.get("name") or "").startswith("__") for field in islice(form.iter("input"), _FIRST_FIELDS))


def _means_of(element: etree._Element, tag: str) -> int:
    """What tag, names, role and itemprop of an element say."""
    if tag in {"html", "body"}:
        return Means.NOTHING  # their classes describe the whole page: has-sidebar, no-comments
    named = _TAG_MEANS.get(tag, Means.NOTHING)
    if tag == "form" and _wraps_page(element):
        return Means.NOTHING
    class_ = id_ = ""
    # All attributes at once: each question to lxml costs as much as the answer.
    attributes: list[tuple[str, str]] = element.items()  # type: ignore[assignment]  # of HTML, never bytes
    for name, value in attributes:
        if name == "class":
            class_ = value
        elif name == "id":
            id_ = value
        elif name == "role":
            named |= _ROLES.get(value, Means.NOTHING)
        elif name == "itemprop":
            for word in value.lower().split():
                named |= _ITEMPROPS.get(word, Means.NOTHING)
        elif (
            (name == "rel" and value == "tag") or name == "hidden" or (name == "style" and _HIDDEN_STYLE.search(value))
        ):
            named |= Means.TAGS if name == "rel" else Means.HIDDEN
    return named | meaning(class_, id_) if class_ or id_ else named


def outline(root: etree._Element) -> Outline:
    """The outline of the tree's visible part, in time linear in its elements, of which it reads MOST_ELEMENTS."""
    page = Outline()
    # Local names: this loop is a sixth of a page's time.
    tags, parents, end, means, around = page.tags, page.parents, page.end, page.means, page.around
    text, linked = page.text, page.linked
    index_of: dict[etree._Element | None, int] = {}
    for element in root.iter(etree.Element):
        parent = index_of.get(element.getparent(), -1)
        if parent < 0 and element is not root:
            continue  # inside something skipped
        tag = element.tag.lower()
        if ":" in tag:
            tag = element.tag = "span"  # Word's o:p, st1:place and the like stand inside words
        # The tail is text of the parent, also where the element is skipped.
        tail = element.tail
        if tail and parent >= 0 and (length := len(tail.strip())):
            text[parent] += length
            if tags[parent] == "a":
                linked[parent] += length
        if tag in SKIPPED:
            continue
        index = len(tags)
        if index >= MOST_ELEMENTS:
            break
        index_of[element] = index
        page.elements.append(element)
        tags.append(tag)
        parents.append(parent)
        end.append(index + 1)
        named = _means_of(element, tag)
        means.append(named)
        around.append(named | around[parent] if parent >= 0 else named)
        own = element.text
        length = len(own.strip()) if own else 0
        text.append(length)
        linked.append(length if tag == "a" else 0)
    for index in range(len(tags) - 1, 0, -1):
        parent = parents[index]
        if end[parent] == parent + 1:  # the last child comes first here, and where it ends its parent does
            end[parent] = end[index]
        text[parent] += text[index]
        linked[parent] += text[index] if tags[parent] == "a" else linked[index]
    return page
