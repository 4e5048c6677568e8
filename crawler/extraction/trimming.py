"""What is still furniture among the lines of an article's text, taken away: at its head, at its end, and inside."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo

from crawler.arabic.bylines import agency_credit
from crawler.arabic.counters import parse_read_count
from crawler.arabic.dates import dates_in
from crawler.arabic.letters import words
from crawler.extraction.blocks import CELL, Line
from crawler.extraction.phrases import Saying
from crawler.extraction.signoffs import signs_off, without_end_mark

_SHORT = 90
_COUNTER_WORDS = ("مشاهدة", "قراءة", "مشاهدات", "القراءات", "المشاهدات", "زيارة", "عدد", "تعليق", "تعليقات")
_DATE_WORDS = (
    "نشر النشر نشرت تاريخ التاريخ آخر تحديث التحديث تعديل في الساعة بتوقيت غرينتش جرينتش مكة المكرمة القاهرة المحلي "
    "العدد الموافق السنة الطبعة يوم منذ كتب الكاتب بواسطة "
    "published posted on last update updated views comments by"
)
_LONGEST_PROMPT = 260
_LONGEST_NOTICE = 1_200
_LONGEST_LINK = 220
_MOST_AFTER_LABEL = 8
_HEAD_LINES, _TAIL_LINES = 8, 25
_LONGEST_FACT = 60
_LEAST_ARTICLE = 150
_LONGEST_READ_MORE = 25
_LEAST_POINT = 28
_LONGEST_CREDIT = 40
_MOST_SIGN_OFFS = 4
_SHORTEST_ECHO, _LONGEST_ECHO, _MOST_ECHOES, _MOST_SEARCHED = 30, 400, 40, 200_000
_QUOTE_EDGES = " .…\"'«»“”‘’"
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
        self.words = frozenset(
            word for text in (*self.people, *_COUNTER_WORDS, _DATE_WORDS) if text for word in words(text)
        )
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
    if (said := " ".join(spoken)) in known.folded or said in known.own_names:
        return True
    half = len(spoken) // 2  # printed twice on one line, as El Massa's initials are
    return half > 0 and spoken[:half] == spoken[half:] and " ".join(spoken[:half]) in known.folded


def _tells_title(line: Line, known: Known) -> bool:
    """Whether a line that is no heading says the title again, as all the text of breaking news does."""
    return not line.heading and len(line.text) >= _SHORTEST_ECHO and not line.linked and _known(line, known)


def _is_linked_headline(line: Line, known: Known) -> bool:
    """Whether a line is a link to another article with that one's date beside it."""
    return not line.text.endswith(".") and any(True for _ in dates_in(line.text, zone=known.zone, now=known.now))


def _anywhere(line: Line, said: Saying, known: Known) -> bool:
    """Furniture wherever it stands."""
    length = len(line.text)
    if said.empty or line.kind == CELL:
        return said.empty
    if length <= _LONGEST_PROMPT and said.button():
        return True
    return _points_elsewhere(line, said, known)


def _points_elsewhere(line: Line, said: Saying, known: Known) -> bool:
    """Whether a line is a link to another article or an invitation with a link."""
    length = len(line.text)
    if length <= _LONGEST_LINK and (
        (line.link_share > 0.9 and not line.text.rstrip().endswith((".", "،", ":")))
        or (line.link_share > 0.6 and _is_linked_headline(line, known))
    ):
        return True
    if said.pointer() and (line.link_share > 0.3 or length <= _SHORT * 2):
        return True
    return length <= _LONGEST_PROMPT and line.link_share > 0.25 and said.prompt()


def _at_an_end(line: Line, said: Saying, known: Known) -> bool:
    """Furniture where an article begins or ends."""
    length = len(line.text)
    if _known(line, known) or _is_date_line(line.text, known):
        return True
    if length <= _SHORT and parse_read_count(line.text) is not None and not line.text.rstrip().endswith("."):
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
    lines = [_without_read_more(line) for line in lines]
    said = [Saying(line.text) for line in lines]
    lines, said = _before_comments(lines, said)
    for place in range(max(0, len(lines) - _MOST_SIGN_OFFS), len(lines)):
        lines[place] = replace(lines[place], text=without_end_mark(lines[place].text))
    keep = [not _anywhere(line, saying, known) for line, saying in zip(lines, said, strict=True)]
    _drop_after_labels(lines, said, keep)
    _drop_repeats(lines, known, keep)
    _drop_echoes(lines, keep)
    kept = [(line, saying) for line, saying, good in zip(lines, said, keep, strict=True) if good]
    if not keep_ends:
        kept = _without_tail(_without_head(kept, known), known)
    agency, credit = None, None
    if kept:
        kept, agency, credit = _sign_off(kept)
    else:
        kept = [pair for pair in zip(lines, said, strict=True) if _tells_title(pair[0], known)][-1:]
    return Trimmed([line for line, _ in kept], agency, credit)


