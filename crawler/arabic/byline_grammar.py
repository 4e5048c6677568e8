"""The grammar of bylines: what each piece of one is: a place, an agency, the paper, people.

A byline is cut into pieces at its marks, and words such as بقلم say of the piece after them whose names it holds.
`crawler.arabic.bylines` puts together what was found.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from crawler.arabic import byline_words as say
from crawler.arabic.agencies import AGENCIES_TOGETHER, agency_named
from crawler.arabic.byline_names import (
    LONGEST_NAME,
    Part,
    is_likely,
    is_run_together,
    looks_like_person,
    may_be_name,
    people_in,
    without_and,
    without_description,
    without_title,
)
from crawler.arabic.calendars import MONTHS, WEEKDAYS
from crawler.arabic.letters import fold
from crawler.arabic.names import GIVEN_NAMES, NAME_BEGINNINGS
from crawler.arabic.outlets import LONGEST as LONGEST_OUTLET
from crawler.arabic.outlets import OUTLETS
from crawler.arabic.places import LONGEST as LONGEST_PLACE
from crawler.arabic.places import PLACES, PLACES_LIKE_NAMES

_INNER_TATWEEL = re.compile("(?<=[\u0621-\u064a])\u0640+(?=[\u0621-\u064a])")
# أ.د. or د. or د/ before a name; د and ذ also without a mark, for no name is shortened to them.
_TITLE = re.compile(
    r"(?<![^\s:/|(،,\-–—])"
    r"(?:(?:[أا] ?\. ?م ?\. ?د|[أا] ?\. ?د|م ?\. ?د)(?![^\W\d_]) ?[./:]? ?"
    r"|[دذ] ?[./] ?(?:[دمأاذ] ?[./] ?){0,2}|[مأا] ?[./] ?(?:[دمأاذ] ?[./] ?){1,2}"
    # م. and أ. are an engineer and a teacher before two names; before one they are a first name's letter (م. العربي).
    r"|[مأا] ?[./] ?(?=[^\W\d_]{2,} +[^\W\d_]{2})|(?:dr|mr|mrs|prof)\. ?|[دذ] :? ?)"
    r"(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?P<word>(?:[A-Za-zÀ-ÿ]+(?:[-'’][A-Za-zÀ-ÿ]+)*"
    r"|[^\W\d_][^\W\d_\u064b-\u0655\u0670]*(?:[\u064b-\u0655\u0670]+[^\W\d_]*)*)(?:\.(?!\.))?)"
    r"|(?P<quoted>[«\"“”{][^»\"“”{}]{0,60}[»\"“”}])|(?P<list>[،,&])|(?P<digits>[0-9٠-٩]+)|(?P<mark>[^\s\w]|[\n_])"
)
_MARKS_OF_ROLE = frozenset(":/-–—ـ")
_BEFORE_PLACE = frozenset({"من", "في"})
_CAPITALS = frozenset({"عواصم", "العواصم"})
"""The capitals: where agencies write from, and no place."""


def plain(text: str) -> str:
    """A byline without titles, and with a dash for a tatweel that stands for one."""
    return _TITLE.sub("", _INNER_TATWEEL.sub("", text).replace("ـ", "-"))


def _fold_each(printed: list[str]) -> list[str]:
    """Words, folded and without their points; one call for all, which is what folding costs."""
    folded = fold(" ".join(printed)).replace(".", "").split(" ")
    if len(folded) == len(printed):
        return folded
    return [fold(word).replace(".", "").replace(" ", "") for word in printed]


@dataclass(slots=True)
class Piece:
    """The words between two marks."""

    role: str = ""
    """What the word before says that its people did: a value of `byline_words.ROLES`."""
    words: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    """Where the members of a list begin, after the first."""
    spoiled: bool = False
    """Holds digits or stands in quotation marks: it names a thing."""
    ends: list[int] = field(default_factory=list)
    """Where each word ends in the text."""
    mark: str = ""
    """The mark that ends it."""

    def parts(self) -> list[Part]:
        """The members of the list that it is; most are one."""
        edges = [0, *self.members, len(self.words)]
        return [Part(self.words[at:to], self.folded[at:to]) for at, to in pairwise(edges) if at < to]

    def is_date(self) -> bool:
        """Whether it names a month or a weekday."""
        return any(word in MONTHS or word in WEEKDAYS for word in self.folded)


def pieces(text: str) -> list[Piece]:
    """The pieces of a byline in order. A role's word is no piece; it marks the one after it."""
    return [piece for piece in _cut(text) if piece.words]


