"""Who wrote it: bylines, datelines and sign-offs of Arabic papers."""

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from crawler.arabic import byline_words as say
from crawler.arabic.agencies import AGENCIES_TOGETHER, agency_named
from crawler.arabic.calendars import MONTHS, WEEKDAYS
from crawler.arabic.letters import clean, fold
from crawler.arabic.names import GIVEN_NAMES, NAME_BEGINNINGS, WITH_WAW
from crawler.arabic.places import LONGEST as LONGEST_PLACE
from crawler.arabic.places import PLACES


@dataclass(frozen=True, slots=True)
class Byline:
    """What one byline says."""

    authors: tuple[str, ...]
    """People's names as printed, without titles, in order."""
    initials: str | None
    """Initials as printed, white space normalised: "ق/ د"."""
    agency: str | None
    """The agency's usual short name (AFP, APS, Reuters); of several all, joined by ", "; "وكالات" for agencies unnamed."""
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
_LONGEST_NAME = 6
"""Words in a person's name."""
_LONGEST_HEAD = 120
"""Letters in which a dateline ends."""

_ADDRESS = re.compile(
    r"\S*@\S*|(?:https?://|www\.)\S*"
    r"|(?<![\w.\-])[\w\-]{1,60}(?:\.[\w\-]{1,60}){0,3}\.(?:com|net|org|info|news|tv|ma|dz|tn|eg|ly|jo|ae|sa|qa|iq|ps|lb)\b\S*",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"[^|:،\n]{0,80}\.(?:jpe?g|png|gif|webp|svg|bmp|avif)\b", re.IGNORECASE)
_INNER_TATWEEL = re.compile("(?<=[\u0621-\u064a])\u0640+(?=[\u0621-\u064a])")
_LETTER = r"[ء-غف-يA-Z](?![^\W\d_ـ])"
_INITIALS = re.compile(
    rf"(?:^|(?<=[:|()،\n])|(?<=[\-–—/] )) ?(?P<initials>{_LETTER}(?: ?[./\\\-–ـ] ?{_LETTER}| {_LETTER}){{1,4}}\.?)"
    rf"(?= ?$| ?[:|()،\n\-–—/])"
)
_TITLE_INITIALS = frozenset({"اد", "امد", "مد"})
# أ.د. or د. or د/ before a name; د and ذ also without a mark, for no name is shortened to them.
_TITLE = re.compile(
    r"(?<![^\s:/|(،,\-–—])"
    r"(?:(?:[أا] ?\. ?م ?\. ?د|[أا] ?\. ?د|م ?\. ?د)(?![^\W\d_]) ?[./:]? ?|(?:د|م|أ|ا|ذ|dr|mr|mrs|prof) ?[./] ?|[دذ] :? ?)"
    r"(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?P<word>(?:[A-Za-zÀ-ÿ]+(?:[-'’][A-Za-zÀ-ÿ]+)*|[^\W\d_][^\W\d_\u064b-\u0655\u0670]*(?:[\u064b-\u0655\u0670]+[^\W\d_]*)*)(?:\.(?!\.))?)"
    r"|(?P<quoted>[«\"“”{][^»\"“”{}]{0,60}[»\"“”}])|(?P<list>[،,&])|(?P<digits>[0-9٠-٩]+)|(?P<mark>[^\s\w])"
)
_MARKS_OF_ROLE = frozenset(":/-–—ـ")


def _fold_each(printed: list[str]) -> list[str]:
    """Words, folded and without their points; one call for all, which is what folding costs."""
    folded = fold(" ".join(printed)).replace(".", "").split(" ")
    return folded if len(folded) == len(printed) else [fold(word).replace(".", "").replace(" ", "") for word in printed]


@dataclass(slots=True)
class _Piece:
    """The words between two marks."""

    role: str = ""
    """What the word before says that its people did: a value of `byline_words.ROLES`."""
    words: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    """Where the members of a list begin, after the first."""
    spoiled: bool = False
    """Holds digits or stands in quotation marks: it names a thing."""
    end: int = 0
    """Place in the text after it and its marks."""
    marks: str = ""
    """The marks that end it."""

    def parts(self) -> list["_Part"]:
        """The members of the list that it is; most are one."""
        edges = [0, *self.members, len(self.words)]
        return [_Part(self.words[at:to], self.folded[at:to]) for at, to in zip(edges, edges[1:], strict=False) if at < to]


