"""What of a text is shown beside a search result: the place with most of the words asked for, and these marked."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from crawler.arabic.letters import words
from crawler.arabic.stems import stem

# A word as printed, with its harakat and tatweel.
_WORD = re.compile(r"(?:[^\W_]|[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640])+")
LENGTH = 200
"""Characters of a snippet, about."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text on one line, and which places of it were asked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    """First place of each and the place after it, in order."""

    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it was asked for."""
        pieces: list[tuple[str, bool]] = []
        end = 0
        for start, stop in self.marks:
            pieces += [(self.text[end:start], False), (self.text[start:stop], True)]
            end = stop
        return [(text, is_marked) for text, is_marked in [*pieces, (self.text[end:], False)] if text]


@lru_cache(maxsize=1 << 16)
def _stems_of(printed: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(printed))


def mark(text: str, terms: Collection[str]) -> Marked:
    """Mark the words of a text whose stems these are; white space of any kind becomes one space."""
    line = " ".join(text.split())
    return Marked(line, tuple((start, end) for start, end, _ in _hits(line, frozenset(terms))))


def _hits(line: str, terms: frozenset[str], within: int | None = None) -> list[tuple[int, int, str]]:
    """Where the terms stand: first place, place after, and which term.

    Args:
        line: the text.
        terms: stems.
        within: look no further than so many characters that hold all of the terms.
    """
    hits: list[tuple[int, int, str]] = []
    last: dict[str, int] = {}
    end = len(line)
    for found in _WORD.finditer(line) if terms else ():
        start = found.start()
        if start >= end:
            break
        for one in _stems_of(found.group()):
            if one in terms:
                hits.append((start, found.end(), one))
                last[one] = start
                if within and end == len(line) and len(last) == len(terms) and start - min(last.values()) < within:
                    end = min(last.values()) + within
                break
    return hits


def snippet(texts: Sequence[str | None], terms: Collection[str], length: int = LENGTH) -> Marked:
    """The stretch of the texts that holds most of the terms, the earliest of several; their beginning when none is.

    Args:
        texts: the article's, in the order of preference: summary, body.
        terms: stems.
        length: characters, about; an ellipsis stands where the text goes on.
    """
    wanted = frozenset(terms)
    lines = [" ".join(text.split()) for text in texts if text]
    best, best_line, hits_there = (0, 0), lines[0] if lines else "", list[tuple[int, int, str]]()
    start = 0
    for line in lines:
        hits = _hits(line, wanted, length)
        for first, (begin, _, _) in enumerate(hits):
            within = [hit for hit in hits[first : first + 16] if hit[1] - begin <= length * 3 // 4]
            score = len({term for _, _, term in within}), len(within)
            if score > best:
                best, best_line, hits_there, start = score, line, hits, begin
    return _cut(best_line, start, hits_there, length)


def _cut(line: str, hit: int, hits: list[tuple[int, int, str]], length: int) -> Marked:
    """The stretch around a hit, from a word's beginning to a word's end."""
    begin = max(0, min(hit - length // 5, len(line) - length))
    if begin:
        begin = line.rfind(" ", 0, begin + 1) + 1
    end = min(len(line), begin + length)
    if end < len(line):
        end = max(line.rfind(" ", begin, end), hit + 1) if " " in line[begin:end] else end
    before, after = "… " if begin else "", " …" if end < len(line) else ""
    shift = len(before) - begin
    marks = tuple((first + shift, last + shift) for first, last, _ in hits if begin <= first and last <= end)
    return Marked(before + line[begin:end] + after, marks)