def _cut(text: str) -> Iterator[Piece]:
    found = list(_TOKEN.finditer(text))
    folded = iter(_fold_each([match.group() for match in found if match.lastgroup == "word"]))
    piece = Piece()
    for number, match in enumerate(found):
        kind, written = match.lastgroup, match.group()
        if kind == "word":
            word = next(folded)
            following = found[number + 1].group() if number + 1 < len(found) else ""
            role = _role_of(word, following, begins=not piece.words)
            if role is not None:
                yield piece
                piece = Piece(role)
            elif piece.words or not (piece.role and word in say.ROLE_TAILS):
                piece.words.append(written)
                piece.folded.append(word)
                piece.ends.append(match.end())
        elif kind == "list":
            piece.members.append(len(piece.words))
        elif kind == "digits":
            piece.spoiled = True
        elif kind == "quoted":
            yield piece
            inner = written[1:-1].split()
            yield Piece("", inner, _fold_each(inner), [], True, [match.end()] * len(inner), written[-1])
            piece = Piece()
        else:
            piece.mark = written
            yield piece
            # The role lasts until somebody is named; several photographers may be parted by dashes, several writers
            # are known by their names.
            piece = Piece(piece.role if not piece.words or piece.role == say.OTHER else "")
    yield piece


def _role_of(word: str, following: str, *, begins: bool) -> str | None:
    """The role that a word at this place gives to those named after it; "" for one that only ends a name."""
    role = say.ROLES.get(word)
    if role is None:
        return None
    if not begins:
        if word in say.AFTER_NAME:
            return ""
        return role if word in say.ROLES_ANYWHERE or (following == ":" and word not in say.ROLES_WITH_MARK) else None
    return None if word in say.ROLES_WITH_MARK and following not in _MARKS_OF_ROLE else role


_SAID, _LIKELY, _POSSIBLE, _HELPED = range(4)


