"""Where a page names its writer: in its head, in elements that names or links call an author's, in lines of facts."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.arabic.dates import dates_in
from crawler.arabic.letters import clean
from crawler.extraction.evidence import MARKUP, STRUCTURED
from crawler.extraction.head import Head
from crawler.extraction.jsonld import names_of
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
LONGEST_BYLINE = 140
_MOST_CREDITS = 60
LONGEST_PLAIN = 60
_ORGANISATION_TYPES = frozenset({"Organization", "NewsMediaOrganization", "Corporation", "WebSite"})
_LABELS = re.compile(r"^(?:author|role|by|written by|بواسطة|بواسطه|الكاتب|المؤلف|كاتب)[\s,،:]+", re.IGNORECASE)
_FACT, BESIDE_DATE = "fact beside the headline", "beside the date"
_HANGING = re.compile(r"[\s|,،:\-–—ـ/()\[\]]*(?:في|بتاريخ|يوم|بواسطة\s*\Z|الساعة|on|at)?[\s|,،:\-–—ـ/()\[\]]*\Z")
_ROLE_MARK = re.compile(
    r"(?:\A|[\s|•،(/\-–—])(?:بقلم|كتب|كتبت|كتبه|كتبها|إعداد|اعداد|تحرير|ترجمة|مراسل|مراسلة|حوار|حاوره|حاورته|حاورها|"
    r"حاورتها|أجرى الحوار|أجرت الحوار|تقرير|تحقيق|متابعة|الكاتب|الكاتبة|المحرر|الصحفي|بواسطة|أعده|أعدته)"
    r"(?:\s?[:：/ـ–-]\s?|\s)"
)
_LOUD_ROLE = re.compile(r"\s?[:：/ـ–-]|\A(?:بقلم|كتب|كتبت|كتبه|كتبها|إعداد|اعداد|حاوره|حاورته|حاورها|حاورتها|بواسطة)\s")
_AUTHOR_ADDRESS = re.compile(
    r"/(?:authors?|writers?|journalists?|reporters?|contributors?|columnists?|katib|kateb|كاتب|الكاتب|كتاب|صحفي|auteurs?)"
    r"(?:/|\?|-|=)|[?&](?:author|writer|author_?id|writer_?id)=",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?i)(?:^|[\s_-])(?:name|fn)(?:$|[\s_-])")
_BEFORE_HEADLINE, _AFTER_BODY = 40, 60
"""Elements: how far above the headline and below the text a byline stands."""
_FEW_ELEMENTS, _FEW_BESIDE = 4, 12
_CLOSE = 25
_MOST_BELOW = 2
"""People named below the text: more are the paper's columnists."""


@dataclass(slots=True)
class Credit:
    """A text that may be a byline, and where it stands."""

    text: str
    origin: str
    where: str
    index: int = -1
    """Its element; -1 for what is none."""
    only_agency: bool = False
    """Its people are known from the elements inside it."""
    doubtful: bool = False
    """Nothing but its own words says that it is a byline."""


def stated_credits(head: Head) -> list[Credit]:
    """What the head says of the author."""
    stated = [
        Credit(name, STRUCTURED, "JSON-LD author")
        for name, kind in names_of(head.article.get("author") or head.article.get("creator"), head.nodes)
        if kind not in _ORGANISATION_TYPES
    ]
    return stated + [Credit(content, STRUCTURED, f"meta {name}") for name, content in head.meta(*_AUTHOR_METAS)]


_NOT_HERE = Means.OTHERS | Means.FRAME | Means.HIDDEN | Means.COMMENTS


def visible_credits(page: Outline, headline: int | None, body: tuple[int, int] | None, now: datetime) -> list[Credit]:
    """Bylines near the article: elements that names or links call an author's, and facts that say so themselves."""
    found: list[tuple[int, Credit]] = []
    covered = 0
    start = headline if headline is not None else body[0] if body else 0
    for index, means in enumerate(page.means):
        if index < covered or not 0 < page.text[index] <= LONGEST_BYLINE:
            continue
        between = headline is not None and headline < index < max(headline + _CLOSE, body[0] if body else 0)
        if page.around[index] & (_NOT_HERE & ~Means.FRAME if between else _NOT_HERE):
            continue
        if index < start - _BEFORE_HEADLINE or (body is not None and index > body[1] + _AFTER_BODY):
            continue
        if means & Means.AUTHOR or _is_strong(page, index):
            here = _credits(page, index, now)
        elif (between or _is_near(index, headline, body)) and _is_fact(page, index, between=between):
            here = [Credit(_parted(page, index, now), MARKUP, _FACT, index, doubtful=True)]
        elif between and _is_beside_date(page, index):
            here = [Credit(clean(page.words_of(index)), MARKUP, BESIDE_DATE, index, doubtful=True)]
        else:
            continue
        covered = page.end[index]
        found += [(abs(index - start), credit) for credit in here]
        if len(found) >= _MOST_CREDITS:
            break
    found.sort(key=lambda pair: pair[0])
    return _without_columnists([credit for _, credit in found], body)


