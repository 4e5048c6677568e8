"""Arabic letters: the reader's text without what cannot be seen, and one spelling for comparison and search."""

import re
import unicodedata
from functools import lru_cache

from crawler.arabic.digits import to_western
from crawler.arabic.marks import INVISIBLE, LINE_ENDS, PRINTABLE, SPACES

# Every run but the one that is right already, a lone space: most of a text's runs are.
_SPACING = re.compile(f" [{SPACES}{LINE_ENDS}]+|[{SPACES.replace(' ', '')}{LINE_ENDS}][{SPACES}{LINE_ENDS}]*")
_LINE_END = re.compile(f"\r\n|[{LINE_ENDS}]")


def _one_spacing(run: re.Match[str]) -> str:
    """One space for a run within a line, one line end for one, a blank line for more."""
    ends = len(_LINE_END.findall(run.group()))
    return "\n\n"[:ends] if ends else " "


def clean(text: str) -> str:
    r"""The text as a reader sees it, in Unicode NFC, without what cannot be seen.

    Removed: control characters, bidirectional marks, overrides and isolates, everything of zero width, soft hyphens,
    byte order marks, lone surrogates, the private use area (icon fonts). That takes the zero-width non-joiner (ZWNJ)
    too, also between letters: the orthography of Arabic has no use for it, unlike that of Persian, and here it is left
    behind by keyboards and editors.

    Every kind of space (no-break, thin, ideographic, tab) is a space and runs of them are one. Lines are kept, without
    spaces at their ends; one empty line stands for any number of them. Letters, harakat, tatweel, digits and
    punctuation stay as written.

    Idempotent. At most three times as long as the text, the most that NFC lengthens anything.
    """
    # Most texts have nothing to remove, and no space but the plain one: isprintable is false for all the others.
    if not text.isprintable() or PRINTABLE.search(text) or "  " in text:
        text = _SPACING.sub(_one_spacing, INVISIBLE.sub("", text))
    text = text.strip(" \n")
    return unicodedata.normalize("NFC", text)


# Presentation forms of harakat stand on a space or a tatweel when they are decomposed; in fold they go as harakat do.
_SPACING_HARAKAT = "\ufc5e-\ufc63\ufcf2-\ufcf4\ufe70-\ufe7f"
_MARKS = (
    "\u0300-\u036f\u0483-\u0487"  # Latin, Greek and Cyrillic
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # Arabic
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"  # Arabic, extended
    "\ufe00-\ufe0f\ufe20-\ufe2f"  # variation selectors, half marks
)
_TATWEEL = "\u0640\u0674"
_DROPPED_FIRST = re.compile(f"[{_SPACING_HARAKAT}]+")
_DROPPED = re.compile(f"[{_MARKS}{_TATWEEL}]+")
# Letters with a hamza or a madda are left to their decomposition (NFKD), which parts the sign from its carrier.
_FOLDED = {
    "ا": "ٱ\u0672\u0673\u0675",
    "ب": "پ",
    "ج": "چ",
    "ف": "ڤڥ",
    "ق": "ڨ",
    "ك": "کڪگݣڭ",
    "ه": "ةەہھۃ",
    "و": "ۆۇۈۋۊ",
    "ي": "ىیےېۍ\u0620",
}
_FOLDING = tuple((letter, base) for base, letters in _FOLDED.items() for letter in letters)


def fold(text: str) -> str:
    """One spelling for the many that a word has: for comparing and finding, never for reading.

    - Alef with hamza, madda or wasla is ا; hamza on و and ي leaves its carrier; ء stays (it tells ماء from ما).
    - ى and the Persian ی are ي; ة is ه; the Persian ک is ك.
    - Letters added for foreign sounds are the letter that they were drawn from, which is how most papers write them:
      پ ب, چ ج, ڤ ف, گ ڭ ݣ ك, ڨ ق.
    - Harakat, Quranic signs, the small alef, tatweel and accents on Latin letters are dropped.
    - Presentation forms, ligatures and full-width forms are the letters that they stand for (Unicode NFKD).
    - Digits are 0-9, Latin letters in lower case (Unicode case folding).
    - All white space, line ends too, is one space. Punctuation stays: labels are found by it. `words` drops it.

    Idempotent; fold(clean(text)) == fold(text). At most 18 times as long as the text (U+FDFA), as a rule no longer.
    """
    # Each short text of a page (a heading, a label, a name) is asked about by several parts of the extraction.
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


# Most texts have letters and marks of these alone: nothing to compose or to take apart, no sign to drop.
_PLAIN = re.compile("[\t\n\r -~\u0621-\u063a\u0641-\u064a\u067e\u0686\u06a4\u06a9\u06af\u06cc،؛؟«»“”‘’–—]*")
_PLAIN_FOLDING = (
    *((letter, base) for letter, base in _FOLDING if _PLAIN.fullmatch(letter)),
    *zip("أإآؤئ", "اااوي", strict=True),
)


def _fold(text: str) -> str:
    folding = _PLAIN_FOLDING
    if not _PLAIN.fullmatch(text):
        folding = _FOLDING
        text = _DROPPED_FIRST.sub("", clean(text))
        text = to_western(_DROPPED.sub("", unicodedata.normalize("NFKD", text)))
    text = text.casefold()
    for letter, base in folding:
        text = text.replace(letter, base)
    return " ".join(text.split())


_SHORT = 200
_fold_short = lru_cache(maxsize=256)(_fold)

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words and numbers of a text in order, folded, without punctuation. Takes time linear in the text's length."""
    return _WORD.findall(fold(text))
