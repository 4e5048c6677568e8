"""Who wrote it: names, initials, the agency credited; never a paper, a desk, a place, an image or an account."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from crawler.arabic.byline_names import is_likely
from crawler.arabic.bylines import Byline, parse_byline, parse_dateline
from crawler.arabic.dates import dates_in
from crawler.arabic.letters import clean, words
from crawler.arabic.outlets import OUTLETS
from crawler.extraction.evidence import MARKUP, STRUCTURED, Ledger
from crawler.extraction.head import Head
from crawler.extraction.jsonld import names_of
from crawler.extraction.outlet import key
from crawler.extraction.outline import MOST_INSIDE, Outline, squeeze
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
_LINE, _FACT, _LEAD = "line of the text", "fact beside the headline", "head of the text"
_HANGING = re.compile(r"[\s|,،:\-–—ـ/()\[\]]*(?:في|بتاريخ|يوم|بواسطة\s*\Z|الساعة|on|at)?[\s|,،:\-–—ـ/()\[\]]*\Z")
_PARTED = re.compile(r"[:،\-–—ـ/(|]")
_ROLE_MARK = re.compile(
    r"(?:\A|[\s|•،(/\-–—])(?:بقلم|كتب|كتبت|كتبه|كتبها|إعداد|اعداد|تحرير|ترجمة|مراسل|مراسلة|حوار|حاوره|حاورته|حاورها|حاورتها|أجرى الحوار|"
    r"أجرت الحوار|تقرير|تحقيق|متابعة|الكاتب|الكاتبة|المحرر|الصحفي|بواسطة|أعده|أعدته)"
    r"(?:\s?[:：/ـ–-]\s?|\s)"
)
_LOUD_ROLE = re.compile(r"\s?[:：/ـ–-]|\A(?:بقلم|كتب|كتبت|كتبه|كتبها|إعداد|اعداد|حاوره|حاورته|حاورها|حاورتها|بواسطة)\s")
_SIGN_OFF = re.compile(r"[^\s/]{2,12}\s?/[^/]{3,40}(?:/[^/]{3,40})?\Z")
"""An agency's sign-off: وام/سالمة محمد/أحمد علي."""
_AUTHOR_ADDRESS = re.compile(
    r"/(?:authors?|writers?|journalists?|reporters?|contributors?|columnists?|katib|kateb|كاتب|الكاتب|كتاب|صحفي|auteurs?)"
    r"(?:/|\?|-|=)|[?&](?:author|writer|author_?id|writer_?id)=",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?i)(?:^|[\s_-])(?:name|fn)(?:$|[\s_-])")
_BEFORE_HEADLINE, _AFTER_BODY, _TOGETHER = 40, 60, 25
"""Elements: how far above the headline and below the text a byline stands, and how far apart its people stand."""
_FEW_ELEMENTS = 4
_MOST_BELOW = 2
"""People named below the text: more are the paper's columnists."""


@dataclass(slots=True)
class People:
    """Who the page credits."""

    authors: list[str] = field(default_factory=list)
    initials: str | None = None
    agency: str | None = None
    byline: str | None = None
    raws: list[str] = field(default_factory=list)
    """Every text that was read as a byline: none of it is the article's text."""
    stated_in: str | None = None
    """Where the head states the authors, when only the head does."""


@dataclass(slots=True)
class _Credit:
    text: str
    origin: str
    where: str
    index: int = -1
    """Its element; -1 for what is none."""
    only_agency: bool = False
    """Its people are known from the elements inside it."""

    @property
    def doubtful(self) -> bool:
        """Whether nothing but its own words says that it is a byline."""
        return self.where in {_LINE, _FACT}


def _structured(head: Head) -> list[_Credit]:
    stated = [
        _Credit(name, STRUCTURED, "JSON-LD author")
        for name, kind in names_of(head.article.get("author") or head.article.get("creator"), head.nodes)
        if kind not in _ORGANISATION_TYPES
    ]
    return stated + [_Credit(content, STRUCTURED, f"meta {name}") for name, content in head.meta(*_AUTHOR_METAS)]


_NOT_HERE = Means.OTHERS | Means.FRAME | Means.HIDDEN | Means.COMMENTS