@dataclass(frozen=True, slots=True)
class _Part:
    """Words as printed and folded."""

    words: list[str]
    folded: list[str]

    @property
    def text(self) -> str:
        return " ".join(self.words).strip(".'’ ")

    @property
    def key(self) -> str:
        return " ".join(self.folded)

    def cut(self, start: int, stop: int | None = None) -> "_Part":
        return _Part(self.words[start:stop], self.folded[start:stop])


def _pieces(text: str) -> Iterator[_Piece]:
    """The pieces of a byline in order. A role's word is no piece; it marks the one after it."""
    found = list(_TOKEN.finditer(text))
    folded = iter(_fold_each([match.group() for match in found if match.lastgroup == "word"]))
    piece = _Piece()
    for number, match in enumerate(found):
        token = match.group()
        if match.lastgroup == "word":
            word = next(folded)
            following = found[number + 1].group() if number + 1 < len(found) else ""
            role = _role_of(word, following, begins=not piece.words)
            if role is not None:
                if piece.words:
                    yield piece
                piece = _Piece(role)
            elif piece.words or not (piece.role and word in say.ROLE_TAILS):
                piece.words.append(token)
                piece.folded.append(word)
        elif match.lastgroup == "list":
            piece.members.append(len(piece.words))
        elif match.lastgroup == "digits":
            piece.spoiled = True
        elif match.lastgroup == "quoted":
            if piece.words:
                yield piece
            inner = token[1:-1].split()
            piece = _Piece(words=inner, folded=_fold_each(inner), spoiled=True)
        piece.end = match.end()
        if match.lastgroup in {"mark", "quoted"}:
            piece.spoiled &= bool(piece.words)
            if piece.words:
                piece.marks = token
                yield piece
                piece = _Piece()
    if piece.words:
        yield piece


def _role_of(word: str, following: str, *, begins: bool) -> str | None:
    """The role that a word at this place gives to those named after it; "" for one that only ends a name."""
    role = say.ROLES.get(word)
    if role is None:
        return None
    if not begins:
        if word in say.AFTER_NAME:
            return ""
        return role if word in say.ROLES_ANYWHERE else None
    return None if word in say.ROLES_WITH_MARK and following not in _MARKS_OF_ROLE else role


@dataclass(slots=True)
class _Reading:
    """What the pieces of a byline turn out to be, gathered."""

    own: frozenset[str]
    places: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """Names after a role's word."""
    helpers: list[str] = field(default_factory=list)
    likely: list[str] = field(default_factory=list)
    """Names that begin with a given name."""
    possible: list[str] = field(default_factory=list)
    """Two words or more that may be a name."""

    def take(self, piece: _Piece) -> bool:
        """Read one piece. Says whether it was understood: a place, an agency, the paper or a likely person."""
        if self._is_own(piece.folded):
            # A paper may be called after its city: الرياض - واس.
            if " ".join(piece.folded) in PLACES and not self.places:
                self.places.append(" ".join(piece.words))
            return True
        parts = piece.parts()
        understood = [self._take_part(part, piece) for part in parts]
        if any(understood):
            # One of a list is known for a person; so are the others.
            self._promote(parts)
        return all(understood)

    def _take_part(self, part: _Part, piece: _Piece) -> bool:
        if (agency := agency_named(part.text)) is not None:
            self.agencies.append(agency)
            return True
        if piece.spoiled:
            return False
        if part.key in PLACES and not (piece.role and part.key in GIVEN_NAMES):
            self.places.append(part.text)
            return True
        for at, word in enumerate(part.folded):
            if word in {"من", "في"} and at + 1 < len(part.folded):
                known = self._take_part(part.cut(0, at), piece) if at else True
                return self._take_place(part.cut(at + 1)) and known
        return self._take_joined(part) or self._take_people(part, piece.role)

    def _take_place(self, part: _Part) -> bool:
        """What stands after من or في: a place and, after it, perhaps nothing."""
        if part.key not in PLACES:
            return False
        self.places.append(part.text)
        return True

    def _take_joined(self, part: _Part) -> bool:
        """A place and an agency or a person with no mark between: جدة واس."""
        for length in range(min(LONGEST_PLACE, len(part.folded) - 1), 0, -1):
            if part.cut(0, length).key not in PLACES:
                continue
            rest = part.cut(length)
            agency = agency_named(rest.text)
            if agency is not None:
                self.agencies.append(agency)
            elif part.folded[0] in GIVEN_NAMES or not _is_likely(rest.folded) or not _may_be_name(rest.folded):
                continue
            else:
                self.likely += _people(rest)
            self.places.append(part.cut(0, length).text)
            return True
        return False

    def _take_people(self, part: _Part, role: str) -> bool:
        part = _without_title(part)
        if role == say.OTHER or not _may_be_name(part.folded) or self._is_own(part.folded):
            return False
        if role:
            if len(part.folded) > 1 or len(part.folded[0]) > 2:
                (self.said if role == say.WRITER else self.helpers).extend(_people(part))
            return True
        likely = _is_likely(part.folded)
        if likely or (len(part.folded) > 1 and _looks_like_person(part)):
            (self.likely if likely else self.possible).extend(_people(part))
        return likely

    def _promote(self, parts: list[_Part]) -> None:
        names = [name for part in parts for name in _people(_without_title(part))]
        if any(name in self.likely for name in names):
            self.likely = [*self.likely, *(name for name in names if name in self.possible)]
            self.likely.sort(key=lambda name: names.index(name) if name in names else -1)
            self.possible = [name for name in self.possible if name not in self.likely]

    def _is_own(self, folded: list[str]) -> bool:
        """Whether the words are the paper's name, alone or with words that papers have beside it."""
        bare = " ".join(word for word in folded if word not in say.INSTITUTIONS)
        return bool(self.own) and (" ".join(folded) in self.own or bare in self.own)

    def authors(self) -> tuple[str, ...]:
        """The people who wrote it, by the best sign that there is."""
        names = self.said or self.likely or self.possible[:1] or self.helpers
        if self.said and self.likely:
            names = [*self.said]
        return tuple(dict.fromkeys(names))

    def agency(self) -> str | None:
        named = [agency for agency in dict.fromkeys(self.agencies) if agency != AGENCIES_TOGETHER]
        return ", ".join(named) or (AGENCIES_TOGETHER if self.agencies else None)

    def place(self) -> str | None:
        return "، ".join(dict.fromkeys(self.places)) or None


