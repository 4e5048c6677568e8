"""The grammar of date lines: which words, numbers and marks of a line are a day, a time, an age, a label.

Nothing here decides which of several dates is meant; `crawler.arabic.dates` does.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from crawler.arabic import calendars
from crawler.arabic.digits import DIGITS, to_western
from crawler.arabic.letters import clean

# One letter for one letter, so that a place in the spelling is a place in the text.
_SPELLING = tuple(zip("أإآٱىیئؤةک", "اااايييوهك", strict=True))
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdff\ufe70-\ufeff]")
_UNWRITTEN = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_TATWEEL_DASH = re.compile(r"(?<![\u0621-\u064a])\u0640(?![\u0621-\u064a])")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s]|_")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FILLING = _set(
    "في من يوم بتاريخ تاريخ الساعه ساعه س علي الموافق لموافق موافق الموافقل ل لل شهر سنه عام لعام لسنه م ه ميلادي"
    " ميلاديه هجري هجريه اخر تم بتوقيت توقيت التوقيت حسب بالتوقيت محلي المحلي الحرام المبارك المكرم المظفر الخير و"
    " او at on the of t th st nd rd le la de du a date last تمام"
)
"""Words that say nothing beside a date."""

WORDS = frozenset().union(
    FILLING,
    calendars.WEEKDAYS,
    calendars.MONTHS,
    calendars.HIJRI_MONTHS,
    calendars.TWO_WORD_MONTHS,
    calendars.TWO_WORD_HIJRI_MONTHS,
    calendars.HIJRI_POSSESSIVES,
    calendars.HIJRI_POSSESSED,
    calendars.FIRST,
    calendars.SECOND,
)
"""Words that a date is made of, or that say nothing beside one."""

_BEFORE_MONTH = _set(", ، - – — / . ( | من شهر لشهر ل of th st nd rd de")
"""What may stand between a day and its month."""
_AFTER_MONTH = _set(", ، - – — / . ) من سنه عام لعام لسنه th st nd rd er of de")
"""What may stand between a month and its year, or its day and year."""
_MONTH_PAIRS = frozenset({"/", "-", "–", "—", "(", "|", "\\", "او", "،", ","})
_DAY_SEPARATORS = frozenset({"/", "-", "–", ".", "\\", "_"})
_RANGE_MARKS = frozenset({"-", "–", "—", "/", "الي", "حتي", "و", "to", "au"})

_PUBLISHED = _set(
    "نشر نشرت النشر نشره نشرها منشور الاضافه اضافه اضيف اضيفت الادراج ادرج ادرجت published posted publie publié"
)
_MODIFIED = _set(
    "تحديث التحديث تحديثه تحديثها محدث محدثه تعديل التعديل تعديله عدل معدل updated update modified modifie modifié"
    " actualisé"
)

_MORNING = frozenset({"ص", "صباحا", "صباح", "الصباح", "صباحآ", "فجرا", "فجر", "الفجر", "am", "ضحي"})
_EVENING = frozenset({"م", "مساء", "مساءا", "المساء", "مسا", "عصرا", "عصر", "العصر", "pm"})
_NOON = frozenset({"ظهرا", "ظهر", "الظهر"})
_NIGHT = frozenset({"ليلا", "ليل", "الليل"})
_PARTS_OF_DAY = _MORNING | _EVENING | _NOON | _NIGHT

_GREENWICH = _set("gmt utc غرينتش جرينتش غرينيتش جرينيتش غرنتش جرنتش كرينتش قرينتش")
_SHORT_ZONES = {"gst": timezone(timedelta(hours=4)), "ksa": timezone(timedelta(hours=3))}
"""Gulf and Saudi time, as Al Arabiya prints them. Other short names have several meanings."""
_CITY_ZONES = {
    name: zone
    for zone, names in {
        "Asia/Riyadh": "مكه الرياض السعوديه",
        "Africa/Cairo": "القاهره مصر",
        "Asia/Dubai": "ابوظبي ابو دبي الامارات",
        "Asia/Baghdad": "بغداد العراق",
        "Asia/Beirut": "بيروت لبنان",
        "Asia/Damascus": "دمشق سوريا سوريه",
        "Asia/Amman": "عمان الاردن",
        "Asia/Muscat": "مسقط",
        "Asia/Qatar": "الدوحه قطر",
        "Asia/Kuwait": "الكويت",
        "Asia/Bahrain": "المنامه البحرين",
        "Asia/Aden": "صنعاء عدن اليمن",
        "Asia/Jerusalem": "القدس فلسطين",
        "Africa/Khartoum": "الخرطوم السودان",
        "Africa/Tripoli": "طرابلس ليبيا",
        "Africa/Tunis": "تونس",
        "Africa/Algiers": "الجزاير",
        "Africa/Casablanca": "الرباط المغرب",
        "Africa/Nouakchott": "نواكشوط موريتانيا",
        "Europe/London": "لندن",
        "Europe/Paris": "باريس",
        "Europe/Istanbul": "اسطنبول انقره تركيا",
        "Europe/Moscow": "موسكو",
        "America/New_York": "نيويورك واشنطن",
    }.items()
    for name in names.split()
}
_EARLIEST_YEAR = 1343
"""Of the Hijri calendar; a lesser number of four digits before a month counts something."""
_FARTHEST_OFFSET = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that the tokens `first` to `last` state."""

    first: int
    last: int
    day: date
    hijri: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day, in a zone where the line names one."""

    first: int
    last: int
    time: time
    next_day: bool = False
    """24:00, the end of the day."""
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """A stretch of time before now, or a day counted from today."""

    first: int
    last: int
    instant: datetime
    whole_day: bool = False
    """أمس, اليوم: `instant` is the day's beginning."""
    exact: bool = False
    """Given in hours or less."""
    coarse: bool = False
    """Given in nothing less than weeks."""


