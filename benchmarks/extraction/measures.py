"""How near a record is to the expected one.

Bodies are compared as the public article-extraction-benchmark does (github.com/scrapinghub/article-extraction-
benchmark): tokens are runs of word characters, a text is the multiset of its shingles of four tokens, and
precision, recall and F1 count the shingles that both have.
"""

import re
import unicodedata
from collections import Counter
from typing import Any

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4
FIELDS = ("title", "day", "authors", "author_initials", "read_count", "section")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The multiset of four-token shingles; of a shorter text, the one shingle that it is."""
    tokens = _TOKEN.findall(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + _SHINGLE]) for i in range(max(1, len(tokens) - _SHINGLE + 1)))


def body_scores(got: str, expected: str) -> tuple[float, float, float]:
    """F1, precision and recall of a body."""
    ours, theirs = shingles(got), shingles(expected)
    if not ours or not theirs:
        return (1.0, 1.0, 1.0) if not ours and not theirs else (0.0, 0.0, 0.0)
    shared = sum((ours & theirs).values())
    precision, recall = shared / sum(ours.values()), shared / sum(theirs.values())
    return (2 * precision * recall / (precision + recall) if shared else 0.0), precision, recall


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split()) or None
    if isinstance(value, list):
        return sorted(filter(None, map(_plain, value))) or None
    return value


def verdict(field: str, got: dict[str, Any], expected: dict[str, Any]) -> str | None:
    """'right', 'wrong', 'invented', 'missed', or None where neither has a value."""
    if field == "day":
        ours, theirs = (str(record.get("published_at") or "")[:10] or None for record in (got, expected))
    else:
        ours, theirs = _plain(got.get(field)), _plain(expected.get(field))
    if theirs is None:
        return None if ours is None else "invented"
    if ours is None:
        return "missed"
    return "right" if ours == theirs else "wrong"
