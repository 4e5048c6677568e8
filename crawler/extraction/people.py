"""Who wrote it: names, initials, the agency credited; never a paper, a desk, a place, an image or an account."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crawler.arabic.bylines import Byline, parse_byline
from crawler.arabic.dates import dates_in
from crawler.arabic.letters import clean, words
from crawler.extraction.evidence import MARKUP, STRUCTURED, Ledger
from crawler.extraction.head import Head
from crawler.extraction.jsonld import names_of
from crawler.extraction.outlet import key
from crawler.extraction.outline import MOST_INSIDE, Outline
from crawler.extraction.vocabulary import Means

_AUTHOR_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "article:author_name",
    "rbauthors",
    "creator",
    "cxenseparse:author",
)
_LONGEST_BYLINE = 140
_MOST_CREDITS = 60
_LONGEST_PLAIN = 60
_ORGANISATION_TYPES = frozenset({"Organization", "NewsMediaOrganization", "Corporation", "WebSite"})
_ARABIC = re.compile("[\u0621-\u064a]")
_LABELS = re.compile(r"^(?:author|role|by|written by|بواسطة|بواسطه|الكاتب|المؤلف|كاتب)[\s,،:]+", re.IGNORECASE)
_LINE = "line of the text"
_HANGING = re.compile(r"[\s|,،:\-–—ـ/()\[\]]*(?:في|بتاريخ|يوم|بواسطة\s*\Z|الساعة|on|at)?[\s|,،:\-–—ـ/()\[\]]*\Z")
_PARTED = re.compile(r"[:،\-–—ـ/(|]")
_ROLE_MARK = re.compile(
    r"(?:بقلم|كتب|كتبت|كتبه|إعداد|اعداد|تحرير|ترجمة|مراسل|حوار|حاوره|حاورته|تقرير|متابعة|الكاتب|تصوير)\s?[:：/ـ–-]?\s?"
)


@dataclass(slots=True)
class People:
    """Who the page credits."""

    authors: list[str] = field(default_factory=list)
    initials: str | None = None
    agency: str | None = None
    byline: str | None = None
    raws: list[str] = field(default_factory=list)
    """Every text that was read as a byline: none of it is the article's text."""


@dataclass(slots=True)
class _Credit:
    text: str
    origin: str
    where: str


def _structured(head: Head) -> list[_Credit]:
    stated = [
        _Credit(name, STRUCTURED, "JSON-LD author")
        for name, kind in names_of(head.article.get("author") or head.article.get("creator"), head.nodes)
        if kind not in _ORGANISATION_TYPES
    ]
    return stated + [_Credit(content, STRUCTURED, f"meta {name}") for name, content in head.meta(*_AUTHOR_METAS)]


def _visible(page: Outline, headline: int | None, body: tuple[int, int] | None, now: datetime) -> list[_Credit]:
    """Texts of elements that names call an author's, near the article."""
    found: list[tuple[int, _Credit]] = []
    covered = 0
    for index, means in enumerate(page.means):
        if index < covered or not means & Means.AUTHOR:
            continue
        if (
            page.around[index] & (Means.OTHERS | Means.FRAME | Means.HIDDEN | Means.COMMENTS)
            or not 0 < page.text[index] <= _LONGEST_BYLINE
        ):
            continue
        covered = page.end[index]
        distance = _distance(index, headline, body)
        if distance is None:
            continue
        for inner in dict.fromkeys([*_innermost(page, index), index]):
            text = _LABELS.sub("", _undated(clean(page.words_of(inner)), now))
            name = (
                page.elements[index].get("class")
                or page.elements[index].get("itemprop")
                or page.elements[index].get("id")
            )
            found.append((distance, _Credit(text, MARKUP, f"<{page.tags[index]}> {name}")))
        if len(found) >= _MOST_CREDITS:
            break
    found.sort(key=lambda pair: pair[0])
    return [credit for _, credit in found]


def _undated(text: str, now: datetime) -> str:
    """A byline without the date that stands in the same element."""
    if any(c.isdigit() for c in text):
        for reading in dates_in(text, zone=UTC, now=now):
            text = text.replace(reading.raw, " ")
        text = _HANGING.sub("", text)
    return " ".join(text.split())


def _innermost(page: Outline, index: int) -> list[int]:
    """The element, or its parts where several elements that names call an author's stand inside it."""
    last = min(page.end[index], index + MOST_INSIDE)
    named = [i for i in range(index + 1, last) if page.means[i] & Means.AUTHOR and page.text[i]]
    parts = [i for i, after in zip(named, [*named[1:], page.end[index]], strict=False) if not page.inside(after, i)]
    return parts or [index]