@dataclass(frozen=True, slots=True)
class Label:
    """A word that says what the date is of."""

    first: int
    last: int
    role: str
    """"published", "modified", or "looked at": the day on which the page was shown or printed."""


Fact = Day | Time | Age | Label


class Line:
    """The tokens of one line, in one spelling, each with its place in the text."""

    def __init__(self, text: str) -> None:
        if _PRESENTATION_FORM.search(text):
            text = unicodedata.normalize("NFKC", text)
        self.text = clean(text)
        spelling = _TATWEEL_DASH.sub("-", to_western(self.text)).replace("İ", "i").lower()
        for letter, plain in _SPELLING:
            spelling = spelling.replace(letter, plain)
        self._places: list[int] | None = None
        if _UNWRITTEN.search(spelling):
            self._places = [place for place, sign in enumerate(spelling) if not _UNWRITTEN.match(sign)]
            spelling = _UNWRITTEN.sub("", spelling)
        found = list(_TOKEN.finditer(spelling))
        self.words = [token.group() for token in found]
        self._starts = [token.start() for token in found]
        self._ends = [token.end() for token in found]

    def word(self, place: int) -> str:
        """The token at a place; nothing beyond the ends."""
        return self.words[place] if 0 <= place < len(self.words) else ""

    def number(self, place: int, most_digits: int = 4) -> int | None:
        """The number at a place, if there is one of so many digits."""
        word = self.word(place)
        return int(word) if word and len(word) <= most_digits and word[0] in DIGITS else None

    def touches(self, place: int) -> bool:
        """Whether no space stands between the token at a place and the next."""
        return 0 <= place < len(self.words) - 1 and self._ends[place] == self._starts[place + 1]

    def between(self, first: int, last: int) -> str:
        """The text from one token to another, both included."""
        start, end = self._starts[first], self._ends[last] - 1
        if self._places is not None:
            start, end = self._places[start], self._places[end]
        return self.text[start : end + 1]