def _without_read_more(line: Line) -> Line:
    """The line without a link at its end that says no more than "read more"."""
    if not 4 <= line.linked <= _LONGEST_READ_MORE or len(line.text) < 2 * _LONGEST_READ_MORE:
        return line
    for count in (2, 3, 1):
        parts = line.text.rsplit(" ", count)
        label = " ".join(parts[1:])
        if len(label) <= line.linked + count and Saying(label).box_label():
            return replace(line, text=parts[0], linked=0)
    return line


def _before_comments(lines: list[Line], said: list[Saying]) -> tuple[list[Line], list[Saying]]:
    """The lines up to the label of the comments: what follows it was written by readers."""
    read = 0
    for place, line in enumerate(lines):
        if read >= _LEAST_ARTICLE and len(line.text) <= _LONGEST_FACT and said[place].closing_label():
            return lines[:place], said[:place]
        read += len(line.text) - line.linked
    return lines, said


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


def _drop_echoes(lines: list[Line], keep: list[bool]) -> None:
    """Pulled quotations: a line in an element of another kind than the text's that repeats a part of a longer line."""
    kinds: dict[str, int] = {}
    for line in lines:
        kinds[line.kind] = kinds.get(line.kind, 0) + len(line.text)
    usual = max(kinds, key=lambda kind: kinds[kind], default="")
    echoes = [
        place
        for place, line in enumerate(lines)
        if keep[place]
        and _SHORTEST_ECHO <= len(line.text) <= _LONGEST_ECHO
        and not line.heading
        and (line.kind != usual or line.text.endswith(("...", "…")))
    ][:_MOST_ECHOES]
    if not echoes:
        return
    whole = "\n".join(line.text for line, good in zip(lines, keep, strict=True) if good)[:_MOST_SEARCHED]
    for place in echoes:
        said = lines[place].text.strip(_QUOTE_EDGES)
        if len(said) >= _SHORTEST_ECHO - 5 and whole.count(said) > 1:
            keep[place] = False


_Kept = list[tuple[Line, Saying]]


def _without_head(kept: _Kept, known: Known) -> _Kept:
    """Without the furniture before the text: a few lines are looked at, so a short line of text may precede it."""
    last = -1
    headed = 2 * sum(len(line.text) for line, _ in kept if line.heading) > sum(len(line.text) for line, _ in kept)
    for place, (line, saying) in enumerate(kept[:_HEAD_LINES]):
        if _at_an_end(line, saying, known) or (saying.source_line() and len(line.text) < _SHORT):
            last = place
        elif line.heading and last == place - 1 and not headed:
            last = place  # a second headline: a sub-heading has text above it
        elif len(line.text) > _SHORT:
            break
    head = [
        pair
        for pair in kept[: last + 1]
        if not _at_an_end(*pair, known) and not _label_like(pair) and (headed or not pair[0].heading)
    ]
    return _without_facts(head + kept[last + 1 :])


def _without_facts(kept: _Kept) -> _Kept:
    """Without short lines that stand before the first paragraph in another kind of element: name, role, source."""
    first = next((place for place, (line, _) in enumerate(kept[:_HEAD_LINES]) if len(line.text) > _SHORT), None)
    if not first:
        return kept
    kind = kept[first][0].kind
    points = sum(line.kind == "li" and len(line.text) >= _LEAST_POINT for line, _ in kept[:first])
    facts = [
        not line.heading
        and line.kind != kind
        and len(line.text) <= _LONGEST_FACT
        and not line.text.endswith(_SENTENCE_ENDS)
        and not (line.kind == "li" and points > 1)
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
        credit = len(line.text) <= _SHORT and not line.heading and (saying.source_line() or saying.credit_line())
        if not (_at_an_end(line, saying, known) or short_link or credit or signs_off(line.text)):
            break
        end -= 1
    if end == least and end == 1 and kept and _at_an_end(*kept[0], known):
        return []
    return kept[:end]


def _sign_off(kept: _Kept) -> tuple[_Kept, str | None, str | None]:
    """The lines without those that sign them off, and the agency that one of these credits ("--(بترا)")."""
    agency, credit = None, None
    for _ in range(_MOST_SIGN_OFFS):
        if len(kept) < 2:
            break
        text = kept[-1][0].text
        named = agency_credit(text) if len(text) <= _LONGEST_CREDIT else None
        if named:
            agency, credit = named, text
        elif not signs_off(text):
            break
        kept = kept[:-1]
    return kept, agency, credit