def _distance(index: int, headline: int | None, body: tuple[int, int] | None) -> int | None:
    """How far from the article's start; None far below its end: that is a comment's or another article's."""
    start = headline if headline is not None else body[0] if body else 0
    if body is not None and index > body[1] + 60:
        return None
    return abs(index - start)


def find_people(
    page: Outline,
    head: Head,
    *,
    headline: int | None,
    body: tuple[int, int] | None,
    lines: list[str],
    page_words: Callable[[], frozenset[str]],
    own_names: frozenset[str],
    now: datetime,
    ledger: Ledger,
) -> People:
    """The people, the initials and the agency that the page credits.

    Args:
        page: outline of the page.
        head: its statements.
        headline: index of the headline's element.
        body: first index of the text's elements, and the index after the last.
        lines: short lines at the head and the end of the text that may be bylines.
        page_words: asks for the folded words that the page shows; a name stated in the head alone must be an Arabic
        full name.
        own_names: folded names of the paper.
        now: the clock, for dates that stand in a byline.
        ledger: takes what was considered.
    """
    visible = _visible(page, headline, body, now)
    visible += [_Credit(line, MARKUP, _LINE) for line in lines]
    people = People()
    taken: str | None = None
    for credit in [*_structured(head), *visible]:
        text = clean(credit.text)
        reading = _believed(text, credit, page_words, own_names, ledger)
        if reading is None:
            continue
        shown = credit.origin == MARKUP
        if (
            people.authors
            and reading.authors
            and shown
            and credit.where != taken
            and not _same(people.authors, reading.authors)
        ):
            ledger.rejected("authors", text, credit.origin, credit.where, "the author is known already")
            continue
        if shown:
            people.raws.append(text)
        _add(people, reading, credit, ledger)
        taken = taken or credit.where
        if reading.authors or reading.initials or reading.agency:
            people.byline = people.byline or text
    return people


def _believed(
    text: str, credit: _Credit, page_words: Callable[[], frozenset[str]], own_names: frozenset[str], ledger: Ledger
) -> Byline | None:
    """The reading of a byline that names somebody, or None."""
    if not text or len(text) > _LONGEST_BYLINE:
        return None
    if key(text) in own_names:
        ledger.rejected("authors", text, credit.origin, credit.where, "it is the paper's own name")
        return None
    reading = parse_byline(text, own_names=own_names)
    if credit.where == _LINE and reading.authors and not _announced(text, reading):
        return None  # two words alone may as well be a sub-heading
    if not (reading.authors or reading.initials or reading.agency):
        ledger.rejected("authors", text, credit.origin, credit.where, "it names no person and no agency")
        return None
    if credit.origin == STRUCTURED and not _shown(reading, page_words):
        ledger.rejected("authors", text, credit.origin, credit.where, "the page does not show this name")
        return None
    return reading


def _shown(reading: Byline, page_words: Callable[[], frozenset[str]]) -> bool:
    """Whether the page shows what its head alone states; an Arabic full name is believed without."""
    doubtful = [name for name in reading.authors if not (len(words(name)) > 1 and _ARABIC.search(name))]
    doubtful += [reading.initials] if reading.initials else []
    return all(set(words(name)) <= page_words() for name in doubtful)


def _announced(text: str, reading: Byline) -> bool:
    """Whether a line without mark-up is surely a byline: by a role ("كتب: ..."), or as a short name and place."""
    return bool(_ROLE_MARK.match(text)) or (
        reading.place is not None and len(text) <= _LONGEST_PLAIN and _PARTED.search(text) is not None
    )


def _same(some: Iterable[str], others: Iterable[str]) -> bool:
    return bool({key(name) for name in some} & {key(name) for name in others})


def _add(people: People, reading: Byline, credit: _Credit, ledger: Ledger) -> None:
    known = {key(name) for name in people.authors}
    for name in reading.authors:
        if key(name) not in known and not any(set(key(name).split()) <= set(other.split()) for other in known):
            people.authors.append(name)
            known.add(key(name))
            ledger.took("authors", name, credit.origin, credit.where)
    if reading.initials and people.initials is None and not people.authors:
        people.initials = reading.initials
        ledger.took("author_initials", reading.initials, credit.origin, credit.where)
    if reading.agency and people.agency is None:
        people.agency = reading.agency
        ledger.took("agency", reading.agency, credit.origin, credit.where)
