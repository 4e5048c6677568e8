r"""A phrase as a regular expression that finds it in text as it was printed: in any spelling that `fold` makes one.

MongoDB looks for phrases with it, so the dialect is PCRE's with UTF: `\p{L}` and `\p{M}`, which Python's `re` lacks.
"""

import re
from collections.abc import Sequence
from functools import cache

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
_BEFORE, _AFTER = f"(?:^|{_APART}){_INSIDE}", rf"(?![{_UNSEEN}]*+[\p{{L}}\p{{N}}])"


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
    if len(printed) == 1:
        return re.escape(letter)
    return "[" + "".join(f"\\x{{{ord(one):x}}}" for one in printed) + "]"


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
    return _BEFORE + pattern + _AFTER
