"""The language of questions: `وزير -مالية title:"مجلس الأمن" site:elmassa`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from crawler.arabic.letters import clean, words
from crawler.arabic.spellings import phrase_pattern
from crawler.arabic.stems import stem
from crawler.errors import UserError

Document = dict[str, Any]

PREFIXES = ("title", "author", "section", "site", "country", "agency")
_OF_ONE_VALUE = ("section", "site", "country", "agency")
"""Fields of which an article has one value: several that are asked for are alternatives."""
_TEXTS = ("title", "kicker", "summary", "body")
_DOUBLE, _ANGLE = '"“”„', "«»"
_QUOTES = re.compile(f"[{_DOUBLE}{_ANGLE}]")
_PREFIX = re.compile(r"([A-Za-z_]+):")
_LONGEST = 2_000
_MOST = 64
"""Characters and parts of a question; more is a pasted text, and would be a query without bound."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a question."""

    text: str
    """A word, or a phrase without its quotation marks."""
    prefix: str = ""
    """One of PREFIXES, or nothing: anywhere in the article's text."""
    is_phrase: bool = False
    is_excluded: bool = False

    def __str__(self) -> str:
        text = f'"{self.text}"' if self.is_phrase else self.text
        return ("-" if self.is_excluded else "") + (f"{self.prefix}:" if self.prefix else "") + text

    def condition(self) -> Document:
        """What MongoDB is asked, exclusion aside; empty for a word of punctuation alone."""
        folded = words(self.text)
        if not folded:
            return {}
        if self.prefix in {"site", "country"}:
            return {self.prefix: clean(self.text).lower()}
        if self.prefix in {"section", "agency"}:
            return whole(self.prefix, self.text)
        if self.prefix == "author":
            known: Document = {"author_terms": {"$all": sorted(set(folded))}}
            return known | ({"authors": {"$regex": phrase_pattern(folded)}} if self.is_phrase else {})
        field = "title_terms" if self.prefix == "title" else "terms"
        condition: Document = {field: {"$all": sorted(set(map(stem, folded)))}}
        if self.is_phrase:
            pattern = {"$regex": phrase_pattern(folded)}
            fields = ["title"] if self.prefix == "title" else _TEXTS
            condition |= {"$or": [{name: pattern} for name in fields]}
        return condition


def whole(field: str, text: str) -> Document:
    """The condition that a field is this text, in any spelling."""
    return {field: {"$regex": phrase_pattern(words(text), whole=True)}}


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for, in its parts; all must hold."""

    clauses: tuple[Clause, ...] = ()

    def __str__(self) -> str:
        return " ".join(map(str, self.clauses))

    def conditions(self) -> list[Document]:
        """What MongoDB is asked; all must hold."""
        wanted = [clause for clause in self.clauses if not clause.is_excluded]
        conditions = [one for clause in wanted if clause.prefix not in _OF_ONE_VALUE if (one := clause.condition())]
        for prefix in _OF_ONE_VALUE:
            alternatives = [one for clause in wanted if clause.prefix == prefix if (one := clause.condition())]
            if len(alternatives) == 1:
                conditions += alternatives
            elif alternatives:
                conditions.append({"$or": alternatives})
        excluded = [one for clause in self.clauses if clause.is_excluded if (one := clause.condition())]
        return [*conditions, {"$nor": excluded}] if excluded else conditions

    def terms(self) -> list[str]:
        """The stems that a matching article has in its text, each once: what ranks and marks."""
        wanted = (clause for clause in self.clauses if not clause.is_excluded and clause.prefix in {"", "title"})
        return list(dict.fromkeys(stem(word) for clause in wanted for word in words(clause.text)))

    def values(self, prefix: str) -> list[str]:
        """What is asked of one prefix, excluded or not."""
        return [clause.text for clause in self.clauses if clause.prefix == prefix]


@lru_cache(maxsize=256)
def parse(text: str) -> Question:
    """Read a question.

    Words mean all of them, in any form and spelling; `"..."` (“...” and «...» too) a phrase, in its words as written
    but for spelling; `-` before either excludes; `title:`, `author:`, `section:`, `site:`, `country:`, `agency:` look
    there. A colon within Arabic is punctuation.

    Raises:
        UserError: for quotation marks without their other half, an unknown prefix, one without anything after it,
            marks without a word, and a question that is too long.
    """
    asked, text = text, clean(text)
    if len(text) > _LONGEST:
        raise UserError(f"the question has {len(text)} characters: ask for at most {_LONGEST}, or for fewer words")
    clauses = tuple(_clauses(text))
    if len(clauses) > _MOST:
        raise UserError(f"the question has {len(clauses)} parts: ask for at most {_MOST} words and phrases")
    if asked.strip() and not clauses:  # it would be answered with all that is stored
        raise UserError(f"{asked.strip()} names no word to look for")
    return Question(clauses)


def _clauses(text: str) -> Iterable[Clause]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        is_excluded = text[place] == "-"
        place += is_excluded
        prefix = ""
        if named := _PREFIX.match(text, place):
            prefix, place = _known(named[1]), named.end()
        clause, place = _value(text, place)
        if clause is None and prefix:
            raise UserError(f"nothing stands after {prefix}: write {prefix}:WORD without a space")
        if clause is not None:
            value, is_phrase = clause
            if words(value):  # a lone dash or full stop asks for nothing
                yield Clause(value, prefix, is_phrase, is_excluded)
            elif prefix:
                raise UserError(f"{prefix}:{value} names no word to look for")


def _value(text: str, place: int) -> tuple[tuple[str, bool] | None, int]:
    """The phrase or word at this place, whether it is a phrase, and the place after it; None when there is none."""
    if place == len(text) or text[place].isspace():
        return None, place
    for marks in (_DOUBLE, _ANGLE):
        if text[place] in marks:
            end = next((at for at in range(place + 1, len(text)) if text[at] in marks), None)
            if end is None:
                raise UserError(f"a quotation mark has no other half: {text[place:]}")
            return (" ".join(_QUOTES.sub(" ", text[place + 1 : end]).split()), True), end + 1
    end = place
    while end < len(text) and not text[end].isspace() and text[end] not in _DOUBLE + _ANGLE:
        end += 1
    return (text[place:end], False), end


def _known(prefix: str) -> str:
    known = prefix.lower()
    if known not in PREFIXES:
        near = get_close_matches(known, PREFIXES, n=1)
        told = f"do you mean {near[0]}:?" if near else f"there are {', '.join(f'{one}:' for one in PREFIXES)}"
        raise UserError(f"{prefix}: is no prefix ({told}); to look for the word, put a space after the colon")
    return known
