"""What makes a paper's edit: another wording, not another typesetting, counter or piece of furniture."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from crawler.arabic.counters import parse_read_count
from crawler.arabic.digits import to_western
from crawler.arabic.letters import clean
from crawler.extraction.phrases import Saying

TEXTS = ("title", "kicker", "summary", "body")
EDITORIAL = (
    *(*TEXTS, "published_at", "modified_at", "authors", "author_initials"),
    *("byline", "agency", "section", "tags", "image_url"),
)
"""Fields that an edit may change. Counters, times of reading and the archive's place are no edit."""

# One sign in the shapes that editors' programs give it; tatweel only stretches a word.
_SIGNS = str.maketrans(dict.fromkeys("“”„«»‹›″", '"') | dict.fromkeys("‘’‚′`´", "'") | dict.fromkeys("‐‑‒–—―", "-"))
_SPACE_OR_TATWEEL = re.compile(r"[\s\u0640]+")
_FIGURES = re.compile(r"[\W\d]*\d[\W\d]*")
_LONGEST_COUNTER = 90
_LONGEST_POINTER = 180
_LONGEST_NOTICE = 1_200
_MOST_AFTER_LABEL = 8
_SENTENCE_ENDS = (".", "؟", "!", "…", ":")


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Names of the fields that a paper changed, in the record's order; nothing and an empty list are the same."""
    return [name for name in EDITORIAL if _is_changed(name, before.get(name) or None, after.get(name) or None)]


def _is_changed(name: str, before: Any, after: Any) -> bool:
    if name in TEXTS and before is not None and after is not None:
        return is_edit(before, after)
    return bool(before != after)


def is_new_version(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether two readings of an article are two versions of it: its headline or its body was edited."""
    return is_edit(before["title"], after["title"]) or is_edit(before["body"], after["body"])


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


def without_furniture(body: str) -> str:
    """A body's paragraphs without those that make no edit; the whole body when nothing else is left."""
    return "\n\n".join(_without_furniture(body.split("\n\n"))) or body


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
