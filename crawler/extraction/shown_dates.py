"""Dates that a page shows: where they stand, and what the names and words beside them say of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from crawler.arabic.date_grammar import WORDS
from crawler.arabic.dates import DateReading, Role
from crawler.arabic.letters import clean, words
from crawler.extraction.nearness import is_elsewhere, is_of_another
from crawler.extraction.outline import Outline, squeeze, visible_text
from crawler.extraction.vocabulary import Means, meaning

Read = Callable[[str], list[DateReading]]
"""All dates that a line states."""

LONGEST_LINE = 160
"""Characters of the longest line that is read for a date."""
_SHORTEST_DATE = 6
_MOST_PLACES = 300
_AROUND = 30
"""Elements before the headline, and twice as many after it, in which a date may stand unannounced."""
_FAR_BEYOND = 160
"""Elements after the text in which a date may stand."""
_SMALL_HEAD = 400
"""Characters of the largest box around a headline that is the article's head and not the page."""
_MOST_LEVELS = 4
_FARTHEST = 1_000.0
_MOST_BESIDE = 3
"""Words beside a date, up to the next mark, that nothing announces: more of them are a sentence."""
_MARK = re.compile(r"[|:;،,.()\[\]«»\"•·/\\–—-]|\s{2,}")
_CLOSE = 15
"""Elements between a date and the headline after it, where their common box is the whole article's or the page's."""
_VERY_CLOSE = 6
_AFTER = 15
"""Elements after the text in which a line with the date may end the article."""
_MOST_LINKS = 3
"""Links there: the section, the author; more are a menu."""
_LABELLED_ONLY = 500.0
_FAR = timedelta(days=2)
_ATTRIBUTES = (
    "datetime", "content", "data-datetime", "data-time", "data-date", "data-timestamp", "data-utime", "data-unix",
    "data-published", "data-publish-date", "data-pubdate", "title",
)  # fmt: skip
_TELLING = re.compile(r"\d|منذ|قبل|مضت|أمس|امس|اليوم|البارحة")
"""What every date line has one of."""
_OF_SITE = re.compile(r"(?i)حقوق|الموقع|للموقع|copyright|©|all rights")
_LABEL = re.compile(r"[^\d|]{1,40}\Z")
_YEAR = re.compile(r"[0-9٠-٩۰-۹]{4}|[/.-][0-9٠-٩۰-۹]{2}\b")
_UNIX = re.compile(r"[0-9]{10}(?:[0-9]{3})?")
_PLAIN_DAY = re.compile(r"(?:19|20)[0-9]{6}")
# Days that an article speaks of and that its template shows apart, and the day on which the page is looked at.
_OTHER_DAYS = re.compile(
    r"(?i)event|expir|deadline|birth|start|end-?date|countdown|today|current|prayer|weather|top-?date|date-?top"
    r"|header-?(?:date|time)"
)
_CHANGED = re.compile(r"(?i)modif|last-?updat|updated?-?(?:date|time|on)|edited")


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date that the page shows."""

    reading: DateReading
    where: str
    distance: float
    """How far from the headline, in elements."""
    announced: bool
    """Whether a name, a tag or a label says that it is a date, or it has a line to itself."""
    after_text: bool
    index: int
    """Its element."""


def machine_dates(text: str, read: Read) -> list[DateReading]:
    """What an attribute or a meta element states: what `read` reads, 20200312, or (milli)seconds since 1970."""
    text = text.strip()
    if len(text) > 2 * LONGEST_LINE:
        return []
    if _UNIX.fullmatch(text):
        # Written out, it is judged as any date is.
        text = f"{datetime.fromtimestamp(int(text[:10]), tz=UTC):%Y-%m-%dT%H:%M:%SZ}"
    elif _PLAIN_DAY.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return read(text)


def is_date_line(text: str, reading: DateReading, *, most_beside: int = _MOST_BESIDE) -> bool:
    """Whether a line states its date, and is no sentence that speaks of a day.

    A date is stated by a label, or stands by itself between marks: كتب: أحمد سالم - 12 مارس 2020 | رياضة. Without a
    year it stands alone.
    """
    if reading.role is not None:
        return True
    text = clean(text)
    before, _, after = text.partition(reading.raw)
    if before.rstrip().endswith("(") and words(before):
        return False  # what a picture shows, or when something was
    beside = words(_MARK.split(before)[-1]) + words(_MARK.split(after)[0])
    strange = sum(1 for word in beside if not word.isdigit() and word not in WORDS)
    return strange <= (most_beside if _YEAR.search(reading.raw) or reading.relative else 0)


def line_dates(
    page: Outline, lines: list[tuple[str, int]], headline: int | None, body: tuple[int, int] | None, read: Read
) -> list[ShownDate]:
    """The dates of lines at the ends of the text and beside it, each with the index of its element."""
    finder = _Finder(page, headline, body, read)
    found = []
    for text, owner in lines:
        if len(text) > LONGEST_LINE or text.endswith(".") or finder.is_foreign(owner):
            continue
        found += [
            ShownDate(reading, "line beside the headline", 0, announced=True, after_text=False, index=owner)
            for reading in _one_event(finder.read_line(text))
            if is_date_line(text, reading, most_beside=1)
        ]
    return found


def shown_dates(page: Outline, headline: int | None, body: tuple[int, int] | None, read: Read) -> list[ShownDate]:
    """The dates that the page shows of its article, the nearest to the headline first.

    Named ones (class, id, itemprop, <time>) count wherever they stand near the article; short lines that nothing
    announces only around the headline, and only when no named one tells the publication. Not read are dates of other
    articles, of comments, of events, and the masthead's today.
    """
    finder = _Finder(page, headline, body, read)
    finder.look_at_named()
    if not any(shown.reading.role != "modified" for shown in finder.found):
        finder.look_at_unnamed()
    found = sorted(finder.found, key=lambda shown: (shown.distance, shown.index))
    # What stands after the text without a label is the article's only where it is alone: several are of its comments.
    late = {shown.reading.instant.date() for shown in found if shown.after_text and shown.reading.role is None}
    return [shown for shown in found if len(late) < 2 or not shown.after_text or shown.reading.role is not None]


@dataclass(slots=True)
class _Finder:
    """A search for dates on one page."""

    page: Outline
    headline: int | None
    body: tuple[int, int] | None
    read: Read

    found: list[ShownDate] = field(default_factory=list)

    def look_at_named(self) -> None:
        """Find dates in elements whose names or tag announce one."""
        page, places = self.page, []
        wanted = Means.DATE | Means.MODIFIED | Means.FACTS
        for index, tag in enumerate(page.tags):
            if not (tag == "time" or page.means[index] & wanted) or page.text[index] > LONGEST_LINE:
                continue
            if self._distance(index) < _FARTHEST:
                places.append(index)
            if len(places) >= _MOST_PLACES:
                break
        # What is inside comes first: of a line with two dates, one of which is named, the other is then known.
        for index in reversed(places):
            if not self.is_foreign(index):
                self.found += self._named(index)

    def _named(self, index: int) -> list[ShownDate]:
        page, distance = self.page, self._distance(index)
        named = page.tags[index] == "time" or bool(page.means[index] & (Means.DATE | Means.MODIFIED))
        # A change that is told before the headline is the site's, as is a date before a menu.
        before = self.headline is not None and index < self.headline and not self._has_small_head(index)
        return [
            ShownDate(reading, where, distance, announced=True, after_text=self._is_after_text(index), index=index)
            for reading, where in self._readings(index)
            if (named or self._is_date_line(index, self._line(index), reading))
            and not (before and reading.role == "modified")
            and (distance < _LABELLED_ONLY or reading.role == "published")
        ]

    def look_at_unnamed(self) -> None:
        """Find dates in short lines around the headline that no name announces."""
        page, headline = self.page, self.headline
        if headline is None:
            return
        last = len(page.tags)
        around = range(max(1, headline - _AROUND), min(last, headline + 2 * _AROUND))
        after = range(max(around.stop, self.body[1]), min(last, self.body[1] + _AFTER)) if self.body else range(0)
        for index in (*reversed(after), *reversed(around)):
            if not _SHORTEST_DATE <= page.text[index] <= LONGEST_LINE or page.inside(index, headline):
                continue
            if _TELLING.search(page.words_of(index)) and self._distance(index) < _FARTHEST:
                self.found += () if self.is_foreign(index) else self._unnamed(index, headline)

    def _unnamed(self, index: int, headline: int) -> list[ShownDate]:
        page, body, text = self.page, self.body, self._line(index)
        if page.inside(headline, index):
            text = text.replace(self._line(headline), "|")
        within = body is not None and body[0] < index
        return [
            ShownDate(
                self._in_context(index, reading),
                f"<{page.tags[index]}> beside the headline",
                self._distance(index),
                announced=True,
                after_text=self._is_after_text(index),
                index=index,
            )
            for reading in self._of_line(index, text)
            if self._is_date_line(index, text, reading)
            and (not within or self._heads_text(index, text, reading))
            and (index >= headline or self._is_in_head(index, reading))
        ]

    def _of_line(self, index: int, line: str) -> list[DateReading]:
        """The dates of an element's line, without those of the elements inside that were found already."""
        inside = {
            (shown.reading.instant.date(), changed)
            for shown in self.found
            if self.page.inside(shown.index, index)
            for changed in {False, shown.reading.role == "modified"}
        }
        readings = self.read_line(line)
        return _one_event([r for r in readings if (r.instant.date(), r.role == "modified") not in inside])

    def _is_after_text(self, index: int) -> bool:
        return self.body is not None and index >= self.body[1]

    def _is_in_head(self, index: int, reading: DateReading) -> bool:
        """Whether a date before the headline, which nothing names, is the article's: by its label, or in its head."""
        assert self.headline is not None
        close = self.headline - index <= _VERY_CLOSE and not self._is_masthead(index)
        return reading.role == "published" or self._has_small_head(index) or (close and self._shares_box(index))

    def _shares_box(self, index: int) -> bool:
        """Whether the article's box holds the element: the first that holds more than the headline, or an <article>.

        A box around that one is as a rule the page's, and a date in it the masthead's.
        """
        page, headline = self.page, self.headline
        assert headline is not None
        boxes = [place for place in page.ancestors(headline, _MOST_LEVELS) if page.text[place] > page.text[headline]]
        articles = [place for place in boxes if page.tags[place] == "article"]
        return any(
            page.inside(index, place) and page.tags[place] not in {"body", "html"} for place in (*boxes[:1], *articles)
        )

    def _heads_text(self, index: int, text: str, reading: DateReading) -> bool:
        """Whether a date in or after the text has a label, stands alone below the headline, or ends the article."""
        assert self.headline is not None
        assert self.body is not None
        if reading.role is not None:
            return True
        if index >= self.body[1]:
            return index < self.body[1] + _AFTER and self._shares_box(index)
        return 0 < index - self.headline <= _VERY_CLOSE and text == reading.raw

    def _has_small_head(self, index: int) -> bool:
        """Whether a box with a little text holds both the element and the headline after it."""
        assert self.headline is not None
        page, body = self.page, self.body
        common = next((place for place in page.ancestors(self.headline, _MOST_LEVELS) if place <= index), None)
        if common is None or not page.inside(index, common) or (body is not None and page.inside(body[0], common)):
            return False
        return page.text[common] <= _SMALL_HEAD

    def is_foreign(self, index: int) -> bool:
        """Whether a date in an element is of another thing than the article."""
        element = self.page.elements[index]
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        return (
            bool(_OTHER_DAYS.search(names))
            or is_elsewhere(self.page, index, Means.DATE | Means.MODIFIED)
            or is_of_another(self.page, index, self.headline, self.body, Means.DATE | Means.MODIFIED)
        )

    def _distance(self, index: int) -> float:
        """How far a date stands from the headline, in elements. What stands far before it is the masthead's today."""
        headline, body = self.headline, self.body
        if body is not None and index >= body[1] + _FAR_BEYOND:
            return _FARTHEST
        late = body is not None and index >= body[1]
        if headline is None:
            return abs(index - (body[0] if body else 0)) * (2 if late else 1)
        if index >= headline:
            return min((index - headline) * (1.5 if late else 1), _FARTHEST - 1)
        return self._distance_before(index, headline)

    def _distance_before(self, index: int, headline: int) -> float:
        """How far before the headline a date stands; beyond _LABELLED_ONLY where it may be the masthead's."""
        if headline - index > 2 * _AROUND:
            return _FARTHEST
        if not self._is_masthead(index) and (self._has_small_head(index) or self._shares_box(index)):
            return headline - index
        return _LABELLED_ONLY + headline - index

    def _is_masthead(self, index: int) -> bool:
        """Whether a menu, or too much else, stands between an element and the headline after it."""
        assert self.headline is not None
        between = self.page.tags[index : self.headline]
        return between.count("a") > _MOST_LINKS or (len(between) > _CLOSE and not self._has_small_head(index))

    def _readings(self, index: int) -> Iterator[tuple[DateReading, str]]:
        """What a named element states: its machine-readable attributes, unless its text shows another day."""
        page, element = self.page, self.page.elements[index]
        name = element.get("class") or element.get("itemprop") or ""
        where = f"<{page.tags[index]}> {name}".strip()
        stated = self._attributes(index)
        written = self._of_line(index, self._line(index))
        if stated is not None and (not written or written[0].relative or _near(stated, written[0])):
            role = next((reading.role for reading in written if reading.role), None)
            yield self._in_context(index, _as(stated, role or self._role_by_name(index))), where
            written = [reading for reading in written if not reading.relative and not _near(stated, reading)]
        by_name = self._role_by_name(index) if len(written) == 1 else None
        for reading in written:
            yield self._in_context(index, reading if reading.role else _as(reading, by_name)), where

    def _attributes(self, index: int) -> DateReading | None:
        """What the attributes of the element state, or of one of the few inside it that no name announces."""
        page = self.page
        for place in range(index, min(page.end[index], index + 4)):
            if place > index and (page.tags[place] == "time" or page.means[place] & (Means.DATE | Means.MODIFIED)):
                continue
            element = page.elements[place]
            for name in _ATTRIBUTES:
                value = element.get(name)
                if value and any(map(str.isdigit, value)) and (readings := machine_dates(value, self.read)):
                    return readings[0]
        return None

    def _role_by_name(self, index: int) -> Role | None:
        """What the element's names say of its date.

        hAtom wants a class "updated" and themes put it on the only date they show, so beside a class that means a date
        it says nothing.
        """
        if not self.page.means[index] & Means.MODIFIED:
            return None
        element = self.page.elements[index]
        named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".split()
        if any(_CHANGED.search(name) for name in named):
            return "modified"
        dated = any(meaning(name, "") & Means.DATE for name in named if name.lower() not in {"updated", "update"})
        return None if dated else "modified"

    def _in_context(self, index: int, reading: DateReading) -> DateReading:
        """The reading with what the line around its element adds: a label before it, a time of day beside it."""
        page, text = self.page, self._line(index)
        for place in page.ancestors(index, 2):
            if page.text[place] > LONGEST_LINE or (self.headline is not None and page.inside(self.headline, place)):
                break
            if reading.role is not None and reading.has_time:
                break
            line = self._line(place)
            if reading.role is None:
                reading = _as(reading, self._label_before(line, text))
            same_day = [other for other in self.read(line) if other.instant.date() == reading.instant.date()]
            if not reading.has_time and len(same_day) == 1 and same_day[0].has_time:
                (other,) = same_day
                if other.role in {None, reading.role} and not other.relative:
                    reading = replace(other, role=reading.role)
        return reading

    def _label_before(self, line: str, text: str) -> Role | None:
        """What the words right before a text in a line say of its date."""
        before, found, _ = line.partition(text)
        if not text or not found or not (label := _LABEL.search(before)):
            return None
        return next((reading.role for reading in self.read(f"{label.group()} {text}")), None)

    def _line(self, index: int) -> str:
        """The text of a small element with a space wherever an element begins or ends: 12</b><b>مارس."""
        page = self.page
        if page.end[index] - index == 1:
            return page.words_of(index)
        if not page.words_of(index):
            return ""  # too many elements
        return squeeze(visible_text(page.elements[index], apart=" "))

    def _is_date_line(self, index: int, text: str, reading: DateReading) -> bool:
        """Whether an element's line states its date; where an element begins or ends, a fact may."""
        if is_date_line(text, reading):
            return True
        barred = squeeze(visible_text(self.page.elements[index], apart=" | "))
        return reading.raw in clean(barred) and is_date_line(barred, reading)

    def read_line(self, line: str) -> list[DateReading]:
        """The dates of a line that may be the article's."""
        if not _TELLING.search(line) or _OF_SITE.search(line):
            return []
        return self.read(line)


def _one_event(readings: list[DateReading]) -> list[DateReading]:
    """The readings, but of several days that no label tells apart none: they are an event's."""
    days = {reading.instant.date() for reading in readings if reading.role is None and not reading.relative}
    return readings if len(days) < 2 else [reading for reading in readings if reading.role is not None]


def _as(reading: DateReading, role: Role | None) -> DateReading:
    return replace(reading, role=role) if role != reading.role else reading


def _near(one: DateReading, other: DateReading) -> bool:
    return abs(one.instant - other.instant) <= _FAR