def _is_strong(page: Outline, index: int) -> bool:
    """Whether an element holds nothing but a person's name: a link to an author's page, the name in a byline."""
    attributes = page.elements[index].attrib
    if not attributes or not 0 < page.text[index] <= LONGEST_PLAIN:
        return False
    if page.tags[index] == "a" and _is_in_sentence(page, index):
        return False
    if page.tags[index] == "a" and (
        "author" in (attributes.get("rel") or "").split() or _AUTHOR_ADDRESS.search(attributes.get("href") or "")
    ):
        return True
    class_ = attributes.get("class") or ""
    if page.means[index] & Means.AUTHOR == 0:
        return class_ == "fn"  # hCard's full name
    return attributes.get("itemprop") == "name" or bool(_NAMED.search(class_))


def says_role(text: str) -> bool:
    """Whether a text says of somebody that they wrote: بقلم, كتب:, مرسلة بواسطة."""
    role = _ROLE_MARK.search(text)
    return role is not None and _LOUD_ROLE.search(role.group().lstrip(" |•،(/-–—")) is not None


def _is_near(index: int, headline: int | None, body: tuple[int, int] | None) -> bool:
    """Whether an element stands right below the headline or right below the text."""
    return (headline is not None and headline < index <= headline + _CLOSE) or (
        body is not None and body[1] <= index <= body[1] + _CLOSE
    )


def _is_fact(page: Outline, index: int, *, between: bool) -> bool:
    """Whether an element may be a byline by its own words: a line of facts, or a few words behind a role."""
    if page.around[index] & Means.CAPTION:
        return False
    last = min(page.end[index], index + MOST_INSIDE)
    if between and page.means[index] & Means.FACTS and not _is_beside_picture(page, index):
        return not any(page.means[inner] & Means.AUTHOR or _is_strong(page, inner) for inner in range(index + 1, last))
    if page.end[index] - index > _FEW_ELEMENTS or page.text[index] > LONGEST_PLAIN:
        return False
    return says_role(page.words_of(index))


def _is_beside_picture(page: Outline, index: int) -> bool:
    """Whether an element shares its small parent with a picture, as the picture's own source does."""
    parent = page.parents[index]
    inside = range(parent, page.end[parent]) if parent >= 0 else range(0)
    return len(inside) <= _FEW_BESIDE and any(page.tags[i] in {"img", "figure", "picture"} for i in inside)


def _is_beside_date(page: Outline, index: int) -> bool:
    """Whether a small element without elements shares its parent with a date and little else."""
    parent = page.parents[index]
    if page.end[index] - index > 1 or page.text[index] > LONGEST_PLAIN or parent < 0:
        return False
    if page.end[parent] - parent > _FEW_BESIDE or page.means[index] & (Means.DATE | Means.SECTION | Means.TAGS):
        return False
    return any(
        page.tags[i] == "time" or page.means[i] & Means.DATE for i in range(parent + 1, page.end[parent]) if i != index
    )


def _is_in_sentence(page: Outline, index: int) -> bool:
    """Whether a link stands in a text that goes on around it: it quotes somebody."""
    element = page.elements[index]
    before, parent = element.getprevious(), element.getparent()
    text_before = before.tail if before is not None else parent.text if parent is not None else None
    return len(squeeze(text_before or "")) + len(squeeze(element.tail or "")) > LONGEST_PLAIN


def _credits(page: Outline, index: int, now: datetime) -> list[Credit]:
    """The byline in an element: each name that stands in an element of its own, then the whole."""
    element = page.elements[index]
    where = f"<{page.tags[index]}> {element.get('class') or element.get('itemprop') or element.get('id') or ''}".strip()
    last = min(page.end[index], index + MOST_INSIDE)
    strong = [inner for inner in range(index + 1, last) if _is_strong(page, inner)]
    strong = [inner for inner in strong if not any(other != inner and page.inside(other, inner) for other in strong)]
    names = [Credit(_undated(clean(page.words_of(inner)), now), MARKUP, where, index) for inner in strong]
    return [
        *names,
        Credit(
            _LABELS.sub("", _parted(page, index, now)),
            MARKUP,
            where,
            index,
            only_agency=any(" " in name.text for name in names),
        ),
    ]


def _parted(page: Outline, index: int, now: datetime) -> str:
    """The text of an element, a line for each element in it: names that stand apart on the page stay apart."""
    last = min(page.end[index], index + MOST_INSIDE)
    parts = [page.elements[index].text, *(part for i in range(index + 1, last) for part in _own_texts(page, index, i))]
    lines = [squeeze(part) for part in parts if part and part.strip()]
    return _undated(clean("\n".join(lines)), now)


def _own_texts(page: Outline, top: int, index: int) -> tuple[str | None, str | None]:
    element = page.elements[index]
    return element.text, element.tail if index != top else None


def _without_columnists(found: list[Credit], body: tuple[int, int] | None) -> list[Credit]:
    """The credits without those below the text where they are many: they list the paper's writers."""
    below = {credit.text for credit in found if body is not None and credit.index >= body[1]}
    return [credit for credit in found if credit.text not in below] if len(below) > _MOST_BELOW else found


def _undated(text: str, now: datetime) -> str:
    """A byline without the date that stands in the same element."""
    if any(c.isdigit() for c in text):
        for reading in dates_in(text, zone=UTC, now=now):
            text = text.replace(reading.raw, " ")
        text = _HANGING.sub("", text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
