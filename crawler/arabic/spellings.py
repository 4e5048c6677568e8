r"""A phrase as a regular expression that finds it in text as it was printed: in any spelling that `fold` makes one.

MongoDB looks for phrases with it, so the dialect is PCRE's with UTF: `\p{L}` and `\p{M}`, which Python's `re` lacks.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from string import ascii_letters, digits

from crawler.arabic.letters import fold

# Where letters, marks and digits stand that `fold` takes together: Latin and its accents, Arabic, presentation forms,
# full-width forms, and the digits of every script that Arabic papers were seen to use.
_BLOCKS = ((0x30, 0x250), (0x370, 0x530), (0x600, 0x700), (0x750, 0x780), (0x8A0, 0x900), (0x1E00, 0x2000))
_FORMS = ((0xFB50, 0xFE00), (0xFE70, 0xFF00), (0xFF10, 0xFF5B))
_UNSEEN = r"\p{M}\p{Cf}\x{0640}\x{0674}\x{06e5}\x{06e6}\x{fc5e}-\x{fc63}\x{fcf2}-\x{fcf4}\x{fe70}-\x{fe7f}"
"""What may stand between two letters of a word and is not compared: harakat, tatweel, what cannot be seen."""
_INSIDE = f"[{_UNSEEN}]*"
_APART = rf"[^\p{{L}}\p{{N}}{_UNSEEN}]"
# Possessive: a tatweel is a letter to PCRE, and must not be given back to be one.
_BEFORE, _AFTER = rf"(?<![\p{{L}}\p{{N}}{_UNSEEN}]){_INSIDE}", rf"(?![{_UNSEEN}]*+[\p{{L}}\p{{N}}])"
_COMMON = frozenset(map(chr, (*range(0x621, 0x63B), *range(0x641, 0x64B)))) | frozenset(ascii_letters + digits)
"""Most of what is printed. Each is one letter when folded, and none may stand between two."""
_GAPS = r"[\x00-/:-@\[-`{-\x7f]"
"""ASCII without letters and digits: all of it parts words."""
_TOLD_BY = 3
"""Letters that a word is compared by before all of it is: ال is how a quarter of all words begin."""


@cache
def _variants() -> dict[str, list[str]]:
    """What is printed for each folded letter, and for each pair that has a ligature (لا ﻻ)."""
    found: dict[str, list[str]] = {}
    for first, end in _BLOCKS + _FORMS:
        for letter in map(chr, range(first, end)):
            folded = fold(letter)
            if len(folded) in {1, 2} and folded.isalnum():
                found.setdefault(folded, []).append(letter)
    return found


@cache
def _letter(letter: str) -> str:
    printed = dict.fromkeys([letter, *_variants().get(letter, ())])
    return re.escape(letter) if len(printed) == 1 else _ranges(printed)


def _word(word: str) -> str:
    """One folded word."""
    parts: list[str] = []
    place = 0
    while place < len(word):
        pair = word[place : place + 2]
        if len(pair) == 2 and (ligatures := _variants().get(pair)):
            apart = _letter(pair[0]) + _INSIDE + _letter(pair[1])
            parts.append(f"(?:{apart}|[{''.join(ligatures)}])")
            place += 2
        else:
            parts.append(_letter(word[place]))
            place += 1
    return _INSIDE.join(parts)


def _passes(word: str, place: int = 0) -> str:
    """What a word of `_COMMON` letters begins with that is not this one: told by its letters from this place on."""
    wanted = {word[place], *_variants().get(word[place], ())} if place < len(word) else set()
    others = _ranges(_COMMON - wanted)
    if place + 1 == _TOLD_BY or not (same := _COMMON & wanted):
        return others
    return f"(?:{others}|{_ranges(same)}{_passes(word, place + 1)})"


def _ranges(letters: Iterable[str]) -> str:
    """A class of letters as ranges: each item costs a comparison at every letter of the text."""
    ends: list[list[int]] = []
    for code in sorted(map(ord, letters)):
        if ends and ends[-1][1] == code - 1:
            ends[-1][1] = code
        else:
            ends.append([code, code])
    codes = (f"\\x{{{first:x}}}" + (f"-\\x{{{last:x}}}" if last > first else "") for first, last in ends)
    return "[" + "".join(codes) + "]"


def phrase_pattern(folded: Sequence[str], *, whole: bool = False, may_touch: bool = False) -> str:
    """The regular expression of a phrase, for MongoDB's `$regex`.

    Args:
        folded: the phrase's words, as `crawler.arabic.letters.words` gives them.
        whole: the text must be nothing else (punctuation at its ends aside).
        may_touch: nothing need stand between the words: ق/ د is قد.
    """
    between = rf"{_INSIDE}(?:{_APART}{_INSIDE}){'*' if may_touch else '+'}"
    pattern = between.join(map(_word, folded))
    if whole:
        return rf"^[^\p{{L}}\p{{N}}]*{pattern}(?:{_APART}|[{_UNSEEN}])*$"
    # Any other word is passed over whole: trying the phrase at its every letter was most of the time. (*SKIP) and no
    # loop: PCRE counts its steps from one start, and what takes too many (400,000 words) MongoDB does not find at all.
    passed = rf"{_passes(folded[0])}\p{{L}}*+{_GAPS}*+(*SKIP)(*FAIL)"
    return f"{passed}|{_BEFORE}{pattern}{_AFTER}"
