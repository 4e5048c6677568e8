"""The date lines that are parsed, by what is hard about them: those of the tests, and every month name in a plain line.

The first were collected, or made up, while this project's parser was written, so it knows them. The second are a
table of names in the plainest of lines: nothing was chosen there.
"""

from datetime import UTC, datetime, timedelta
from itertools import product

from tests.arabic.date_lines import COMPARED, HIJRI_MONTHS, MONTHS, NOW, REAL, SYNTHETIC, Line

_FAMILIES = ("Egypt, Gulf", "Egypt, Gulf", "Maghreb", "Morocco", "Levant", "Levant", "English")


def groups() -> dict[str, list[Line]]:
    """The lines, each list under its name."""
    found: dict[str, list[Line]] = {
        "seen on pages": REAL,
        "compared before": COMPARED,
        "made up": SYNTHETIC,
    }
    for family, names in zip(_FAMILIES, MONTHS, strict=True):
        for form, (month, name) in product(("13 {} 2018", "الثلاثاء 13 {} 2018 - 10:18 م"), enumerate(names, start=1)):
            day = datetime(2018, month, 13, tzinfo=UTC)
            expected = f"{day:%Y-%m-%d}" + ("T22:18:00" if ":" in form else "")
            # The weekday is of one month only: left out elsewhere, for a wrong one is another question.
            line = form.format(name) if day.weekday() == 1 else form.replace("الثلاثاء ", "").format(name)
            found.setdefault(f"months: {family}", []).append(Line(line, "UTC", expected))
    for number, (levant, egypt) in enumerate(zip(MONTHS[4], MONTHS[0], strict=True), start=1):
        found.setdefault("months: doubled", []).extend(
            Line(f"13 {pair} 2018", "UTC", f"2018-{number:02}-13")
            for pair in (f"{levant}/{egypt}", f"{egypt} / {levant}")
        )
    found["Hijri"] = [
        Line(f"1 {name} 1439 هـ", "UTC", _hijri(number)) for number, name in enumerate(HIJRI_MONTHS[0], 1)
    ]
    return found


def _hijri(month: int) -> str:
    from hijridate import Hijri

    day = Hijri(1439, month, 1).to_gregorian()
    return f"{day.year}-{day.month:02}-{day.day:02}"


def verdict(line: Line, found: datetime | None, *, day_only: bool) -> str:
    """'right', 'wrong' or 'none'. A line without a date is right when nothing is found and wrong when something is."""
    if line.expected is None:
        return "right" if found is None else "wrong"
    if found is None:
        return "none"
    if isinstance(line.expected, timedelta):
        expected = NOW - line.expected
        near = abs(found - expected) < timedelta(minutes=1)
        by_day = day_only or line.expected >= timedelta(days=2)
        return "right" if near or (by_day and found.date() == expected.date()) else "wrong"
    timed = "T" in line.expected
    expected = datetime.fromisoformat(line.expected)
    if day_only or not timed:
        return "right" if found.date() == expected.date() else "wrong"
    same = found == expected if expected.tzinfo else found.replace(tzinfo=None) == expected
    return "right" if same else "wrong"
