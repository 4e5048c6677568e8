"""Numbers as Arabic pages write them: three sets of digits, a dozen marks between them, and words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from crawler.arabic.marks import INVISIBLE

DIGITS = frozenset("0123456789")
"""str.isdigit takes superscripts and a hundred other scripts for digits as well."""
_WESTERN = tuple(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789", strict=True))
_EASTERN = re.compile("[٠-٩۰-۹]")
_SHORT = 200


def to_western(text: str) -> str:
    """Arabic-Indic (٠-٩) and extended, Persian (۰-۹) digits as 0-9; every other character as it was."""
    if not text.isascii() and (len(text) > _SHORT or _EASTERN.search(text)):
        # Measured on article bodies: twenty times as fast as str.translate, which looks every letter up. A search first
        # pays on short texts only.
        for digit, western in _WESTERN:
            text = text.replace(digit, western)
    return text


# Longer than any count with its unit; what is longer is a sentence.
_LONGEST = 80
_MOST_DIGITS = 15
_FRAME = " \t\r\n\u00a0()[]"
_GROUP_SPACES = " \u00a0\u2007\u2009\u202f"
_DECIMAL_MARKS = ".,،٫"
_TERM = re.compile(rf"[0-9]+(?:[.,،٫٬'’{_GROUP_SPACES}][0-9]+)*|[^\W\d_]+|\S")
_MARKS = re.compile(r"[^0-9]")
# Spelling variants of the words below: hamza, ta marbuta, alef maqsura, harakat, tatweel.
_SPELLING = str.maketrans("أإآٱئىةک", "ااااييهك", "ـًٌٍَُِّْ")

_UNITS = {
    **dict.fromkeys(("الف", "الفا", "الاف", "k", "thousand", "mille"), 1_000),
    **dict.fromkeys(("مليون", "مليونا", "ملايين", "m", "mn", "million", "millions"), 1_000_000),
    **dict.fromkeys(
        ("مليار", "مليارا", "مليارات", "بليون", "b", "bn", "billion", "milliard", "milliards"), 1_000_000_000
    ),
}
_UNITS_ALONE = frozenset({"الف", "مليون", "مليار", "بليون"})
_DUALS = {
    **dict.fromkeys(("الفين", "الفان"), 1_000),
    **dict.fromkeys(("مليونين", "مليونان"), 1_000_000),
    **dict.fromkeys(("مليارين", "ملياران"), 1_000_000_000),
}
_ONES = (
    ("صفر",),
    ("واحد", "واحده", "احد", "احدي"),
    ("اثنان", "اثنين", "اثنتان", "اثنتين", "اثنا", "اثني", "اثنتا", "اثنتي"),
    ("ثلاثه", "ثلاث"),
    ("اربعه", "اربع"),
    ("خمسه", "خمس"),
    ("سته", "ست"),
    ("سبعه", "سبع"),
    ("ثمانيه", "ثماني", "ثمان"),
    ("تسعه", "تسع"),
    ("عشره", "عشر"),
)
_TENS = ("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع")


def _number_words() -> dict[str, int]:
    """Spelt-out numbers below a thousand, spelt as `_SPELLING` leaves them."""
    words = {word: value for value, forms in enumerate(_ONES) for word in forms}
    words |= {stem + ending: 10 * tens for tens, stem in enumerate(_TENS, start=2) for ending in ("ون", "ين")}
    for hundred in ("ميه", "مايه"):
        words[hundred] = 100
        words |= {form + hundred: 100 * value for value in range(3, 10) for form in _ONES[value][1:]}
    words |= dict.fromkeys(("ميتان", "ميتين", "مايتان", "مايتين"), 200)
    return words


_WORDS = _number_words()


def _amount(written: str, *, unit_follows: bool) -> Decimal | None:
    """A number in Western digits with its marks, or None where the marks make no number.

    Before a unit (1.2 ألف) one mark is a decimal mark; without one a count is whole, so a mark can only part
    thousands, in groups of three. A comma and three digits before a unit (1,500 ألف) say either: None.
    """
    marks = _MARKS.findall(written)
    groups = _MARKS.split(written)
    if sum(map(len, groups)) > _MOST_DIGITS:
        return None
    if not marks:
        return Decimal(written)
    fraction = ""
    if unit_follows and marks[-1] in _DECIMAL_MARKS and marks.count(marks[-1]) == 1:
        if marks[-1] in ",،" and len(groups[-1]) == 3:
            return None
        fraction = groups.pop()
        marks.pop()
    if marks and (
        len(set(marks)) > 1
        or groups[0].startswith("0")
        or len(groups[0]) > 3
        or any(len(group) != 3 for group in groups[1:])
    ):
        return None
    return Decimal("".join(groups) + "." + (fraction or "0"))


def _without_and(term: str, *, first: bool) -> tuple[str, bool]:
    """A word without the و that joins it to the words before, and whether it had one."""
    if first or term in _WORDS or not term.startswith("و"):
        return term, False
    return term[1:], True


@dataclass(slots=True)
class _Sum:
    """A number as it is read, largest part first. Each method says whether its word may stand here."""

    total: Decimal = Decimal(0)
    """What stands before its unit already."""
    below: Decimal | None = None
    """What has no unit yet."""
    unit: int = 10**_MOST_DIGITS
    """The last unit; the next one is smaller."""

    def add_digits(self, amount: Decimal | None, *, by_and: bool) -> bool:
        if amount is None or self.below is not None or by_and != bool(self.total):
            return False
        self.below = amount
        return True

    def add_word(self, value: int, *, by_and: bool) -> bool:
        """The next number word: ثلاثة, and what continues one: خمسة عشر, خمسة وعشرون, مئة وخمسة."""
        if self.below is None:
            return self.add_digits(Decimal(value), by_and=by_and)
        rest = self.below % 100
        if by_and:
            continues = 20 <= value < 100 if 1 <= rest <= 9 else rest == 0 and self.below and value < 100
        else:
            continues = value == 10 and 1 <= rest <= 9
        self.below += value
        return bool(continues)

    def add_unit(self, unit: int, times: int | None, *, by_and: bool) -> bool:
        """A unit that multiplies what stands before it, or `times` where the word itself says how many."""
        if (self.below is None) != (times is not None) or unit >= self.unit or (times and by_and != bool(self.total)):
            return False
        self.total += unit * (times or self.below or 0)
        self.below, self.unit = None, unit
        return True

    def value(self) -> int | None:
        """The whole number that was read, or None."""
        if self.below is not None and self.below >= self.unit:
            return None
        value = self.total + (self.below or 0)
        read = self.below is not None or self.total
        return int(value) if read and value == int(value) and value < 10**_MOST_DIGITS else None


def parse_count(text: str) -> int | None:
    """The count that a text is, the whole of it: 1,234 and ٢,١ ألف and 12K and مليونين and +50 ألف (at least 50,000).

    Understood are the three sets of digits, thousands parted by , . ٬ ' ، or a space, decimals by . , or ٫ before a
    unit (ألف، مليون، مليار, K, M, B), numbers in words, and + for "at least". Brackets around do not matter. Two
    numbers ("0 165"), a fraction without a unit, a percentage or any other word make it None.

    Args:
        text: the count alone, without the label beside it.

    Returns:
        A count of at most 15 digits and at least 0, or None.
    """
    if len(text) > _LONGEST:
        return None
    written = to_western(INVISIBLE.sub("", text)).translate(_SPELLING).lower().strip(_FRAME)
    terms = [term for term in _TERM.findall(written) if term != "+"]
    number, joined = _Sum(), False
    for place, term in enumerate(terms):
        if term == "و":
            joined = True
            continue
        word, glued = _without_and(term, first=place == 0)
        by_and = joined or glued
        if word[0] in DIGITS:
            amount = _amount(word, unit_follows=place + 1 < len(terms) and terms[place + 1] in _UNITS)
            fits = number.add_digits(amount, by_and=by_and)
        elif word in _WORDS:
            fits = number.add_word(_WORDS[word], by_and=by_and)
        elif word in _DUALS:
            fits = number.add_unit(_DUALS[word], 2, by_and=by_and)
        elif word in _UNITS:
            alone = number.below is None and word in _UNITS_ALONE
            fits = number.add_unit(_UNITS[word], 1 if alone else None, by_and=by_and)
        else:
            fits = False
        if not fits:
            return None
        joined = False
    return None if joined else number.value()
