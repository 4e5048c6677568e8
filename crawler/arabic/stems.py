"""A word's stem: what its forms have in common, so that أخبار finds الأخبار، وبالأخبار and أخبارها."""

from functools import lru_cache

from crawler.arabic.letters import words

VERSION = 1
"""Raised with every change of what `stem` answers: stored stems of another version are made anew."""

_PREFIXES = ("وبال", "وكال", "فبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و")
_SUFFIXES = ("هما", "كما", "ها", "ان", "ات", "ون", "ين", "يه", "هم", "نا", "ه", "ي")
_LEAST = 3


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a folded word (`crawler.arabic.letters.words`); numbers and Latin words are their own."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST:
            return word[: -len(suffix)]
    return word


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in words(text)]
