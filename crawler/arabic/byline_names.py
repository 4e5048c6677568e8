"""The shapes of names: which words of a byline may be a person's, and where one name ends and the next begins."""

from dataclasses import dataclass

from crawler.arabic import byline_words as say
from crawler.arabic.agencies import agency_named
from crawler.arabic.calendars import MONTHS, WEEKDAYS
from crawler.arabic.names import GIVEN_NAMES, NAME_BEGINNINGS, WITH_WAW
from crawler.arabic.places import PLACES

LONGEST_NAME = 6
"""Words in a person's name, without بن and the first words of names of two (عبد الله, آل سعود)."""

_JOINED = NAME_BEGINNINGS - frozenset({"نور", "عز", "صلاح", "ضياء", "بدر", "شمس", "جمال", "ناصر", "عماد", "شهاب"})
"""Words that make one name with the next."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words as printed and folded."""

    words: list[str]
    folded: list[str]

    @property
    def text(self) -> str:
        """As printed, on one line."""
        return " ".join(self.words).strip(".'’ ")

    @property
    def key(self) -> str:
        """Folded, on one line."""
        return " ".join(self.folded)

    def cut(self, start: int, stop: int | None = None) -> "Part":
        """Some of the words."""
        return Part(self.words[start:stop], self.folded[start:stop])


def without_title(part: Part) -> Part:
    """A name without the titles before it."""
    while len(part.folded) > 1 and part.folded[0] in say.TITLES:
        if part.folded[0] in say.NAMES_TOO and len(part.folded) < 3:
            break
        part = part.cut(1)
    return part


def without_and(part: Part) -> Part:
    """A member of a list without the و before it: محمد علي، وسارة حسن."""
    word = part.folded[0]
    is_agency = agency_named(part.words[0]) is not None
    if not is_agency and word.startswith("و") and len(word) > 3 and word not in WITH_WAW:
        return Part([part.words[0][1:].lstrip("ـ"), *part.words[1:]], [word[1:], *part.folded[1:]])
    return part


def without_description(part: Part) -> Part:
    """A name without what its owner is, where that follows with no mark between: محمد علي كاتب وباحث."""
    for at in range(2, len(part.folded)):
        if part.folded[at] in say.DESCRIBING and (at + 1 < len(part.folded) or part.folded[at] not in say.SURNAMES_TOO):
            return part.cut(0, at)
    return part


def may_be_name(folded: list[str]) -> bool:
    """Whether words may be a person's name: not too many, none of a desk, a sentence or a date."""
    length = len(folded) - sum(word in _JOINED for word in folded)
    if not (folded and length <= LONGEST_NAME) or folded[0] in say.OCCUPATIONS:
        return False
    if folded[0] in say.THINGS and folded[0] not in GIVEN_NAMES:
        return False
    if folded[-1] in say.OCCUPATIONS and folded[-1] not in say.SURNAMES_TOO:
        return False
    if folded[-1] == "الله" and folded[0] in say.BLESSINGS:
        return False
    letters = sum(len(word) == 1 for word in folded)
    if letters == len(folded) or letters > 2:
        return False
    return not any(_no_name(folded, at) for at in range(len(folded)))


def _no_name(folded: list[str], at: int) -> bool:
    """Whether the word at this place is one that no name holds."""
    word = folded[at]
    if word in WEEKDAYS:
        return not (word in say.DAYS_TOO and (at == 0 or folded[at - 1] == "بن" or is_likely(folded)))
    if word in say.DESKS:
        following = folded[at + 1] if at + 1 < len(folded) else ""
        held = say.NAMES_BEFORE.get(word) == following or (at > 0 and word in say.DESKS_TOO and is_likely(folded))
        return not held
    return word in say.NOT_IN_NAMES or word in MONTHS


def is_likely(folded: list[str]) -> bool:
    """Whether a name begins as Arabic names do."""
    first = folded[0]
    return (
        first in GIVEN_NAMES
        or first.startswith("عبدال")
        or (len(folded) > 1 and first in NAME_BEGINNINGS)
        or is_run_together(first)
    )


def is_run_together(word: str) -> bool:
    """Whether a word is a given name and a family's with the space forgotten: خالدالمرشود."""
    return word not in GIVEN_NAMES and any(
        word.startswith("ال", at) and (word[:at] in GIVEN_NAMES or (at > len("عبدال") and word.startswith("عبدال")))
        for at in range(2, len(word) - 4)
    )


def looks_like_person(part: Part) -> bool:
    """Whether words without a known given name have the shape of one.

    In Latin letters: capitals. In Arabic: no article first (الحد الجنوبي) unless a given name follows (العلوي رشيد), no
    place last (شمال السعودية), no adjective in ـية last (مساحة زمنية), no occupation.
    """
    first, last = part.words[0], part.folded[-1]
    if first.isascii():
        capitals = all(word[0].isupper() for word in part.words if len(word) > 2)
        return capitals and part.folded[0] not in {"al", "el", "the"}
    return not (
        (first.startswith("ال") and GIVEN_NAMES.isdisjoint(part.folded[1:]))
        or (len(part.words) > 3 and NAME_BEGINNINGS.isdisjoint(part.folded))
        or part.words[-1].endswith("ية")
        or last in PLACES
        or not say.OCCUPATIONS.isdisjoint(part.folded)
    )


def _is_of_a_family(word: str) -> bool:
    return word.startswith("ال") and word.endswith("ي") and word not in GIVEN_NAMES


def people_in(part: Part) -> list[Part]:
    """The names that و joins: كايلا إبستين وأنجليكا كاساس are two people, وفاء زايد is one.

    The و counts as "and" where a name of two words or more stands on either side and the word is no name with a و of
    its own. With nothing between, a name ends with a family's name in الـ and ـي before a given name (محمد الحربي سعيد
    المعبدي); other names stay one: a name of four words looks the same.
    """
    people, rest, at = [], part, 1
    while at < len(rest.folded):
        word = rest.folded[at]
        if at >= 2 and len(rest.folded) - at >= 2:
            if word in {"و", "and", "et"}:
                people.append(rest.cut(0, at))
                rest, at = rest.cut(at + 1), 0
            elif word.startswith("و") and len(word) > 3 and word not in WITH_WAW:
                people.append(rest.cut(0, at))
                after = rest.cut(at + 1)
                rest, at = Part([rest.words[at][1:].lstrip("ـ"), *after.words], [word[1:], *after.folded]), 0
            elif word in GIVEN_NAMES and _is_of_a_family(rest.folded[at - 1]):
                people.append(rest.cut(0, at))
                rest, at = rest.cut(at), 0
        at += 1
    return [*people, rest]
