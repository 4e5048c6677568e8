"""A word's stem: what its forms have in common, so that أخبار finds الأخبار، وبالأخبار، أخبارها and خبر.

A light stemmer: it takes off conjunctions, prepositions, the article, pronouns and the endings of gender and number,
and leads broken plurals back to their singular, by rule where the pattern tells and by a list (`plurals`) where it does
not. Verbs keep their person's prefix, adjectives of relation (جزائري) stay apart from their noun, and so do ministry
and minister. A stem is a key for comparison; often it is no word.
"""

import re
from functools import lru_cache

from crawler.arabic.letters import words
from crawler.arabic.plurals import AGENTS, BEGINNINGS, ENDINGS, FEMININE, PLURALS, SHORT, SOME_FEMININE

VERSION = 2
"""Raised with every change of what `stem` answers: stored stems of another version are made anew."""

_ARABIC = re.compile("[\u0621-\u064a]+")
_LONGEST = 24
"""Letters of a word: what is longer is no word."""
_ARTICLES = ("وبال", "فبال", "وكال", "ولل", "فلل", "وال", "بال", "كال", "فال", "لل", "ال")
_GOD = {prefix + rest: "الله" for prefix in ("", "و", "ف", "ب", "وب", "ت") for rest in ("الله",)} | {
    "لله": "الله",
    "ولله": "الله",
}
_PRONOUNS = ("هما", "كما", "هم", "هن", "كم", "ها", "نا")
# Endings, the fewest letters of a word that has them, and whether they are the feminine's.
_ENDINGS = (
    ("ات", 5, True),
    ("تان", 6, True),
    ("تين", 6, True),
    ("تي", 6, True),
    ("وا", 5, False),
    ("ت", 4, True),
    ("ا", 4, False),
)
_NUMBER = ("ون", "ين", "ان")
# Broken plurals whose pattern tells the singular's. Not with ه at the end: نهايه is a singular.
_PATTERNS = (
    (re.compile("م(.)ا(.)ي(.)"), r"م\1\2و\3"),  # مشاريع مشروع
    (re.compile("ت(.)ا(.)ي(.)"), r"ت\1\2ي\3"),  # تقارير تقرير
    (re.compile("(.)وا(.)ي(.)"), r"\1ا\2و\3"),  # قوانين قانون
    (re.compile("([^تما])وا(.)([^اهه])"), r"\1ا\2\3"),  # شوارع شارع
    (re.compile("([^تيا])(.)اي([^هيا])"), r"\1\2ي\3"),  # جرايم جريمه
    (re.compile("(.)(.)ايا"), r"\1\2يه"),  # قضايا قضيه
    (re.compile("([^ا])(.)(.)اء"), r"\1\2ي\3"),  # وزراء وزير
)


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of a folded word (`crawler.arabic.letters.words`); numbers, Latin and mixed words are their own."""
    if not 3 <= len(word) <= _LONGEST or not _ARABIC.fullmatch(word):
        return word
    if word in _GOD:
        return "الله"
    while not _is_whole(word) and (shorter := _without_clitic(word)) is not None:
        word = shorter
    return _base(word)


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in words(text)]


def forget() -> None:
    """Empty the memory of stems: for measurements."""
    stem.cache_clear()
    _base.cache_clear()


def _is_whole(word: str) -> bool:
    """Whether a known word stands here, in some form of its own: no particle is taken off it."""
    if word.startswith("ال"):  # so much begins with the article that a short word is not believed
        return (
            word in _LEXICON or _without_pronoun(word) in _LEXICON or (len(base := _base(word)) >= 5 and base in _KNOWN)
        )
    if word not in _LEXICON and word[0] in "وبل" and word[1:] in _LEXICON:
        return False
    return _base(word) in _KNOWN


def _without_clitic(word: str) -> str | None:
    """The word without the particles or the article before it; None when it seems to have none."""
    for article in _ARTICLES if word.startswith(_ARTICLES) else ():
        if word.startswith(article) and len(word) >= len(article) + 2:
            rest = word[len(article) :]
            # للجنه is for the committee: the article's ل went into the word's own.
            own = "ل" + rest
            return own if article.endswith("لل") and _base(own) in _KNOWN else rest
    if len(word) < 4 or word[0] not in "وبلكف":
        return None
    rest = word[1:]
    # Many words begin with these letters: و is written before anything, ف and ك seldom before a word that is not known.
    # بومدين, بلعيد: the Maghreb's names; بولاية and بلجنة are known by what is left.
    is_particle = (
        word[0] == "و"
        or (word[0] in "بل" and rest in _LEXICON)
        or (word[0] in "بل" and len(rest) >= 4 and word[:2] not in {"بو", "بل"})
        or (len(rest) >= 4 and _base(rest) in _KNOWN)
    )
    return rest if is_particle else None


@lru_cache(maxsize=1 << 15)
def _base(word: str, *, is_singular: bool = False) -> str:
    """The word without endings; unless it is known to be singular, a broken plural as that."""
    if not is_singular and (singular := _singular(word)) is not None:
        return _base(singular, is_singular=True)
    if word in ENDINGS or len(word) < 4:
        return word
    if (rest := _without_pronoun(word)) != word:
        return _before_pronoun(rest, is_singular)
    return _without_ending(word, is_singular)


def _without_pronoun(word: str) -> str:
    if not word.endswith(_PRONOUNS):
        return word
    for pronoun in _PRONOUNS:
        rest = word.removesuffix(pronoun)
        if len(rest) >= 3 and rest != word:
            return rest
    return word


def _singular(word: str) -> str | None:
    """A broken plural's singular."""
    if word in ENDINGS:
        return None
    if word in PLURALS:
        return PLURALS[word]
    if 5 <= len(word) <= 6 and "ا" in word[2:4]:  # as in all of them
        for pattern, singular in _PATTERNS:
            if pattern.fullmatch(word):
                return pattern.sub(singular, word)
    return None


