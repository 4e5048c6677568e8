"""Who wrote it: names, initials, the agency credited; never a paper, a desk, a place, an image or an account."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.arabic.byline_names import is_likely
from crawler.arabic.bylines import Byline, parse_byline, parse_dateline
from crawler.arabic.letters import clean, words
from crawler.arabic.outlets import OUTLETS
from crawler.extraction.credits import (
    BESIDE_DATE,
    LONGEST_BYLINE,
    LONGEST_PLAIN,
    Credit,
    says_role,
    stated_credits,
    visible_credits,
)
from crawler.extraction.evidence import MARKUP, Ledger
from crawler.extraction.head import Head
from crawler.extraction.outlet import key
from crawler.extraction.outline import Outline, squeeze

_ARABIC = re.compile("[\u0621-\u064a]")
_LINE, _LEAD = "line of the text", "head of the text"
_PARTED = re.compile(r"[:،\-–—ـ/(|]")
_SIGN_OFF = re.compile(r"[^\s/]{2,12}\s?/[^/]{3,40}(?:/[^/]{3,40})?\Z")
"""An agency's sign-off: وام/سالمة محمد/أحمد علي."""
_TOGETHER = 25
"""Elements: how far apart the people of one byline stand."""


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


def find_people(
    page: Outline,
    head: Head,
    *,
    headline: int | None,
    body: tuple[int, int] | None,
    lines: list[str],
    lead: str,
    shows: Callable[[str], bool],
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
        shows: asks whether the page shows a name.
        own_names: folded names of the paper.
        now: the clock, for dates that stand in a byline.
        ledger: takes what was considered.
    """
    visible = visible_credits(page, headline, body, now)
    visible += [Credit(line, MARKUP, _LINE, doubtful=True) for line in lines]
    people = People()
    unseen: list[tuple[Credit, Byline]] = []
    taken: Credit | None = None
    for credit in [*stated_credits(head), *visible]:
        reading = _believed(credit, own_names, ledger)
        if reading is None:
            continue
        shown = credit.origin == MARKUP
        if not shown and not _shown(reading, shows):
            unseen.append((credit, reading))
            continue
        if shown and people.authors and reading.authors and not _goes_with(credit, reading, taken, people):
            ledger.rejected("authors", squeeze(credit.text), credit.origin, credit.where, "the author is known already")
            continue
        if shown:
            people.raws.append(credit.text)
        _add(people, reading, credit, ledger)
        taken = taken or credit
        if reading.authors or reading.initials or reading.agency:
            people.byline = people.byline or squeeze(credit.text)
    _from_lead(people, lead, own_names, ledger)
    _from_head_alone(people, unseen, ledger)
    return people


def _goes_with(credit: Credit, reading: Byline, taken: Credit | None, people: People) -> bool:
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


def _from_head_alone(people: People, unseen: list[tuple[Credit, Byline]], ledger: Ledger) -> None:
    """Names that the head states and the page does not show: an Arabic full name, where the page names nobody."""
    for credit, reading in unseen:
        full = all(len(words(name)) > 1 and _ARABIC.search(name) for name in reading.authors)
        if not full or reading.initials or people.initials or (people.authors and credit.where != people.stated_in):
            ledger.rejected("authors", credit.text, credit.origin, credit.where, "the page does not show this name")
            continue
        people.stated_in = credit.where
        _add(people, reading, credit, ledger)
        people.byline = people.byline or credit.text


def _believed(credit: Credit, own_names: frozenset[str], ledger: Ledger) -> Byline | None:
    """The reading of a byline that names somebody, or None."""
    text = clean(credit.text)
    if not text or len(text) > LONGEST_BYLINE:
        return None
    if key(text) in own_names:
        ledger.rejected("authors", text, credit.origin, credit.where, "it is the paper's own name")
        return None
    reading = parse_byline(text, own_names=own_names)
    alone = credit.where == BESIDE_DATE and reading.authors == (text,) and _is_known_name(text)
    if reading.authors and credit.doubtful and not (alone or _announced(text, reading, own_names)):
        return None  # two words alone may as well be a sub-heading
    if credit.only_agency:
        reading = replace(reading, authors=(), initials=None)
    if not (reading.authors or reading.initials or reading.agency):
        if not (credit.doubtful or credit.only_agency):
            ledger.rejected("authors", squeeze(text), credit.origin, credit.where, "it names no person and no agency")
        return None
    return reading


def _shown(reading: Byline, shows: Callable[[str], bool]) -> bool:
    """Whether the page shows the names that its head states."""
    names = [*reading.authors, *([reading.initials] if reading.initials else [])]
    return all(map(shows, names))


def _announced(text: str, reading: Byline, own_names: frozenset[str]) -> bool:
    """Whether a line without mark-up is surely a byline: by a role ("كتب: ..."), or as a name and place or paper."""
    if says_role(text):
        return True
    if len(text) > LONGEST_PLAIN or not _PARTED.search(text) or not all(map(_is_known_name, reading.authors)):
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


def _add(people: People, reading: Byline, credit: Credit, ledger: Ledger) -> None:
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
