"""Names of months, weekdays and units of time, from Rabat to Muscat, and the Hijri calendar.

All names are in the spelling of `crawler.arabic.letters.fold`: no hamza on a carrier, ه for ة, ي for ى, lower case.
Sources: Unicode CLDR (ar, ar-LB, ar-IQ, ar-DZ, ar-MA, ar-MR ...) and the dates that papers print.
"""

from datetime import date, timedelta


def _numbered(*names: str) -> dict[str, int]:
    return {name: number for number, alike in enumerate(names, start=1) for name in alike.split()}


MONTHS = _numbered(
    "يناير جانفي january jan janvier janv",
    "فبراير فيفري فيفيري شباط february feb fevrier fevr février févr",
    "مارس اذار march mar mars",
    "ابريل افريل نيسان april apr avril avr",
    "مايو ماي ايار مايس may mai",
    "يونيو يونيه جوان حزيران june jun juin",
    "يوليو يوليه يوليوز جويليه جويليا تموز july jul juillet juil",
    "اغسطس اوغسطس اغشت غشت اوت اب august aug aout août",
    "سبتمبر شتنبر شتمبر ايلول september sept sep septembre",
    "اكتوبر اوكتوبر october oct octobre",
    "نوفمبر نونبر november nov novembre",
    "ديسمبر دجنبر دجمبر دسمبر december dec decembre déc décembre",
)
"""Gregorian months of one word: Egypt and the Gulf, the Levant and Iraq, Algeria and Tunisia, Morocco, Mauritania."""

FIRST = frozenset({"الاول", "اول", "الاولي", "اولي", "1"})
SECOND = frozenset({"الثاني", "ثاني", "ثان", "الثانيه", "ثانيه", "الاخر", "اخر", "الاخره", "اخره", "2"})

TWO_WORD_MONTHS = {"كانون": (12, 1), "تشرين": (10, 11), "ك": (12, 1), "ت": (10, 11)}
"""Gregorian months whose name has a second word (كانون الثاني, ك2): the month of the first, that of the second."""

HIJRI_MONTHS = _numbered(
    "محرم المحرم", "صفر", "", "", "", "", "رجب", "شعبان", "رمضان", "شوال", "ذوالقعده ذيالقعده", "ذوالحجه ذيالحجه"
)

TWO_WORD_HIJRI_MONTHS = {"ربيع": (3, 4), "جمادي": (5, 6), "جماد": (5, 6)}

HIJRI_POSSESSIVES = frozenset({"ذو", "ذي", "ذا"})
HIJRI_POSSESSED = {"القعده": 11, "قعده": 11, "الحجه": 12, "حجه": 12}
"""Second words of ذو القعدة and ذو الحجة."""

WEEKDAYS = {
    name: number
    for number, alike in enumerate(
        (
            "اثنين اتنين monday mon lundi",
            "ثلاثاء ثلاثا ثلثاء ثلاياء tuesday tue tues mardi",
            "اربعاء اربعا wednesday wed mercredi",
            "خميس thursday thu thur thurs jeudi",
            "جمعه friday fri vendredi",
            "سبت saturday sat samedi",
            "احد sunday sun dimanche",
        )
    )
    for word in alike.split()
    for name in ((word,) if word.isascii() else (word, "ال" + word))
}
"""Weekdays, numbered as `date.weekday` numbers them: Monday is 0."""


def _units() -> dict[str, tuple[str, int | None]]:
    """Units of time, each with how many the word itself says: a dual two, a singular one, a plural nothing."""
    table = (
        ("seconds", "ثانيه", "ثانيتين ثانيتان", "ثواني ثوان second seconds sec"),
        ("minutes", "دقيقه", "دقيقتين دقيقتان", "دقايق minute minutes min mins"),
        ("hours", "ساعه", "ساعتين ساعتان", "ساعات hour hours heure heures"),
        ("days", "يوم", "يومين يومان", "ايام يوما day days jour jours"),
        ("weeks", "اسبوع", "اسبوعين اسبوعان", "اسابيع اسبوعا week weeks semaine semaines"),
        ("months", "شهر", "شهرين شهران", "اشهر شهور شهرا month months mois"),
        ("years", "سنه عام", "سنتين سنتان عامين عامان", "سنوات سنين اعوام عاما year years an ans"),
    )
    units: dict[str, tuple[str, int | None]] = {}
    for unit, one, two, many in table:
        units |= dict.fromkeys(one.split(), (unit, 1))
        units |= dict.fromkeys(two.split(), (unit, 2))
        units |= dict.fromkeys(many.split(), (unit, None))
    return units


UNITS = _units()

ONES = _numbered(
    "واحد واحده",
    "اثنين اثنان",
    "ثلاث ثلاثه",
    "اربع اربعه",
    "خمس خمسه",
    "ست سته",
    "سبع سبعه",
    "ثماني ثمانيه ثمان",
    "تسع تسعه",
    "عشر عشره",
)
"""Numbers in words, as they stand before a unit of time."""

_FIRST_HIJRI_YEAR, _LAST_HIJRI_YEAR = 1343, 1500


def is_hijri_year(year: int) -> bool:
    """Whether a year can be read by the Umm al-Qura calendar, which is computed for 1343 to 1500 AH."""
    return _FIRST_HIJRI_YEAR <= year <= _LAST_HIJRI_YEAR


def from_hijri(year: int, month: int, day: int, weekday: int | None = None) -> date | None:
    """The Gregorian day of a Hijri one by the Umm al-Qura calendar, None where the calendar has no such day.

    Countries that watch for the moon may be a day off that calendar: where a weekday stands beside the date and only
    the day before or after agrees with it, that day is meant.
    """
    # Imported here: most pages carry no Hijri date that has to be converted, and the tables take 14 ms to load.
    from hijridate import Hijri

    try:
        day_of_calendar = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    exact = date(day_of_calendar.year, day_of_calendar.month, day_of_calendar.day)
    for shift in (0, 1, -1):
        shifted = exact + timedelta(days=shift)
        if weekday is None or shifted.weekday() == weekday:
            return shifted
    return exact
