"""Who wrote it: bylines, datelines and sign-offs of Arabic papers."""

import html
import re
from collections.abc import Collection
from dataclasses import dataclass

from crawler.arabic.agencies import agency_named
from crawler.arabic.byline_dates import without_dates
from crawler.arabic.byline_grammar import Reading, own_keys, pieces, plain
from crawler.arabic.byline_names import LONGEST_NAME
from crawler.arabic.letters import clean, fold


@dataclass(frozen=True, slots=True)
class Byline:
    """What one byline says."""

    authors: tuple[str, ...]
    """People's names as printed, without titles, in order."""
    initials: str | None
    """Initials as printed, white space normalised: "ق/ د"."""
    agency: str | None
    """The agency's usual short name (AFP, APS, Reuters); of several all, joined by ", "; "وكالات" for unnamed ones."""
    place: str | None
    """As printed; of several all, joined by "، "."""
    raw: str
    """The byline as `clean` leaves it."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the head of a first paragraph says before the story begins."""

    place: str | None
    """As printed; of several all, joined by "، "."""
    agency: str | None
    """The agency's usual short name; of several all, joined by ", "."""
    author: str | None
    """A person's name as printed."""
    raw: str
    """The head itself, with the marks that end it."""


_LONGEST = 250
"""Letters in a byline; what is longer is text."""
_LONGEST_HEAD = 120
"""Letters in which a dateline ends."""

_DOMAINS = "com|net|org|info|news|tv|ma|dz|tn|eg|ly|jo|ae|sa|qa|iq|ps|lb"
_ADDRESS = re.compile(
    rf"\S*@\S*|(?:https?://|www\.)\S*|(?<![\w.\-])[\w\-]{{1,60}}(?:\.[\w\-]{{1,60}}){{0,3}}\.(?:{_DOMAINS})\b\S*",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"[^|:،\n]{0,80}\.(?:jpe?g|png|gif|webp|svg|bmp|avif)\b", re.IGNORECASE)
_LETTER = r"[ء-غف-يA-Z](?![^\W\d_ـ])"
_INITIALS = re.compile(
    rf"(?:^|(?<=[:|()،\n])|(?<=[\-–—/] )) ?(?P<initials>{_LETTER}(?: ?[./\\\-–ـ] ?{_LETTER}| {_LETTER}){{1,6}}\.?)"
    rf"(?= ?$| ?[:|()،\n\-–—/])"
)
_BETWEEN_INITIALS = re.compile(r"\s*[/\-–ـ]\s*")
_NO_INITIALS = frozenset({"اد", "امد", "مد", "صب", "شمم", "ذمم", "جمع"})
"""Titles, a post box (ص.ب), companies (ش.م.م), a state (ج.م.ع)."""


def _initials_in(text: str) -> tuple[str | None, str]:
    """Initials that stand for themselves, and the text without them."""
    for match in _INITIALS.finditer(text):
        printed = match.group("initials").strip()
        letters = re.sub(r"\W|_", "", fold(printed))
        parts = (printed, *_BETWEEN_INITIALS.split(printed))
        if letters not in _NO_INITIALS and not any(map(agency_named, parts)):
            return printed, text[: match.start("initials")] + "|" + text[match.end("initials") :]
    return None, text


def _once(text: str) -> str:
    """The byline that some page designs print twice, side by side (ق/ د ق/ د), once."""
    words = text.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else text


def parse_byline(text: str, *, own_names: Collection[str] = ()) -> Byline:
    """The people, initials, agencies and places of a byline.

    Read are the shapes of the press from Rabat to Muscat: name - place, place: name, name (place), name من place, paper
    - name - place, place - agency, role: name. A person is known by the role's word before the name (بقلم, كتب, إعداد),
    by a common given name, or by the shape of a name where nothing else in the byline is one. Several people are parted
    by و, a comma, a mark or a line's end; with nothing between they are one, for a name of four words looks the same.
    Titles (د., أ.د., م., ذ., الدكتور) are no part of a name. Who translated or edited is an author where nobody else
    is; who photographed or supervised is none.

    Never an author: an e-mail or web address, an image's file name, anything with digits, the paper's own name, a name
    in quotation marks, a desk or section (متابعة, التحرير, admin), an occupation (كاتب وصحفي), a known place.
    A single word is an author only after a role's word.

    Args:
        text: the byline alone, up to 250 letters; what is longer has no byline in it.
        own_names: the names of the paper, in any spelling.

    Returns:
        The reading; without a finding all fields but `raw` are empty.
    """
    raw = clean(html.unescape(text) if "&" in text else text)
    reading = Reading(own_keys(own_names))
    initials = None
    if len(raw) <= _LONGEST:
        initials, rest = _initials_in(without_dates(_IMAGE.sub("|", _ADDRESS.sub("|", _once(raw)))))
        for piece in pieces(plain(rest)):
            reading.take(piece)
    return Byline(reading.authors(), initials, reading.agency(), reading.place(), raw)


