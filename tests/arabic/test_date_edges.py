"""Dates at the edges: two-digit years, wrong weekdays, clocks put forward and back, what is too early or too late."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.arabic.dates import dates_in, parse_date
from tests.arabic.date_lines import MONTHS, NOW

RIYADH = ZoneInfo("Asia/Riyadh")
TODAY = NOW.astimezone(RIYADH).date()
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
days = st.dates(min_value=date(1990, 1, 2), max_value=NOW.date())
clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def read(line, zone=RIYADH):
    return parse_date(line, zone=zone, now=NOW)


def named(day, family=0):
    return f"{day.day} {MONTHS[family][day.month - 1]} {day.year}"


@given(st.dates(min_value=date(1990, 1, 2), max_value=NOW.date()), st.sampled_from(["/", "-", "."]), st.booleans())
def test_a_year_of_two_digits_is_the_latest_that_is_past(day, mark, padded):
    # 1990 to 1999 and 2000 to 2026; 27 to 89 are no year of news.
    shown = f"{day.day:02}{mark}{day.month:02}" if padded else f"{day.day}{mark}{day.month}"
    reading = read(f"{shown}{mark}{day.year % 100:02}")
    assert reading is not None
    assert reading.instant.date() == day


@given(days, st.integers(0, 6), st.integers(0, len(MONTHS) - 1))
def test_a_wrong_weekday_changes_no_date_that_names_its_month(day, weekday, family):
    reading = read(f"{WEEKDAYS[weekday]} {named(day, family)}")
    assert reading is not None
    assert reading.instant.date() == day


@given(days, st.integers(0, 6))
def test_a_wrong_weekday_turns_a_numeric_date_only_where_the_other_order_has_it(day, weekday):
    reading = read(f"{WEEKDAYS[weekday]} {day:%d/%m/%Y}")
    assert reading is not None
    if reading.instant.date() != day:
        assert day.weekday() != weekday
        assert reading.instant.date() == day.replace(day=day.month, month=day.day)
        assert reading.instant.weekday() == weekday


@given(days, st.sampled_from(WEEKDAYS))
def test_without_a_year_the_weekday_must_agree(day, weekday):
    reading = read(f"{weekday} {day.day} {MONTHS[0][day.month - 1]}")
    if reading is not None:
        assert (reading.instant.day, reading.instant.month) == (day.day, day.month)
        assert WEEKDAYS[reading.instant.weekday()] == weekday
        assert reading.instant <= NOW + timedelta(days=1)


@given(
    st.dates(max_value=date(1989, 12, 30), min_value=date(1600, 1, 1))
    | st.dates(min_value=NOW.date() + timedelta(days=3), max_value=date(9999, 12, 30)),
    st.sampled_from(["{d:%d/%m/}{y}", "{y}-{d:%m-%d}", "{n}", "{y}-{d:%m-%d}T10:00:00Z"]),
)
def test_too_early_and_too_late_is_no_date(day, form):
    assert read(form.format(d=day, y=f"{day.year:04}", n=named(day))) is None


DAYS_AGO = [("اليوم", 0), ("أمس", 1), ("امس", 1), ("البارحة", 1), ("أول أمس", 2), ("أول من أمس", 2)]


@given(st.sampled_from(DAYS_AGO), clocks, st.sampled_from([" {}", ", {}", " - {}", " الساعة {}", " في {}", " | {}"]))
def test_a_day_counted_back_takes_the_time_beside_it(ago, clock, form):
    word, back = ago
    reading = read(word + form.format(f"{clock:%H:%M}"))
    expected = datetime.combine(TODAY - timedelta(days=back), clock, RIYADH)
    if expected > NOW + timedelta(days=1):
        assert reading is None
        return
    assert reading is not None
    assert reading.instant == expected
    assert reading.relative
    assert reading.has_time


# Days on which these countries put their clocks forward or back: half an hour of them comes twice or not at all.
TURNS = [
    ("Africa/Cairo", date(2023, 4, 28)),
    ("Africa/Cairo", date(2023, 10, 27)),
    ("Asia/Beirut", date(2023, 3, 30)),
    ("Asia/Beirut", date(2023, 10, 29)),
    ("Africa/Casablanca", date(2024, 3, 10)),
    ("Africa/Casablanca", date(2024, 4, 14)),
    ("Asia/Amman", date(2021, 10, 29)),
    ("Asia/Gaza", date(2024, 4, 20)),
    ("Asia/Damascus", date(2022, 3, 25)),
]


@given(st.sampled_from(TURNS), clocks)
def test_a_time_that_the_clock_skips_or_repeats_is_the_wall_clocks(turn, clock):
    name, day = turn
    zone = ZoneInfo(name)
    reading = read(f"{day:%d/%m/%Y} {clock:%H:%M}", zone)
    assert reading is not None
    assert reading.instant.replace(tzinfo=None) == datetime.combine(day, clock)
    there_and_back = reading.instant.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    assert abs(there_and_back - datetime.combine(day, clock)) <= timedelta(hours=1)


@given(st.sampled_from(TURNS), st.integers(1, 400))
def test_hours_ago_are_hours_whatever_the_clock_does(turn, hours):
    name, day = turn
    now = datetime.combine(day, time(12), ZoneInfo(name))
    reading = parse_date(f"منذ {hours} ساعات", zone=ZoneInfo(name), now=now)
    assert reading is not None
    assert now.astimezone(UTC) - reading.instant.astimezone(UTC) == timedelta(hours=hours)


PUBLISHED = ["نشر في: ", "تاريخ النشر: ", "نُشر ", "تم النشر بتاريخ ", "أضيف في "]
MODIFIED = ["آخر تحديث: ", "اخر تحديث ", "تم التحديث في ", "تاريخ التعديل: ", "عُدّل في "]


@given(
    day=days,
    clock=clocks,
    later=st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=40)),
    label=st.sampled_from(PUBLISHED),
    other=st.sampled_from(MODIFIED),
    mark=st.sampled_from([" | ", " - ", "، ", "    "]),
    first=st.booleans(),
)
def test_a_publication_and_an_update_are_told_apart(*, day, clock, later, label, other, mark, first):
    published = datetime.combine(day, clock, RIYADH)
    modified = (published + later).replace(second=0, microsecond=0)
    assume(modified <= NOW)
    parts = [f"{label}{named(at)} {at:%H:%M}" for label, at in ((label, published), (other, modified))]
    readings = dates_in(mark.join(parts if first else parts[::-1]), zone=RIYADH, now=NOW)
    assert {reading.role: reading.instant for reading in readings} == {"published": published, "modified": modified}
    assert read(mark.join(parts if first else parts[::-1])).instant == published


FACTS = ["كتب: محمد علي", "القسم: رياضة", "القراءات: 458", "3 تعليقات", "العدد: 8318", "القاهرة - أ ف ب", "عمّان"]


@given(days, clocks, st.sampled_from(FACTS), st.sampled_from(FACTS), st.sampled_from([" | ", " - ", " / ", "  "]))
def test_other_facts_of_the_line_change_nothing(day, clock, before, after, mark):
    reading = read(mark.join([before, f"{named(day)} {clock:%H:%M}", after]))
    assert reading is not None
    assert reading.instant == datetime.combine(day, clock, RIYADH)


@pytest.mark.parametrize("word", ["منذ", "قبل", "منذ حوالي"])
@pytest.mark.parametrize(
    ("written", "age"),
    [
        ("ساعتين", timedelta(hours=2)),
        ("دقيقتين", timedelta(minutes=2)),
        ("يومين", timedelta(days=2)),
        ("أسبوع", timedelta(days=7)),
        ("أسبوع واحد", timedelta(days=7)),
        ("ثلاثة أسابيع", timedelta(days=21)),
        ("ساعة ونصف", timedelta(minutes=90)),
        ("ساعة و نصف", timedelta(minutes=90)),
        ("ساعتين وربع", timedelta(minutes=135)),
        ("يوم ونصف", timedelta(hours=36)),
        ("ساعة و20 دقيقة", timedelta(minutes=80)),
        ("11 يوما", timedelta(days=11)),
        ("١٥ دقيقة", timedelta(minutes=15)),
    ],
)
def test_ages_in_the_singular_the_dual_and_the_plural(word, written, age):
    assert NOW - read(f"{word} {written}").instant == age


@pytest.mark.parametrize(
    ("line", "coarse"),
    [
        ("منذ سنتين", True),
        ("قبل شهر", True),
        ("منذ 3 أسابيع", True),
        ("منذ 3 أيام", False),
        ("منذ أسبوع و 3 أيام", False),
        ("أمس", False),
        ("منذ 7 سنوات / في 2019/02/05م", False),
        ("12 مارس 2019", False),
    ],
)
def test_an_age_in_weeks_or_longer_tells_no_day(line, coarse):
    assert read(line).coarse == coarse