@dataclass(slots=True)
class Reading:
    """What the pieces of a byline turn out to be, gathered."""

    own: frozenset[str]
    places: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    people: list[tuple[str, int]] = field(default_factory=list)
    """Names, each with the sign by which it is one: a role's word, a known given name, its shape alone."""
    quoted: bool = False
    """A name in quotation marks, or with digits, stands in the byline."""
    strange_words: int = 0
    """In pieces that were not understood."""
    of_staff: bool = False
    """The piece before named an office of the paper (رئيس التحرير:): whom this one names wrote nothing."""

    def take(self, piece: Piece) -> bool:
        """Read one piece. Says whether it was understood: a place, an agency, the paper or a person."""
        if self.of_staff or piece.folded[0] in say.DESCRIBING:
            self.of_staff = not piece.role and piece.folded[0] in say.MASTHEAD and piece.mark in _MARKS_OF_ROLE
            return False
        return self._take(piece)

    def _take(self, piece: Piece) -> bool:
        if self._is_own(piece.folded):
            # A paper may be called after its city: الرياض - واس.
            if " ".join(piece.folded) in PLACES and not self.places:
                self.places.append(" ".join(piece.words))
            return True
        first, *others = piece.parts()
        parts = [without_title(part) for part in (first, *(without_and(part) for part in others))]
        # Where one of a list is known for a person, so are the others.
        known = any(may_be_name(part.folded) and is_likely(part.folded) for part in parts)
        understood = [self._take_part(part, piece, known=known) for part in parts]
        if all(understood):
            return True
        self.strange_words += max(len(without_description(part).words) for part in parts)
        return False

    def _take_part(self, part: Part, piece: Piece, *, known: bool) -> bool:
        if (agency := agency_named(part.text)) is not None:
            self.agencies += [agency] if piece.role != say.OTHER else []
            return True
        if piece.spoiled:
            self.quoted = True
            return False
        if self._take_place(part, piece.role) or self._take_joined(part):
            return True
        for at, word in enumerate(part.folded):
            if word in _BEFORE_PLACE and at + 1 < len(part.folded):
                placed = self._take_place(part.cut(at + 1), "")
                # Before a place that is not known the words may be a sentence, unless they are a name for sure.
                if at and (placed or piece.role or is_likely(part.folded)):
                    return self._take_part(part.cut(0, at), piece, known=known) and placed
                return placed
        return self._take_people(self._without_outlet(self._without_place(part)), piece.role, known=known)

    def _take_place(self, part: Part, role: str) -> bool:
        if part.key in _CAPITALS:
            return True
        if part.key not in PLACES or (role and part.folded[0] in GIVEN_NAMES):
            return False
        self.places.append(part.text)
        return True

    def _without_place(self, part: Part) -> Part:
        """A name without the place that goes on after it with no mark between: كفاح زبون تل أبيب."""
        for length in range(min(LONGEST_PLACE, len(part.folded) - 2), 0, -1):
            place = part.cut(-length)
            begun = part.folded[-length - 1] in NAME_BEGINNINGS
            if place.key in PLACES and place.key not in PLACES_LIKE_NAMES and not begun:
                self.places.append(place.text)
                return part.cut(0, -length)
        return part

    def _without_outlet(self, part: Part) -> Part:
        """A name without the newspaper that follows it with no mark between: محمد علي بي بي سي."""
        for length in range(min(LONGEST_OUTLET, len(part.folded) - 2), 0, -1):
            if part.cut(-length).key in OUTLETS and (length > 1 or part.folded[-1].isascii()):
                return part.cut(0, -length)
        return part

    def _take_joined(self, part: Part) -> bool:
        """A place and an agency or a person with no mark between: جدة واس, أ. ف. ب. إسطنبول, الرياض عوض القحطاني."""
        for length in range(len(part.folded) - 1, max(len(part.folded) - 1 - LONGEST_PLACE, 0), -1):
            agency = agency_named(part.cut(0, length).text)
            place = part.cut(length)
            if agency is not None and (place.key in PLACES or place.key in _CAPITALS):
                self.agencies.append(agency)
                self.places += [place.text] if place.key in PLACES else []
                return True
        for length in range(min(LONGEST_PLACE, len(part.folded) - 1), 0, -1):
            place, rest = part.cut(0, length), part.cut(length)
            if place.key not in PLACES:
                continue
            agency = agency_named(rest.text)
            is_person = is_likely(rest.folded) and len(rest.folded) > 1 and may_be_name(rest.folded)
            if agency is not None:
                self.agencies.append(agency)
            elif is_person and part.folded[0] not in GIVEN_NAMES:
                self.people += [(one.text, _LIKELY) for one in people_in(rest)]
            else:
                continue
            self.places.append(place.text)
            return True
        return False

    def _take_people(self, part: Part, role: str, *, known: bool) -> bool:
        people = people_in(without_description(part))
        first, several_words = people[0], len(part.folded) > 1 or is_run_together(part.folded[0])
        if role == say.OTHER or self._is_own(part.folded) or not all(may_be_name(one.folded) for one in people):
            return False
        if role and (several_words or len(first.folded[0]) > 2):
            sign = _SAID if role == say.WRITER else _HELPED
        elif several_words and (known or is_likely(first.folded)):
            sign = _LIKELY
        elif several_words and all(looks_like_person(one) for one in people):
            sign = _POSSIBLE
        else:
            return False
        self.people += [(one.text, sign) for one in people]
        return sign != _POSSIBLE

    def _is_own(self, folded: list[str]) -> bool:
        """Whether the words are this paper's name, alone or with words that papers have beside it, or another's."""
        if " ".join(folded) in OUTLETS:
            return True
        bare = " ".join(word for word in folded if word not in say.INSTITUTIONS)
        return bool(self.own) and (" ".join(folded) in self.own or bare in self.own)

    def authors(self) -> tuple[str, ...]:
        """The people who wrote it, by the best sign that there is."""
        # A name that only looks like one is a town's beside an agency or «the paper», and a phrase in a sentence.
        guess = set() if self.agencies or self.quoted or self.strange_words > LONGEST_NAME else {_POSSIBLE}
        for signs in ({_SAID, _LIKELY}, guess, {_HELPED}):
            names = [name for name, sign in self.people if sign in signs]
            if names:
                return tuple(dict.fromkeys(names))
        return ()

    def agency(self) -> str | None:
        """The agencies that are credited."""
        named = [agency for agency in dict.fromkeys(self.agencies) if agency != AGENCIES_TOGETHER]
        return ", ".join(named) or (AGENCIES_TOGETHER if self.agencies else None)

    def place(self) -> str | None:
        """The places that are named."""
        return "، ".join(dict.fromkeys(self.places)) or None


def own_keys(names: Collection[str]) -> frozenset[str]:
    """A paper's names, folded, with and without words such as صحيفة."""
    return _own_keys(frozenset(names))


@lru_cache(maxsize=16)  # a page's bylines are all asked about with the same names
def _own_keys(names: frozenset[str]) -> frozenset[str]:
    folded = [fold(name).replace(".", "").split() for name in names]
    bare = [[word for word in name if word not in say.INSTITUTIONS] for name in folded]
    return frozenset(" ".join(name) for name in (*folded, *bare) if name)
