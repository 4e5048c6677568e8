"""How Arabic a text is: its script, and whether another language is written in it."""

import re

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
# Letters that text in Arabic has in every line, and those that stand for them, or beside them, in Persian, Urdu,
# Kurdish and others. Egyptian printing has ی for a final ي, so what counts is which of the two prevail.
_OF_ARABIC = re.compile("[يكةىأإؤئ]")
_OF_OTHERS = re.compile("[یکپچژگڵۆێەڕڤٹڈڑںےہھټډړښګۍېۇۈۋڭ]")
_SAMPLE = 20_000
"""Characters that are looked at."""


def arabic_share(text: str) -> float:
    """Share of letters of the Arabic script among a text's letters; 0 for a text without letters."""
    letters = [char for char in text[:_SAMPLE] if char.isalpha()]
    arabic = sum("\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufefc" for char in letters)
    return arabic / len(letters) if letters else 0.0


def arabic_letters(text: str) -> int:
    """How many letters of the Arabic script."""
    return len(_ARABIC.findall(text))


def is_other_language(text: str) -> bool:
    """Whether a text of the Arabic script is in another language: Persian, Urdu, Kurdish, Pashto, Uyghur."""
    sample = text[:_SAMPLE]
    return len(_OF_OTHERS.findall(sample)) > len(_OF_ARABIC.findall(sample))