def _before_pronoun(rest: str, is_singular: bool) -> str:
    """What stands before a pronoun: ة is ت there, and the hamza at the end has a carrier."""
    if rest[-2:] in {"اي", "او"} and (len(rest) >= 5 or rest[:-1] + "ء" in PLURALS):
        rest = rest[:-1] + "ء"
    if rest.endswith("ت") and rest not in _LEXICON:
        if len(rest) == 3:
            return rest[:2] + "ه" if rest[:2] + "ه" in SHORT else rest
        if not rest.endswith("ات"):
            return _feminine(rest[:-1], is_singular)
    return _base(rest, is_singular=is_singular)


def _feminine(rest: str, is_singular: bool) -> str:
    """The stem of a feminine without its ending."""
    if rest in FEMININE:
        return rest + "ه"
    # دوله is no form of دول, nor تجاره of تجار.
    return _base(rest, is_singular=is_singular or len(rest) < 4 or rest in SOME_FEMININE)


def _without_ending(word: str, is_singular: bool) -> str:
    """The stem of a word that has no pronoun."""
    if word.endswith("ه"):
        return _before_own_ha(word[:-1], is_singular)
    if word.endswith(_NUMBER) and not (len(word) >= 6 and word.endswith(("تان", "تين"))):
        return _without_number(word)
    if word.endswith("ات") and word[:-2] + "ه" in SHORT:
        return word[:-2] + "ه"
    for ending, least, is_feminine in _ENDINGS:
        if len(word) >= least and word.endswith(ending):
            rest = word.removesuffix(ending)
            return _feminine(rest, is_singular) if is_feminine else _base(rest, is_singular=is_singular)
    # معلمو المدرسة, معلمي المدرسة: the plural's ن goes before another noun.
    if word[-1] in "وي" and len(word) >= 5 and (word[0] == "م" or word[:-1] in AGENTS):
        return _base(word[:-1], is_singular=is_singular)
    return word


def _without_number(word: str) -> str:
    """A word in ون, ين or ان: of short words it is seldom the plural's or the dual's (قانون, سجين, ميدان)."""
    rest = word[:-2]
    if len(rest) >= 4 or word.endswith(("يون", "يين")) or (len(rest) == 3 and rest in _LEXICON):
        return _base(rest, is_singular=True)
    return word


def _before_own_ha(rest: str, is_singular: bool) -> str:
    """What stands before ه, which is the feminine's ending or a pronoun."""
    if len(rest) < 3:
        return rest + "ه"
    if rest.endswith("ت") or rest[-2:] in {"اي", "او"}:
        return _before_pronoun(rest, is_singular)
    return _feminine(rest, is_singular)


_LEXICON = BEGINNINGS | ENDINGS | PLURALS.keys() | {*PLURALS.values()}
"""Words that are known to be whole."""
_KNOWN = frozenset(map(_base, _LEXICON))
"""Their stems: nothing more is taken off the beginning of a word that has one."""
