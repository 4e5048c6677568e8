"""What the reading room says, a file a language; numbers, counted nouns and dates as the language writes them."""

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = ("ar", "en")
DEFAULT: Language = "ar"


class Texts:
    """One language's texts: `texts("search.title")`.

    Digits are 0-9 in both: so Arabic newsrooms print them today, and so does CLDR's `ar`.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self.direction = "rtl" if language == "ar" else "ltr"
        self.other: Language = "en" if language == "ar" else "ar"
        self._texts = tomllib.loads((files(__package__) / f"{language}.toml").read_text("utf-8"))

    def __call__(self, key: str, **values: object) -> str:
        """The text of this dotted key, with its {values}."""
        text = self._find(key)
        if not isinstance(text, str):
            raise KeyError(key)
        return text.format(**values) if values else text

    def named(self, group: str, name: str | None) -> str:
        """What this language calls a thing that the collection names (a country, a reason); its own name if nothing."""
        return str(self._texts[group].get(name or "", name or self("unknown")))

    def _find(self, key: str) -> Any:
        found: Any = self._texts
        for part in key.split("."):
            found = found[part]
        return found

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with its thousands apart; an empty text for None."""
        return "" if value is None else f"{value:,.{digits}f}"

    def percent(self, share: float) -> str:
        """A share of 1 as a percentage; less than all is never shown as 100, nor more than nothing as 0."""
        rounded = round(share * 100)
        if rounded == 100 and share < 1:
            rounded = 99
        if rounded == 0 and share > 0:
            return self("less_than_one")
        return self("percent", n=rounded)

    def count(self, noun: str, number: int) -> str:
        """So many of a thing, by CLDR's plural rules: مقالان، 3 مقالات، 11 مقالا، 100 مقال."""
        forms: dict[str, str] = self._texts["counted"][noun]
        return forms[_plural(number)].format(n=self.number(number))

    # --- dates: the moments that come here are in the zone that they are shown in

    def day(self, moment: date) -> str:
        """13 فبراير 2018."""
        return self._date("day", moment)

    def short_day(self, moment: date) -> str:
        """13 فبراير."""
        return self._date("short", moment)

    def moment(self, moment: datetime) -> str:
        """13 فبراير 2018، 14:30."""
        return self._date("moment", moment)

    def long_moment(self, moment: datetime) -> str:
        """الثلاثاء 13 فبراير 2018، 14:30."""
        return self._date("long", moment)

    def offset(self, moment: datetime) -> str:
        """The moment's zone: بتوقيت غرينتش +1."""
        minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
        if minutes == 0:
            return self("dates.utc")
        hours, rest = divmod(abs(minutes), 60)
        told = f"{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")
        # Isolated: the sign stays before its number in a line that runs right to left.
        return self("dates.offset", offset=f"\u2066{told}\u2069")

    def took(self, seconds: float) -> str:
        """A duration in its largest sensible unit."""
        if seconds < 120:
            return self("crawls.seconds", n=self.number(seconds))
        if seconds < 7200:
            return self("crawls.minutes", n=self.number(seconds / 60))
        return self("crawls.hours", n=self.number(seconds / 3600, 1))

    def _date(self, form: str, moment: date) -> str:
        time = f"{moment:%H:%M}" if isinstance(moment, datetime) else ""
        names = self._texts["dates"]
        return str(names[form]).format(
            day=moment.day,
            month=names["months"][moment.month - 1],
            year=moment.year,
            weekday=names["weekdays"][moment.weekday()],
            time=time,
        )


def _plural(number: int) -> str:
    """CLDR's category of a whole number in Arabic; English's files say the same in all but `one`."""
    if number < 3:
        return ("zero", "one", "two")[number]
    rest = number % 100
    if 3 <= rest <= 10:
        return "few"
    return "many" if rest >= 11 else "other"


@cache
def texts(language: Language) -> Texts:
    """The texts of a language, read once."""
    return Texts(language)
