"""What is still furniture among the lines of an article's text, taken away: at its head, at its end, and inside."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from crawler.arabic.bylines import agency_credit
from crawler.arabic.counters import parse_read_count
from crawler.arabic.dates import dates_in
from crawler.arabic.letters import words
from crawler.extraction.blocks import Line
from crawler.extraction.phrases import Saying

_SHORT = 90
_COUNTER_WORDS = ("مشاهدة", "قراءة", "مشاهدات", "القراءات", "المشاهدات", "زيارة", "عدد", "تعليق", "تعليقات")
_LONGEST_PROMPT = 260
_LONGEST_NOTICE = 1_200
_LONGEST_LINK = 220
_MOST_AFTER_LABEL = 8
_HEAD_LINES, _TAIL_LINES = 8, 25
_LONGEST_FACT = 60
_SENTENCE_ENDS = (".", "،", "؟", "!", ":", "..", "…")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Known:
    """What is known of the article already, and so is no part of its text."""

    titles: tuple[str, ...] = ()
    """Title, kicker, summary."""
    people: tuple[str, ...] = ()
    """Authors, raw byline, initials."""
    own_names: frozenset[str] = frozenset()
    """Folded names of the paper."""
    zone: tzinfo = UTC
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    folded: frozenset[str] = field(init=False, default=frozenset())

    words: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        """Fold once."""
        self.words = frozenset(word for text in (*self.people, *_COUNTER_WORDS) if text for word in words(text))
        self.folded = frozenset(" ".join(words(text)) for text in (*self.titles, *self.people) if text)


@dataclass(slots=True)
class Trimmed:
    """The lines of the article's text, and the agency that its end credits."""

    lines: list[Line]
    agency: str | None = None
    credit: str | None = None


def _is_date_line(text: str, known: Known) -> bool:
    """Whether a short line is a date with hardly a word beside it."""
    if len(text) > _SHORT or not any(c.isdigit() for c in text):
        return False
    rest = text
    for reading in dates_in(text, zone=known.zone, now=known.now):
        rest = rest.replace(reading.raw, " ")
    said = known.words
    return rest != text and sum(1 for word in words(rest) if word not in said and _LETTERS.fullmatch(word)) <= 3


def _known(line: Line, known: Known) -> bool:
    """Whether a line repeats the title, the kicker, a byline."""
    if len(line.text) > 400:
        return False
    spoken = words(line.text)
    if " ".join(spoken) in known.folded:
        return True
    half = len(spoken) // 2  # printed twice on one line, as El Massa's initials are
    return half > 0 and spoken[:half] == spoken[half:] and " ".join(spoken[:half]) in known.folded


def _is_linked_headline(line: Line, known: Known) -> bool:
    """Whether a line is a link to another article with that one's date beside it."""
    return not line.text.endswith(".") and any(True for _ in dates_in(line.text, zone=known.zone, now=known.now))


def _anywhere(line: Line, said: Saying, known: Known) -> bool:
    """Furniture wherever it stands."""
    length = len(line.text)
    if said.empty or (length <= _LONGEST_PROMPT and said.button()):
        return True
    if length <= _SHORT and parse_read_count(line.text) is not None and not line.text.rstrip().endswith("."):
        return True
    if line.link_share > 0.9 and length <= _LONGEST_LINK and not line.text.rstrip().endswith((".", "،", ":")):
        return True
    if line.link_share > 0.6 and length <= _LONGEST_LINK and _is_linked_headline(line, known):
        return True
    if said.pointer() and (line.link_share > 0.3 or length <= _SHORT * 2):
        return True
    return length <= _LONGEST_PROMPT and line.link_share > 0.25 and said.prompt()


def _at_an_end(line: Line, said: Saying, known: Known) -> bool:
    """Furniture where an article begins or ends."""
    length = len(line.text)
    if _known(line, known) or _is_date_line(line.text, known):
        return True
    if length <= _LONGEST_PROMPT and (said.prompt() or said.tag_line() or said.contact() or said.box_label()):
        return True
    return length <= _LONGEST_NOTICE and said.notice()