_HEAD_MARKS = frozenset("-–—:()/.…|")
_DESK_MARKS = frozenset("-–—/")
_AFTER_HEAD = re.compile(r"[\s\-–—ـ:.…)/|،]*")


def parse_dateline(first_paragraph: str, *, own_names: Collection[str] = ()) -> Dateline | None:
    """The dateline at the head of a story: عدن - أ ف ب: and دمشق، سوريا (CNN) -- and القاهرة - محمد علي:.

    A dateline is a run of pieces, each a place of the gazetteer, an agency, the paper, a date or a person, and each
    ended by a dash, a colon, a bracket or a slash; an agency may go on into the text (كوالالمبور - د. ب. أ أعلن). A
    person counts beside another piece only, for a name and a colon may begin a quotation. One piece may be a desk of
    one or two words that is not known. A short first line of its own is read whole, as a byline. Without a place, an
    agency or a person there is no dateline.

    Args:
        first_paragraph: its text; only the first 120 letters are looked at.
        own_names: the names of the paper, in any spelling.
    """
    head = first_paragraph[: 4 * _LONGEST_HEAD]
    printed = clean(html.unescape(head) if "&" in head else head)
    text = without_dates(printed)
    own = own_keys(own_names)
    line, _, rest = text.partition("\n")
    if len(line) <= _LONGEST_HEAD and (rest or len(text) <= _LONGEST_HEAD // 2):
        reading = Reading(own)
        found = pieces(plain(line))
        understood = [reading.take(piece) for piece in found]
        # الديار: حسين درويش- names neither place nor agency, but a desk and a writer.
        desk_and_writer = understood == [False, True] and found[1].mark in _DESK_MARKS
        if understood.count(False) <= 1 and (reading.places or reading.agencies or desk_and_writer):
            return _dateline(reading, printed[: len(line)])
    return _head(text[:_LONGEST_HEAD], printed, own)


def _head(text: str, printed: str, own: frozenset[str]) -> Dateline | None:
    """The dateline that a text goes on after."""
    reading = Reading(own)
    end, desk_may_come = 0, True
    for number, piece in enumerate(pieces(text.replace("ـ", "-"))):
        people = len(reading.people)
        ended = piece.mark in _HEAD_MARKS and len(piece.words) <= LONGEST_NAME
        if ended and (piece.is_date() or reading.take(piece)):
            if number or len(reading.people) == people:
                end = piece.ends[-1]
                continue
            if piece.mark in _DESK_MARKS:
                continue
        del reading.people[people:]
        if desk_may_come and piece.mark in _DESK_MARKS and len(piece.words) <= 2 and not piece.role:
            desk_may_come = False
            continue
        for length in range(min(4, len(piece.words)), 0, -1):
            agency = agency_named(" ".join(piece.words[:length]))
            if agency is not None and (end or _are_initials(piece.folded[:length])):
                reading.agencies.append(agency)
                end = piece.ends[length - 1]
                break
        break
    after = _AFTER_HEAD.match(text, end)
    return _dateline(reading, printed[: after.end() if after else end].strip()) if end else None


def _are_initials(folded: list[str]) -> bool:
    return len(folded) > 1 and all(len(word) == 1 for word in folded)


def _dateline(reading: Reading, raw: str) -> Dateline | None:
    authors = reading.authors()
    if not (authors or reading.agencies or reading.places):
        return None
    return Dateline(reading.place(), reading.agency(), authors[0] if authors else None, raw)


_SIGN_OFF = re.compile(
    r"(?:(?:^|[\s\-–—.،])[(\[] ?(?P<bracketed>[^()\[\]\n]{1,60}) ?[)\]]"
    r"|(?:^|\s)[/\-–—]{1,2} ?(?P<after_mark>[^\s/][^/\n]{1,30}) ?/?)"
    r"[\s.\-–—*]*$"
)
_SOURCE_LINE = re.compile(
    r"^[\-–—*/( ]{0,6}(?:(?:المصدر|مصدر|source) ?[:/\-–—]? ?)?(?P<credit>[^\n:]{1,60}?)[)\s.\-–—*/]{0,8}$",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 80


def agency_credit(text: str) -> str | None:
    """The agency that a text's last words credit: "--(بترا)", "(واج)", "(القاهرة - أ ف ب)", "المصدر: رويترز", "وكالات".

    Read are the last bracket, where the text ends with it, and the last line, where it holds nothing else.

    Args:
        text: an article's text or its last paragraph.

    Returns:
        The agency's usual short name, of several all, joined by ", "; None where the end credits none.
    """
    tail = clean(text[-4 * _LONGEST_CREDIT :])
    last = tail.rpartition("\n")[2]
    for match in (_SIGN_OFF.search(last[-_LONGEST_CREDIT:]), _SOURCE_LINE.match(last)):
        if match is None:
            continue
        reading = Reading(frozenset())
        credit = next(text for text in match.groups() if text is not None)
        understood = [reading.take(piece) for piece in pieces(plain(credit))]
        if all(understood) and reading.agencies and not reading.people:
            return reading.agency()
    return None