def _without_title(part: _Part) -> _Part:
    while len(part.folded) > 1 and part.folded[0] in say.TITLES:
        if part.folded[0] in say.NAMES_TOO and len(part.folded) < 3:
            break
        part = part.cut(1)
    return part


def _may_be_name(folded: list[str]) -> bool:
    """Whether words may be a person's name: not too many, none of a desk, a sentence or a label."""
    if not 1 <= len(folded) <= _LONGEST_NAME or folded[0] in say.OCCUPATIONS:
        return False
    known_words = say.DESKS | say.NOT_IN_NAMES if False else None
    del known_words
    letters = sum(len(word) == 1 for word in folded)
    return letters < len(folded) and letters <= 2 and not any(
        word in say.DESKS or word in say.NOT_IN_NAMES or word in MONTHS or word in WEEKDAYS for word in folded
    )


def _is_likely(folded: list[str]) -> bool:
    """Whether a name begins as Arabic names do."""
    return folded[0] in GIVEN_NAMES or (len(folded) > 1 and folded[0] in NAME_BEGINNINGS)


def _looks_like_person(part: _Part) -> bool:
    """Whether words without a known given name have the shape of one: no article first; capitals, in Latin letters."""
    if part.words[0].isascii():
        return part.folded[0] not in {"al", "el", "the"} and all(word[0].isupper() for word in part.words if len(word) > 2)
    return not part.folded[0].startswith("ال")


def _people(part: _Part) -> list[str]:
    """The names that و joins: كايلا إبستين وأنجليكا كاساس are two people, وفاء زايد is one."""
    names, first = [], 0
    for at in range(1, len(part.folded)):
        word = part.folded[at]
        enough = at - first >= 2 and len(part.folded) - at >= 2
        if word in {"و", "and", "et"}:
            if at - first >= 1 and at + 1 < len(part.folded):
                names.append(part.cut(first, at).text)
                first = at + 1
        elif word.startswith("و") and len(word) > 3 and word not in WITH_WAW and (enough or _given_after_and(word, part, at, first)):
            names.append(part.cut(first, at).text)
            part = _Part([*part.words[:at], part.words[at][1:], *part.words[at + 1 :]], part.folded)
            first = at
    names.append(part.cut(first).text)
    return names


def _given_after_and(word: str, part: _Part, at: int, first: int) -> bool:
    """A known given name after و settles it where the second name is whole."""
    return word[1:] in GIVEN_NAMES and at - first >= 2 and len(part.folded) - at >= 1