def trim(lines: list[Line], known: Known, *, keep_ends: bool = False) -> Trimmed:
    """The lines without furniture.

    Args:
        lines: as the container gave them.
        known: what is told elsewhere in the record.
        keep_ends: leave head and end as they are (a site's rules say that all of it is text).
    """
    said = [Saying(line.text) for line in lines]
    keep = [not _anywhere(line, saying, known) for line, saying in zip(lines, said, strict=True)]
    _drop_after_labels(lines, said, keep)
    _drop_repeats(lines, known, keep)
    kept = [(line, saying) for line, saying, good in zip(lines, said, keep, strict=True) if good]
    if not keep_ends:
        kept = _without_tail(_without_head(kept, known), known)
    agency, credit = None, None
    if kept:
        kept, agency, credit = _sign_off(kept)
    return Trimmed([line for line, _ in kept], agency, credit)


def _drop_after_labels(lines: list[Line], said: list[Saying], keep: list[bool]) -> None:
    """The links after a label ("اقرأ أيضا"), and the label."""
    for place, (line, saying) in enumerate(zip(lines, said, strict=True)):
        if len(line.text) > _SHORT or not saying.box_label():
            continue
        after = place + 1
        while after < len(lines) and after - place <= _MOST_AFTER_LABEL and lines[after].link_share > 0.6:
            keep[after] = False
            after += 1
        if after > place + 1 or not _LETTERS.search(line.text) or line.linked or place == 0:
            keep[place] = False


def _drop_repeats(lines: list[Line], known: Known, keep: list[bool]) -> None:
    """A line that says again what the line before said, and the title wherever it stands as a heading."""
    before: str | None = None
    for place, line in enumerate(lines):
        if not keep[place]:
            continue
        if (line.text == before and len(line.text) > 30) or (line.heading and _known(line, known)):
            keep[place] = False
        before = line.text


_Kept = list[tuple[Line, Saying]]


def _without_head(kept: _Kept, known: Known) -> _Kept:
    """Without the furniture before the text: a few lines are looked at, so a short line of text may precede it."""
    last = -1
    for place, (line, saying) in enumerate(kept[:_HEAD_LINES]):
        if _at_an_end(line, saying, known) or (saying.source_line() and len(line.text) < _SHORT):
            last = place
        elif len(line.text) > _SHORT:
            break
    head = [pair for pair in kept[: last + 1] if not _at_an_end(*pair, known) and not _label_like(pair)]
    return _without_facts(head + kept[last + 1 :])


def _without_facts(kept: _Kept) -> _Kept:
    """Without short lines that stand before the first paragraph in another kind of element: name, role, source."""
    first = next((place for place, (line, _) in enumerate(kept[:_HEAD_LINES]) if len(line.text) > _SHORT), None)
    if not first:
        return kept
    kind = kept[first][0].kind
    facts = [
        not line.heading
        and line.kind != kind
        and len(line.text) <= _LONGEST_FACT
        and not line.text.endswith(_SENTENCE_ENDS)
        for line, _ in kept[:first]
    ]
    return [pair for pair, fact in zip(kept, facts, strict=False) if not fact] + kept[first:] if any(facts) else kept


def _label_like(pair: tuple[Line, Saying]) -> bool:
    line, saying = pair
    return saying.source_line() or len(_LETTERS.findall(line.text)) <= 3


def _without_tail(kept: _Kept, known: Known) -> _Kept:
    """Without the furniture after the text."""
    end = len(kept)
    least = max(1, end - _TAIL_LINES)
    while end > least:
        line, saying = kept[end - 1]
        short_link = line.link_share > 0.6 and len(line.text) <= _LONGEST_LINK
        if not (_at_an_end(line, saying, known) or short_link or (saying.source_line() and len(line.text) <= _SHORT)):
            break
        end -= 1
    if end == least and end == 1 and kept and _at_an_end(*kept[0], known):
        return []
    return kept[:end]


def _sign_off(kept: _Kept) -> tuple[_Kept, str | None, str | None]:
    """The agency whose credit is the last line ("--(بترا)"), and the lines without it."""
    line = kept[-1][0]
    if len(kept) > 1 and len(line.text) <= 40:
        agency = agency_credit(line.text)
        if agency:
            return kept[:-1], agency, line.text
    return kept, None, None