def _visible(page: Outline, headline: int | None, body: tuple[int, int] | None, now: datetime) -> list[_Credit]:
    """Bylines near the article: elements that names or links call an author's, and facts that say so themselves."""
    found: list[tuple[int, _Credit]] = []
    covered = 0
    start = headline if headline is not None else body[0] if body else 0
    for index, means in enumerate(page.means):
        if index < covered or not 0 < page.text[index] <= _LONGEST_BYLINE:
            continue
        between = headline is not None and body is not None and headline < index < body[0]
        if page.around[index] & (_NOT_HERE & ~Means.FRAME if between else _NOT_HERE):
            continue
        if index < start - _BEFORE_HEADLINE or (body is not None and index > body[1] + _AFTER_BODY):
            continue
        if means & Means.AUTHOR or _is_strong(page, index):
            credits = _credits(page, index, now)
        elif between and _is_fact(page, index):
            credits = [_Credit(_parted(page, index, now), MARKUP, _FACT, index)]
        else:
            continue
        covered = page.end[index]
        found += [(abs(index - start), credit) for credit in credits]
        if len(found) >= _MOST_CREDITS:
            break
    found.sort(key=lambda pair: pair[0])
    return _without_columnists([credit for _, credit in found], body)


def _is_strong(page: Outline, index: int) -> bool:
    """Whether an element holds nothing but a person's name: a link to an author's page, the name in a byline."""
    attributes = page.elements[index].attrib
    if not attributes or not 0 < page.text[index] <= _LONGEST_PLAIN:
        return False
    if page.tags[index] == "a" and (
        "author" in (attributes.get("rel") or "").split() or _AUTHOR_ADDRESS.search(attributes.get("href") or "")
    ):
        return True
    return page.means[index] & Means.AUTHOR > 0 and (
        attributes.get("itemprop") == "name" or bool(_NAMED.search(attributes.get("class") or ""))
    )


def _is_fact(page: Outline, index: int) -> bool:
    """Whether an element may be a byline by its own words: a line of facts, or a small element that begins with a role."""
    if page.around[index] & Means.CAPTION:
        return False
    last = min(page.end[index], index + MOST_INSIDE)
    if page.means[index] & Means.FACTS:
        return not any(page.means[inner] & Means.AUTHOR or _is_strong(page, inner) for inner in range(index + 1, last))
    if page.end[index] - index > _FEW_ELEMENTS or page.text[index] > _LONGEST_PLAIN:
        return False
    role = _ROLE_MARK.match(page.words_of(index))
    return role is not None and _LOUD_ROLE.search(role.group()) is not None


def _credits(page: Outline, index: int, now: datetime) -> list[_Credit]:
    """The byline in an element: each name that stands in an element of its own, then the whole."""
    element = page.elements[index]
    where = f"<{page.tags[index]}> {element.get('class') or element.get('itemprop') or element.get('id') or ''}".strip()
    last = min(page.end[index], index + MOST_INSIDE)
    strong = [inner for inner in range(index + 1, last) if _is_strong(page, inner)]
    strong = [inner for inner in strong if not any(other != inner and page.inside(other, inner) for other in strong)]
    names = [_Credit(_undated(clean(page.words_of(inner)), now), MARKUP, where, index) for inner in strong]
    return [*names, _Credit(_parted(page, index, now), MARKUP, where, index, only_agency=bool(names))]


def _parted(page: Outline, index: int, now: datetime) -> str:
    """The text of an element, a line for each element in it: names that stand apart on the page stay apart."""
    last = min(page.end[index], index + MOST_INSIDE)
    parts = [page.elements[index].text, *(part for i in range(index + 1, last) for part in _own_texts(page, index, i))]
    lines = [squeeze(part) for part in parts if part and part.strip()]
    return _LABELS.sub("", _undated(clean("\n".join(lines)), now))


def _own_texts(page: Outline, top: int, index: int) -> tuple[str | None, str | None]:
    element = page.elements[index]
    return element.text, element.tail if index != top else None


def _without_columnists(credits: list[_Credit], body: tuple[int, int] | None) -> list[_Credit]:
    """The credits without those below the text where they are many: they list the paper's writers."""
    below = {credit.text for credit in credits if body is not None and credit.index >= body[1]}
    return [credit for credit in credits if credit.text not in below] if len(below) > _MOST_BELOW else credits


