"""What makes a paper's edit: another wording, not another typesetting, counter or piece of furniture."""

import re
import unicodedata
from collections.abc import Iterable

from crawler.arabic.counters import parse_read_count
from crawler.arabic.digits import to_western
from crawler.arabic.letters import clean
from crawler.extraction.phrases import Saying

# One sign in the shapes that editors' programs give it; tatweel only stretches a word.
_SIGNS = str.maketrans(dict.fromkeys("“”„«»‹›″", '"') | dict.fromkeys("‘’‚′`´", "'") | dict.fromkeys("‐‑‒–—―", "-"))
_SPACE_OR_TATWEEL = re.compile(r"[\s\u0640]+")
_FIGURES = re.compile(r"[\W\d]*\d[\W\d]*")
_LONGEST_COUNTER = 90
_LONGEST_POINTER = 180
_LONGEST_NOTICE = 1_200
_MOST_AFTER_LABEL = 8
_SENTENCE_ENDS = (".", "؟", "!", "…", ":")


def is_edit(before: str, after: str) -> bool:
    """Whether a paper changed what a headline or a body says.

    No edit are: white space and where paragraphs part, what cannot be seen, the shape of digits, quotation marks and
    dashes, tatweel; in a text of several lines also lines that are a counter (القراءات: 458), a pointer to another
    article (اقرأ أيضا) with the headlines after it, a button, a prompt or a notice. Harakat, letters and all other
    signs are.

    Args:
        before: the earlier headline or body.
        after: the later one.
    """
    if before == after:
        return False
    if _wording(before) == _wording(after):
        return False
    old, new = _text_lines(before), _text_lines(after)
    return not (old and new) or _wording("".join(old)) != _wording("".join(new))


def _wording(text: str) -> str:
    """What of a text is compared."""
    return _SPACE_OR_TATWEEL.sub("", to_western(unicodedata.normalize("NFKC", clean(text))).translate(_SIGNS))


def _text_lines(text: str) -> list[str]:
    """The lines that are no furniture; all of a single line, which a headline is."""
    lines = [line for line in text.split("\n") if line.strip()]
    return list(_without_furniture(lines)) if len(lines) > 1 else lines


def _without_furniture(lines: Iterable[str]) -> Iterable[str]:
    after_label = 0  # lines that may still be headlines under a label such as "اقرأ أيضا"
    for line in lines:
        said = Saying(line)
        if said.box_label() or said.closing_label():
            after_label = _MOST_AFTER_LABEL
        elif after_label and len(line) <= _LONGEST_POINTER and not line.rstrip().endswith(_SENTENCE_ENDS):
            after_label -= 1
        else:
            after_label = 0
            if not _is_furniture(line, said):
                yield line


def _is_furniture(line: str, said: Saying) -> bool:
    length = len(line)
    if length <= _LONGEST_COUNTER and parse_read_count(line) is not None and not line.rstrip().endswith("."):
        return True
    if _FIGURES.fullmatch(line):
        return False  # a row of a table
    if length <= _LONGEST_POINTER and (said.button() or said.pointer() or said.prompt()):
        return True
    return length <= _LONGEST_NOTICE and said.notice()
