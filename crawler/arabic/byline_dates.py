"""Dates inside bylines: محمد علي - الخميس 5 مايو 2020. They are blotted out, and names and places are left."""

import re

from crawler.arabic.calendars import (
    FIRST,
    HIJRI_MONTHS,
    HIJRI_POSSESSED,
    HIJRI_POSSESSIVES,
    MONTHS,
    SECOND,
    TWO_WORD_HIJRI_MONTHS,
    TWO_WORD_MONTHS,
    WEEKDAYS,
)
from crawler.arabic.letters import fold

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_MONTHS = frozenset((*MONTHS, *HIJRI_MONTHS, *TWO_WORD_MONTHS, *TWO_WORD_HIJRI_MONTHS, *HIJRI_POSSESSED)) - {""}
_ERAS = frozenset({"م", "ه", "ص", "am", "pm", "ad", "صباحا", "مساء"})
_AFTER = _MONTHS | FIRST | SECOND | HIJRI_POSSESSIVES | WEEKDAYS.keys() | _ERAS | {"الموافق", "الساعه", "في"}
# Before the number a month of the Hijri calendar may be somebody's name (محمد رمضان); one of the Gregorian is none.
_BEFORE = MONTHS.keys() | WEEKDAYS.keys()
_LEADING = frozenset({"في", "يوم", "بتاريخ", "تاريخ", "الموافق", "الساعه", "نشر", "on", "at"})
_JOINING = frozenset("-–/.,،:|")
_NUMBERS_OF_A_DATE = 3


def without_dates(text: str) -> str:
    """The text, as long as before, with a bar and spaces where a date stood.

    A date is a run of numbers and words of the calendar that holds a month, a weekday, or three numbers (5/3/2020,
    12:30:15). Other numbers stay: they mark what is no name.
    """
    if not any(c.isdigit() for c in text):
        return text
    found = list(_TOKEN.finditer(text))
    folded = [fold(match.group()) for match in found]
    parts, done, at = [], 0, 0
    while at < len(found):
        if not folded[at].isdigit():
            at += 1
            continue
        first, last = _run(folded, at)
        if _is_date(folded[first : last + 1]):
            start, end = found[first].start(), found[last].end()
            if start >= done:
                parts += [text[done:start], "|", " " * (end - start - 1)]
                done = end
        at = last + 1
    return "".join([*parts, text[done:]])


def _run(folded: list[str], number: int) -> tuple[int, int]:
    """First and last token of the run of calendar words and numbers around a number."""
    last = number
    for at in range(number + 1, len(folded)):
        if folded[at].isdigit() or folded[at] in _AFTER:
            last = at
        elif folded[at] not in _JOINING:
            break
    while folded[last] == "في":
        last -= 1
    first = number
    for at in range(number - 1, -1, -1):
        if folded[at] in _BEFORE or folded[at] in _LEADING:
            first = at
        elif folded[at] not in _JOINING:
            break
    return first, last


def _is_date(run: list[str]) -> bool:
    return sum(word.isdigit() for word in run) >= _NUMBERS_OF_A_DATE or any(
        word in _MONTHS or word in WEEKDAYS for word in run
    )