def _undated(text: str, now: datetime) -> str:
    """A byline without the date that stands in the same element."""
    if any(c.isdigit() for c in text):
        for reading in dates_in(text, zone=UTC, now=now):
            text = text.replace(reading.raw, " ")
        text = _HANGING.sub("", text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def find_people(
    page: Outline,
    head: Head,
    *,
    headline: int | None,
    body: tuple[int, int] | None,
    lines: list[str],
    lead: str,
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
        lead: the first paragraph, whose dateline may name the writer.
        page_words: asks for the folded words that the page shows; a name stated in the head alone must be an Arabic
        full name.
        own_names: folded names of the paper.
        now: the clock, for dates that stand in a byline.
        ledger: takes what was considered.
    """
    visible = _visible(page, headline, body, now)
    visible += [_Credit(line, MARKUP, _LINE) for line in lines]
    people = People()
    unseen: list[tuple[_Credit, Byline]] = []
    taken: _Credit | None = None
    for credit in [*_structured(head), *visible]:
        reading = _believed(credit, own_names, ledger)
        if reading is None:
            continue
        shown = credit.origin == MARKUP
        if not shown and not _shown(reading, page_words):
            unseen.append((credit, reading))
            continue
        if shown and people.authors and reading.authors and not _goes_with(credit, reading, taken, people):
            ledger.rejected("authors", _one_line(credit.text), credit.origin, credit.where, "the author is known already")
            continue
        if shown:
            people.raws.append(credit.text)
        _add(people, reading, credit, ledger)
        taken = taken or credit
        if reading.authors or reading.initials or reading.agency:
            people.byline = people.byline or _one_line(credit.text)
    _from_lead(people, lead, own_names, ledger)
    _from_head_alone(people, unseen, ledger)
    return people


def _goes_with(credit: _Credit, reading: Byline, taken: _Credit | None, people: People) -> bool:
    """Whether a byline belongs to the one that was taken first: of the same make and close, or of the same people."""
    if _same(people.authors, reading.authors):
        return True
    return taken is not None and credit.where == taken.where and abs(credit.index - taken.index) <= _TOGETHER


def _from_lead(people: People, lead: str, own_names: frozenset[str], ledger: Ledger) -> None:
    """The writer whom the dateline names, where nothing else names one."""
    dateline = None if people.authors or people.initials else parse_dateline(lead, own_names=own_names)
    if dateline is not None and dateline.author is not None and _is_known_name(dateline.author):
        people.authors.append(dateline.author)
        people.byline = people.byline or dateline.raw
        ledger.took("authors", dateline.author, MARKUP, _LEAD)


def _from_head_alone(people: People, unseen: list[tuple[_Credit, Byline]], ledger: Ledger) -> None:
    """Names that the head states and the page does not show: an Arabic full name, where the page names nobody."""
    for credit, reading in unseen:
        full = all(len(words(name)) > 1 and _ARABIC.search(name) for name in reading.authors)
        if not full or reading.initials or people.initials or (people.authors and credit.where != people.stated_in):
            ledger.rejected("authors", credit.text, credit.origin, credit.where, "the page does not show this name")
            continue
        people.stated_in = credit.where
        _add(people, reading, credit, ledger)
        people.byline = people.byline or credit.text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _believed(credit: _Credit, own_names: frozenset[str], ledger: Ledger) -> Byline | None:
    """The reading of a byline that names somebody, or None."""
    text = clean(credit.text)
    if not text or len(text) > _LONGEST_BYLINE:
        return None
    if key(text) in own_names:
        ledger.rejected("authors", text, credit.origin, credit.where, "it is the paper's own name")
        return None
    reading = parse_byline(text, own_names=own_names)
    if reading.authors and credit.doubtful and not _announced(text, reading, own_names):
        return None  # two words alone may as well be a sub-heading
    if credit.only_agency:
        reading = replace(reading, authors=(), initials=None)
    if not (reading.authors or reading.initials or reading.agency):
        if not (credit.doubtful or credit.only_agency):
            ledger.rejected("authors", _one_line(text), credit.origin, credit.where, "it names no person and no agency")
        return None
    return reading


def _shown(reading: Byline, page_words: Callable[[], frozenset[str]]) -> bool:
    """Whether the page shows the names that its head states."""
    names = [*reading.authors, *([reading.initials] if reading.initials else [])]
    return all(set(words(name)) <= page_words() for name in names)


def _announced(text: str, reading: Byline, own_names: frozenset[str]) -> bool:
    """Whether a line without mark-up is surely a byline: by a role ("كتب: ..."), or as a short name and place or paper."""
    role = _ROLE_MARK.search(text)
    if role and _LOUD_ROLE.search(role.group()):
        return True
    if len(text) > _LONGEST_PLAIN or not _PARTED.search(text) or not all(map(_is_known_name, reading.authors)):
        return False
    return (
        reading.place is not None
        or (reading.agency is not None and _SIGN_OFF.match(text) is not None)
        or any(part in own_names or part in OUTLETS for part in map(key, _PARTED.split(text)) if part)
    )


def _is_known_name(name: str) -> bool:
    return is_likely(words(name))


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