@dataclass(frozen=True, slots=True)
class _Month:
    """A month that has been named."""

    number: int
    hijri: bool


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that belongs to nothing yet."""

    place: int
    value: int
    digits: int


class Grammar:
    """What the tokens of one line say, read once from left to right by kind.

    Args:
        line: the line.
        zone: zone of the page, for ages that are counted in days.
        now: the clock, aware.
        day_first: 03/04/2018 is the third of April.
    """

    def __init__(self, line: Line, *, zone: tzinfo, now: datetime, day_first: bool) -> None:
        self.line = line
        self.now = now.astimezone(zone)
        self.day_first = day_first
        self.used: set[int] = set()

    def facts(self) -> list[Fact]:
        """Everything that was read, in the order of the line."""
        facts: list[Fact] = []
        # Times first: what is left of the numbers then belongs to days.
        for read in (self._time, self._numeric_day, self._named_day, self._age, self._label):
            place = 0
            while place < len(self.line.words):
                fact = None if place in self.used else read(place)
                if fact is None:
                    place += 1
                    continue
                facts.append(fact)
                self.used.update(range(fact.first, fact.last + 1))
                place = fact.last + 1
        return sorted(facts, key=lambda fact: fact.first)

    def strange_words(self) -> int:
        """How many words have nothing to do with a date."""
        return sum(
            1
            for place, word in enumerate(self.line.words)
            if word.isalpha() and place not in self.used and word not in FILLING and word not in calendars.WEEKDAYS
        )

    # Times.

    def _time(self, place: int) -> Time | None:
        line = self.line
        hour = line.number(place, 2)
        if hour is None or hour > 24:
            return None
        after = place + 1
        minute = second = microsecond = 0
        sure = False
        if line.word(after) in {":", "h", "."} and (read := line.number(after + 1, 2)) is not None and read < 60:
            sure = line.word(after) == ":" or (line.word(after) == "h" and len(line.word(after + 1)) == 2)
            minute, after = read, after + 2
            if line.word(after) == ":" and (read := line.number(after + 1, 2)) is not None and read < 60:
                second, after = read, after + 2
                if line.word(after) == "." and line.touches(after) and line.number(after + 1, 9) is not None:
                    microsecond, after = int(line.word(after + 1)[:6].ljust(6, "0")), after + 2
        part, after_part = self._part_of_day(after)
        if not sure and not self._is_time_by_its_words(place, part, dotted=after > place + 1):
            return None
        first = place
        letters = {"ص", "م"} if place > 1 else set()  # م after a year is its own; at the line's beginning it is PM
        if not part and line.word(place - 1) in _PARTS_OF_DAY - letters and place - 1 not in self.used:
            part, first = line.word(place - 1), place - 1
        zone, after_zone = self._zone(after_part)
        if zone is None and line.word(first - 1) in _GREENWICH:
            zone, first = UTC, first - 1
        return Time(
            first,
            after_zone - 1,
            time(_hour(hour, part) % 24, minute, second, microsecond),
            next_day=hour == 24,
            zone=zone,
        )

    def _is_time_by_its_words(self, place: int, part: str, *, dotted: bool) -> bool:
        """Whether a number without a colon is a time: الساعة 10.30, 10 صباحا."""
        before = self.line.word(place - 1)
        if self.line.number(place - 2) is not None and before in _DAY_SEPARATORS:
            return False
        said = part not in {"", "م", "ص"}
        return before == "الساعه" or said or (dotted and bool(part) and before != ".")

    def _part_of_day(self, place: int) -> tuple[str, int]:
        """ص, م, صباحا, من ظهر, قبل الظهر, p.m. at a place, and the place after it."""
        line = self.line
        word, following = line.word(place), line.word(place + 1)
        if word in _PARTS_OF_DAY:
            # 22:18 م. but not 22:18 م.س, which are initials.
            return word, place + 1
        if word == "من" and following in _PARTS_OF_DAY - {"م", "ص"}:
            return following, place + 2
        if word in {"قبل", "بعد"} and following in _NOON | {"منتصف"}:
            if following == "منتصف":
                return ("am", place + 3) if word == "بعد" else ("pm", place + 3)
            return ("am" if word == "قبل" else "pm"), place + 2
        if word in {"a", "p", "ق", "ب"} and following == "." and line.word(place + 2) in {"m", "ظ"}:
            end = place + 3
            return ("am" if word in {"a", "ق"} else "pm"), end + (line.word(end) == "." and line.touches(end - 1))
        return "", place

    def _zone(self, place: int) -> tuple[tzinfo | None, int]:
        """The zone that is named at a place, and the place after it."""
        line = self.line
        if line.word(place) == "z" and line.touches(place - 1):
            return UTC, place + 1
        named = place
        while line.word(named) in {"(", ",", "،", "-", "ب", "حسب", "بحسب"}:
            named += 1
        by_word = line.word(named) in {"بتوقيت", "توقيت", "التوقيت"}
        named += by_word
        in_brackets = line.word(named - 1) == "("
        if line.word(named) in _GREENWICH:
            offset, after = self._offset(named + 1)
            return offset or UTC, after + (line.word(after) == ")")
        if (short := _SHORT_ZONES.get(line.word(named))) is not None:
            return short, named + 1
        if (by_word or in_brackets) and (city := _CITY_ZONES.get(line.word(named))):
            after = named + 1
            after += line.word(after) in {"المكرمه", "ظبي"}
            return ZoneInfo(city), after + (line.word(after) == ")")
        return self._offset(place)

    def _offset(self, place: int) -> tuple[tzinfo | None, int]:
        """+0400, +04:00, +4 at a place, and the place after it.

        A dash between two numbers is more often a dash: west of Greenwich an offset stands after seconds only.
        """
        line = self.line
        sign = line.word(place)
        digits = line.word(place + 1)
        if sign not in {"+", "-"} or not line.touches(place) or digits[:1] not in DIGITS:
            return None, place
        after_greenwich = line.word(place - 1) in _GREENWICH
        after_seconds = line.word(place - 2) == ":" == line.word(place - 4)
        if sign == "-" and not (after_greenwich or after_seconds or line.word(place - 2) == "."):
            return None, place
        if len(digits) == 4:
            hours, minutes, after = int(digits[:2]), int(digits[2:]), place + 2
        elif len(digits) <= 2 and line.word(place + 2) == ":" and len(line.word(place + 3)) == 2:
            hours, minutes, after = int(digits), line.number(place + 3) or 0, place + 4
        elif len(digits) <= 2 and (after_greenwich or (line.touches(place - 1) and not line.word(place + 2))):
            hours, minutes, after = int(digits), 0, place + 2
        else:
            return None, place
        offset = timedelta(hours=hours, minutes=minutes)
        if offset > _FARTHEST_OFFSET or minutes > 59:
            return None, place
        return timezone(offset if sign == "+" else -offset), after

    # Days.

    def _weekday(self, first: int, last: int) -> tuple[int | None, int, int]:
        """The weekday beside a day, and the first and last place with it."""
        for place in range(first - 1, max(first - 4, -1), -1):
            if (weekday := calendars.WEEKDAYS.get(self.line.word(place))) is not None:
                return weekday, place, last
            if self.line.word(place).isalpha() and self.line.word(place) not in FILLING:
                break
        for place in range(last + 1, last + 4):
            if (weekday := calendars.WEEKDAYS.get(self.line.word(place))) is not None:
                return weekday, first, place
            if self.line.word(place).isalpha() and self.line.word(place) not in FILLING:
                break
        return None, first, last

    def _day(
        self, first: int, last: int, orders: list[tuple[int, int, int]], *, of_hijri_month: bool | None = None
    ) -> Day | None:
        """The first (year, month, day) of several that exists, by preference one that the weekday agrees with.

        Where the month has a name, the year must be of its calendar: 17 رمضان 2023 is no day.
        """
        weekday, from_place, to_place = self._weekday(first, last)
        days = []
        for year, month, day in orders:
            hijri = calendars.is_hijri_year(year)
            if of_hijri_month is not None and hijri != of_hijri_month:
                continue
            read = calendars.from_hijri(year, month, day, weekday) if hijri else _gregorian(year, month, day)
            if read is not None:
                days.append(Day(from_place, to_place, read, hijri))
        return next((day for day in days if day.day.weekday() == weekday), days[0] if days else None)

    def _numeric_day(self, place: int) -> Day | None:
        """22/11/2025, 2026-02-02, 1436/10/26, 31.01.25 at a place."""
        line = self.line
        separator = line.word(place + 1)
        if separator not in _DAY_SEPARATORS or line.word(place + 3) != separator:
            return None
        places = (place, place + 2, place + 4)
        numbers = [line.number(at) for at in places]
        if None in numbers or not self.used.isdisjoint(places) or self._in_longer_row(place, separator):
            return None
        first, second, third = (number or 0 for number in numbers)
        lengths = [len(line.word(at)) for at in places]
        if lengths[0] == 4 and lengths[2] <= 2:
            orders = [(first, second, third), (first, third, second)]
        elif lengths[0] <= 2 and lengths[2] in {2, 4}:
            year = third if lengths[2] == 4 else self._full_year(third)
            orders = [(year, second, first), (year, first, second)]
            if not self.day_first or self._is_american(places):
                orders.reverse()
        else:
            return None
        return self._day(place, place + 4, orders)

    def _is_american(self, places: tuple[int, int, int]) -> bool:
        """Whether it is what .NET prints by itself, month first: 5/3/2023 1:20:00 PM, one number at least not padded.

        Programs that pad (05/03/2023 01:20:00 PM) were told a format, and here that is day first.
        """
        line = self.line
        hour = places[2] + 1
        seconds = [line.word(at) for at in (hour + 1, hour + 3)] == [":", ":"] and line.word(hour + 5) in {"am", "pm"}
        if not seconds or line.word(places[0] + 1) != "/" or len(line.word(places[2])) != 4:
            return False
        return any(len(line.word(at)) == 1 for at in (places[0], places[1], hour))

    def _in_longer_row(self, place: int, separator: str) -> bool:
        """Whether more numbers hang on by the same mark: an address, a version, a telephone number."""
        line = self.line
        before = line.word(place - 1) == separator and line.touches(place - 1) and line.touches(place - 2)
        after = line.word(place + 5) == separator and line.touches(place + 4) and line.touches(place + 5)
        return (before and line.number(place - 2) is not None) or (after and line.number(place + 6) is not None)

    def _full_year(self, year: int) -> int:
        return 2000 + year if 2000 + year <= self.now.year + 1 else 1900 + year

    def _month(self, place: int) -> tuple[int, int, bool] | None:
        """A month's number, the place after its name, and whether it is a Hijri month."""
        line = self.line
        word, second = line.word(place), line.word(place + 1)
        if (month := calendars.MONTHS.get(word)) is not None:
            return month, place + 1, False
        if (month := calendars.HIJRI_MONTHS.get(word)) is not None:
            return month, place + 1, True
        pairs = calendars.TWO_WORD_MONTHS.get(word) or calendars.TWO_WORD_HIJRI_MONTHS.get(word)
        if pairs is not None:
            for which, names in enumerate((calendars.FIRST, calendars.SECOND)):
                if second in names:
                    return pairs[which], place + 2, word in calendars.TWO_WORD_HIJRI_MONTHS
        if word in calendars.HIJRI_POSSESSIVES and second in calendars.HIJRI_POSSESSED:
            return calendars.HIJRI_POSSESSED[second], place + 2, True
        return None

    def _named_day(self, place: int) -> Day | None:
        """A day with a month's name at a place: before it, after it, with one name or two."""
        named = self._month(place)
        if named is None:
            return None
        month, after, hijri = named
        line = self.line
        other_at = after
        while line.word(other_at) in _MONTH_PAIRS and other_at < after + 2:
            other_at += 1
        other = self._month(other_at)
        if other is not None and other[2] == hijri:
            if other[0] != month:
                return None
            after = other[1]
        return self._day_around(place, after - 1, _Month(month, hijri))

    def _free_number(self, place: int, step: int, skipped: frozenset[str]) -> "_Number | None":
        """The next number in a direction, over at most three words that may stand between."""
        for at in range(place, place + 4 * step, step):
            value = self.line.number(at)
            if value is not None:
                return None if at in self.used else _Number(at, value, len(self.line.word(at)))
            if self.line.word(at) not in skipped or at in self.used:
                return None
        return None

    def _day_around(self, first: int, last: int, month: "_Month") -> Day | None:
        """The day that the numbers around a month's name make: 24 MONTH 2014, MONTH 24, 2014, 2014 MONTH 24."""
        left = self._free_number(first - 1, -1, _BEFORE_MONTH)
        right = self._free_number(last + 1, 1, _AFTER_MONTH)
        if left is not None and left.digits <= 2:
            return self._day_after_its_number(left, last, month, right)
        if right is None or right.digits > 2:
            return None
        if left is not None and left.digits == 4 and _EARLIEST_YEAR <= left.value <= self.now.year + 1:
            return self._named(left.place, right.place, left.value, month, right.value)
        year = self._free_number(right.place + 1, 1, _AFTER_MONTH)
        if year is None or year.digits != 4:
            return None
        return self._named(first, year.place, year.value, month, right.value)

    def _named(self, first: int, last: int, year: int, month: "_Month", day: int) -> Day | None:
        return self._day(first, last, [(year, month.number, day)], of_hijri_month=month.hijri)

    def _day_after_its_number(self, day: "_Number", last: int, month: "_Month", right: "_Number | None") -> Day | None:
        """24 MONTH 2014, 2014, 24 MONTH and, with a weekday beside it, 24 MONTH."""
        if self._ends_range(day.place):
            return None
        if right is not None and right.digits == 4:
            return self._named(day.place, right.place, right.value, month, day.value)
        year = self._free_number(day.place - 1, -1, _BEFORE_MONTH | calendars.WEEKDAYS.keys())
        if year is not None and year.digits == 4:
            return self._named(year.place, last, year.value, month, day.value)
        return None if month.hijri else self._day_without_year(day.place, last, month.number, day.value)

    def _ends_range(self, place: int) -> bool:
        """Whether the day at a place is the last of several: 5 - 7 مارس, 30 يناير - 2 فبراير."""
        line = self.line
        if line.word(place - 1) not in _RANGE_MARKS or place - 2 in self.used:
            return False
        before = line.number(place - 2)
        return (before is not None and 1 <= before <= 31) or line.word(place - 2) in calendars.MONTHS

    def _day_without_year(self, first: int, last: int, month: int, day: int) -> Day | None:
        """The latest day of that name that falls on the weekday beside it; without a weekday there is no telling."""
        weekday, from_place, to_place = self._weekday(first, last)
        if weekday is None:
            return None
        latest = self.now.date() + timedelta(days=1)
        for year in range(latest.year, latest.year - 12, -1):
            read = _gregorian(year, month, day)
            if read is not None and read <= latest and read.weekday() == weekday:
                return Day(from_place, to_place, read)
        return None

    # Ages.

    def _age(self, place: int) -> Age | None:
        word = self.line.word(place)
        if word in {"منذ", "قبل"}:
            return self._since(place, place + 1)
        if word == "il" and self.line.words[place : place + 3] == ["il", "y", "a"]:
            return self._since(place, place + 3)
        if self.line.number(place) is not None:
            return self._ago(place)
        return self._relative_day(place)

    def _since(self, first: int, place: int) -> Age | None:
        """منذ يوم و 5 ساعات و 48 دقيقة: parts joined by و, the longest first or not."""
        place += self.line.word(place) in {"حوالي", "نحو", "قرابه", "تقريبا"}
        if self.line.word(place) in {"لحظات", "قليل", "لحظه", "ثوان", "ثواني"}:
            return Age(first, place, self.now, exact=True)
        parts: list[tuple[str, int]] = []
        after = place
        while (part := self._part_of_age(after)) is not None:
            unit, count, after = part
            parts.append((unit, count))
            if (rest := self._fraction(unit, after)) is not None:
                fraction, after = rest
                parts += fraction
            if self.line.word(after) in {"و", ",", "،", "and", "et"}:
                after += 1
            elif not self.line.word(after).startswith("و"):
                break
        while after > place and self.line.word(after - 1) in {"و", ",", "،", "and", "et"}:
            after -= 1
        return self._age_of(first, after - 1, parts) if parts else None

    def _part_of_age(self, place: int) -> tuple[str, int, int] | None:
        """The unit, how many, and the place after: 5 ساعات, ساعتين, يوم, خمس دقائق, each also with a و joined to it."""
        line = self.line
        count = line.number(place)
        if count is None:
            word = line.word(place)
            if word not in calendars.ONES and word not in calendars.UNITS and word.startswith("و"):
                word = word[1:]
            count = calendars.ONES.get(word)
            if count is None:
                unit, own = calendars.UNITS.get(word, ("", None))
                return (unit, own, place + 1) if own is not None else None
        unit, own = calendars.UNITS.get(line.word(place + 1), ("", None))
        return (unit, count, place + 2) if unit and own != 2 else None

    def _fraction(self, unit: str, place: int) -> tuple[list[tuple[str, int]], int] | None:
        """The ونصف, وربع after a unit, in smaller ones, and the place after it; of longer units it says too little."""
        line = self.line
        word = line.word(place + 1) if line.word(place) == "و" else line.word(place).removeprefix("و")
        if word not in {"نصف", "ربع", "النصف", "الربع"} or word == line.word(place):
            return None
        smaller = {"minutes": ("seconds", 60), "hours": ("minutes", 60), "days": ("hours", 24)}.get(unit)
        half = 2 if word.endswith("نصف") else 4
        after = place + (2 if line.word(place) == "و" else 1)
        return ([(smaller[0], smaller[1] // half)] if smaller else []), after

    def _ago(self, place: int) -> Age | None:
        """3 hours ago, 3 ساعات مضت."""
        part = self._part_of_age(place)
        if part is None or self.line.word(part[2]) not in {"ago", "مضت", "مضي"}:
            return None
        return self._age_of(place, part[2], [part[:2]])

    def _age_of(self, first: int, last: int, parts: list[tuple[str, int]]) -> Age | None:
        amounts: dict[str, int] = {}
        for unit, count in parts:
            amounts[unit] = amounts.get(unit, 0) + count
        months = 12 * amounts.pop("years", 0) + amounts.pop("months", 0)
        exact = not amounts.keys().isdisjoint({"hours", "minutes", "seconds"})
        coarse = amounts.keys() <= {"weeks"}
        try:
            instant = _months_before(self.now, months) - timedelta(**amounts)
        except (OverflowError, ValueError):
            return None
        # Hours and minutes are counted in real time, across a change of the clocks too.
        if exact and not months:
            instant = (self.now.astimezone(UTC) - timedelta(**amounts)).astimezone(self.now.tzinfo)
        return Age(first, last, instant, exact=exact, coarse=coarse)

    def _relative_day(self, place: int) -> Age | None:
        """اليوم, أمس, أول أمس, أول من أمس at a place."""
        line = self.line
        word = line.word(place)
        if word in {"اليوم", "today"}:
            if self._tells_today(place):
                return None
            days, last = 0, place
        elif word in {"امس", "البارحه", "yesterday", "hier"}:
            days, last = (2, place + 1) if line.word(place + 1) == "الاول" else (1, place)
        elif word == "اول" and line.word(place + 1) == "امس":
            days, last = 2, place + 1
        elif word == "اول" and line.words[place + 1 : place + 3] == ["من", "امس"]:
            days, last = 2, place + 2
        else:
            return None
        day = datetime.combine(self.now.date() - timedelta(days=days), time(), self.now.tzinfo)
        return Age(place, last, day, whole_day=True)

    # Labels.

    def _label(self, place: int) -> Label | None:
        word = self.line.word(place)
        if word in _PUBLISHED:
            return Label(place, place, "published")
        if word in _MODIFIED:
            return Label(place, place, "modified")
        if word in {"اليوم", "today"} and self._tells_today(place):
            return Label(place, place, "looked at")
        if word in {"طباعه", "الطباعه"} and self.line.word(place - 1) in {"تم", "تمت", "تاريخ", "وقت"}:
            return Label(place, place, "looked at")
        return None

    def _tells_today(self, place: int) -> bool:
        """اليوم: 24 نوفمبر, تاريخ اليوم: what a masthead says, of whatever page."""
        return self.line.word(place + 1) == ":" or self.line.word(place - 1) == "تاريخ"


def _hour(hour: int, part: str) -> int:
    """The hour of 24 that an hour and a part of the day mean. A part that contradicts it (22:18 ص) is not believed."""
    if hour > 12 or not part:
        return hour
    if part in _MORNING:
        return hour % 12
    if part in _EVENING:
        return hour % 12 + 12
    if part in _NOON:
        return hour if hour in {10, 11, 12} else hour % 12 + 12
    return hour % 12 + 12 if 6 <= hour <= 11 else hour % 12


def _gregorian(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_before(instant: datetime, months: int) -> datetime:
    """The same day of an earlier month, or that month's last."""
    if not months:
        return instant
    year, month = divmod(instant.year * 12 + instant.month - 1 - months, 12)
    for day in (instant.day, 30, 29, 28):
        if day <= instant.day and _gregorian(year, month + 1, day):
            return instant.replace(year=year, month=month + 1, day=day)
    raise ValueError(year)
