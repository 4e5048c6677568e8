import string
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hijridate import Gregorian
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.arabic.dates import DateReading, date_in_address, dates_in, parse_date
from tests.arabic.date_lines import COMPARED, HIJRI_MONTHS, MONTHS, NOW, REAL, SYNTHETIC, Line

RIYADH = ZoneInfo("Asia/Riyadh")


def read(line: Line) -> DateReading | None:
    return parse_date(line.text, zone=ZoneInfo(line.zone), now=NOW)


def check(line: Line) -> None:
    reading = read(line)
    if line.expected is None:
        assert reading is None
        return
    assert reading is not None
    assert reading.role == line.role
    assert reading.raw in " ".join(line.text.split()) or "ـ" in line.text
    if isinstance(line.expected, timedelta):
        assert NOW - reading.instant == line.expected
        assert reading.relative
        return
    expected = datetime.fromisoformat(line.expected)
    assert reading.has_time == ("T" in line.expected)
    assert reading.instant == (expected if expected.tzinfo else expected.replace(tzinfo=ZoneInfo(line.zone)))


@pytest.mark.parametrize("line", REAL, ids=lambda line: line.text)
def test_reads_the_lines_that_papers_print(line):
    check(line)


@pytest.mark.parametrize("line", COMPARED, ids=lambda line: line.text)
def test_reads_the_forms_that_date_libraries_were_compared_by(line):
    check(line)


@pytest.mark.parametrize("line", SYNTHETIC, ids=lambda line: line.text)
def test_reads_ordinary_forms_that_nobody_recorded(line):
    check(line)


DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
LONG_ORDERS = [
    "{d} {m} {y}",
    "{m} {d}, {y}",
    "{d}, {m} {y}",
    "{d} {m}، {y}",
    "{d}-{m}-{y}",
    "{d}/{m}/{y}",
    "{y} {m} {d}",
    "{d} {m} {y}م",
    "{d} من {m} {y}",
]
SHORT_ORDERS = [
    "{d}/{n}/{y}",
    "{d}-{n}-{y}",
    "{d}.{n}.{y}",
    "{y}/{n}/{d}",
    "{y}-{n}-{d}",
    "{d} / {n} / {y}",
    "[{d}-{n}-{y}]",
]
TIMES = [" {t}", " - {t}", "، {t}", " | {t}", " الساعة {t}", " , {t}", " ({t})"]

days = st.dates(min_value=date(1990, 1, 1), max_value=NOW.date())


@st.composite
def months_of(draw, day):
    """A month's name, or two names of it."""
    first, second = draw(st.sampled_from(MONTHS)), draw(st.sampled_from(MONTHS))
    name = first[day.month - 1]
    return draw(
        st.sampled_from([name, name + draw(st.sampled_from(["/", " / ", "/ ", " - ", " ("])) + second[day.month - 1]])
    )


@st.composite
def written(draw):
    """A date line, and the day and time that it states."""
    day = draw(days)
    padded = draw(st.booleans())
    names = {
        "d": f"{day.day:02}" if padded else day.day,
        "n": f"{day.month:02}" if padded else day.month,
        "y": day.year,
    }
    if draw(st.booleans()):
        line = draw(st.sampled_from(SHORT_ORDERS)).format(**names)
    else:
        month = draw(months_of(day))
        order = draw(st.sampled_from(LONG_ORDERS))
        line = order.format(m=month, **names)
        assume("(" not in month or order == "{d} {m} {y}")
        line = line.replace(month, month + ")") if "(" in month else line
    weekday = WEEKDAYS[day.weekday()]
    line = draw(st.sampled_from([line, f"{weekday} {line}", f"{weekday}، {line}", f"{line} - {weekday}"]))
    clock = draw(st.none() | st.times(timezones=st.none()).map(lambda at: at.replace(second=0, microsecond=0)))
    if clock is not None:
        half = draw(st.sampled_from(["صباحاً", "ص", "AM"] if clock.hour < 12 else ["مساءً", "م", "مساء", "PM"]))
        shown = f"{clock.hour % 12 or 12}:{clock.minute:02} {half}"
        shown = draw(st.sampled_from([shown, f"{clock:%H:%M}", f"{clock:%H:%M:%S}"]))
        line = draw(
            st.sampled_from(
                [line + draw(st.sampled_from(TIMES)).format(t=shown), f"{shown} - {line}", f"{shown} / {line}"]
            )
        )
    digits = draw(st.sampled_from(DIGITS))
    return line.translate(str.maketrans(string.digits, digits)), day, clock


@given(written())
def test_a_written_date_is_read_back(case):
    line, day, clock = case
    reading = parse_date(line, zone=RIYADH, now=NOW)
    assert reading is not None
    assert reading.instant == datetime.combine(day, clock or time(), RIYADH)
    assert reading.has_time == (clock is not None)
    assert not reading.has_offset


@given(
    days,
    st.sampled_from(HIJRI_MONTHS),
    st.sampled_from(["{d} {m} {y}", "{d} {m} {y}هـ", "{d}/{n}/{y} هـ", "{y}/{n}/{d}"]),
)
def test_a_hijri_date_is_the_day_of_umm_al_qura(day, months, order):
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    line = order.format(d=hijri.day, m=months[hijri.month - 1], n=hijri.month, y=hijri.year)
    reading = parse_date(line, zone=RIYADH, now=NOW)
    assert reading is not None
    assert reading.instant.date() == day


@given(days, st.integers(1, 29), st.sampled_from(HIJRI_MONTHS[0]), st.integers(1411, 1447), st.booleans())
def test_gregorian_wins_over_hijri_beside_it(day, hijri_day, month, year, hijri_first):
    parts = [f"{hijri_day} {month} {year}هـ", f"{day.day} {MONTHS[0][day.month - 1]} {day.year}م"]
    line = " الموافق ".join(parts if hijri_first else parts[::-1])
    reading = parse_date(line, zone=RIYADH, now=NOW)
    assert reading is not None
    assert reading.instant.date() == day


@given(
    st.datetimes(
        min_value=datetime(1990, 1, 3),  # noqa: DTZ001 - the strategy adds the zones
        max_value=datetime(2026, 11, 24),  # noqa: DTZ001
        timezones=st.sampled_from([UTC, RIYADH]),
    )
)
def test_iso_8601_keeps_its_own_offset(instant):
    reading = parse_date(instant.isoformat(), zone=ZoneInfo("America/New_York"), now=NOW)
    assert reading is not None
    assert reading.instant == instant
    assert reading.instant.utcoffset() == instant.utcoffset()
    assert reading.has_offset


UNITS = [
    ("ثانية", "ثانيتين", "ثوان", timedelta(seconds=1)),
    ("دقيقة", "دقيقتين", "دقائق", timedelta(minutes=1)),
    ("ساعة", "ساعتين", "ساعات", timedelta(hours=1)),
    ("يوم", "يومين", "أيام", timedelta(days=1)),
    ("أسبوع", "أسبوعين", "أسابيع", timedelta(weeks=1)),
]


@given(st.sampled_from(UNITS[1:]), st.integers(1, 99), st.sampled_from(["منذ", "قبل"]), st.sampled_from(DIGITS))
def test_an_age_is_counted_from_the_clock(unit, count, since, digits):
    one, two, many, length = unit
    written = one if count == 1 else two if count == 2 else f"{count} {many if count < 11 else one}"
    written = written.translate(str.maketrans(string.digits, digits))
    reading = parse_date(f"{since} {written}", zone=RIYADH, now=NOW)
    assert reading is not None
    assert NOW - reading.instant == count * length
    assert reading.relative


@given(st.text() | st.text(alphabet="0123456789/-:. ،منذيومساعهشبط٢٠"))
def test_any_text_is_a_plausible_date_or_none(text):
    for reading in dates_in(text, zone=RIYADH, now=NOW):
        assert reading.instant.tzinfo is not None
        assert datetime(1990, 1, 1, tzinfo=RIYADH) <= reading.instant <= NOW + timedelta(days=1)


@given(
    st.sampled_from(["حبرير", "طماير", "سبتيمار", "xyz", "كانون", "تشرين", "ربيع"]),
    st.integers(1, 28),
    st.integers(1990, 2026),
)
def test_an_unknown_month_is_no_date_and_never_january(month, day, year):
    assert parse_date(f"{day} {month} {year}", zone=RIYADH, now=NOW) is None


@pytest.mark.parametrize(("offset", "read"), [(timedelta(hours=23), True), (timedelta(hours=25), False)])
def test_a_date_more_than_a_day_ahead_is_no_date(offset, read):
    assert (parse_date((NOW + offset).isoformat(), zone=UTC, now=NOW) is not None) == read


def test_historical_offsets_are_those_of_the_zone():
    # Jordan kept winter time until 2022.
    amman = ZoneInfo("Asia/Amman")
    offsets = [parse_date(f"08-11-{year} 12:49", zone=amman, now=NOW).instant.utcoffset() for year in (2015, 2025)]
    assert offsets == [timedelta(hours=2), timedelta(hours=3)]


def test_day_first_can_be_turned_off():
    reading = parse_date("03/04/2018", zone=UTC, now=NOW, day_first=False)
    assert reading is not None
    assert reading.instant.date() == date(2018, 3, 4)


def test_a_line_with_publication_and_update_gives_both():
    line = "نشر في 13 فبراير 2018 الساعة 10:18 | آخر تحديث 14 فبراير 2018 الساعة 11:00"
    readings = dates_in(line, zone=UTC, now=NOW)
    assert [(reading.instant, reading.role) for reading in readings] == [
        (datetime(2018, 2, 13, 10, 18, tzinfo=UTC), "published"),
        (datetime(2018, 2, 14, 11, 0, tzinfo=UTC), "modified"),
    ]


def test_an_update_later_the_same_day_takes_the_day_of_the_publication():
    readings = dates_in("نشر في 4 آب 2013 10:00، آخر تحديث 12:30", zone=UTC, now=NOW)
    assert [(reading.instant.hour, reading.role) for reading in readings] == [(10, "published"), (12, "modified")]


def test_an_article_is_no_date_line():
    text = "قال الوزير إن " + "المشروع الذي أعلن عنه في 5 مارس 2020 سيكتمل قريبا " * 12
    assert dates_in(text, zone=UTC, now=NOW) == []


ADDRESSES = [
    ("http://arabic.cnn.com/2013/middle_east/8/3/syria.clashes/index.html", date(2013, 8, 3)),
    ("https://www.albayan.ae/across-the-uae/news-and-reports/2020-06-03-1.3874341", date(2020, 6, 3)),
    ("https://al-sharq.com/article/05/09/2015/مطالب", date(2015, 9, 5)),
    ("https://al-jazirah.com/2000/20000519/lp2.htm", date(2000, 5, 19)),
    ("http://archive.arabic.cnn.com/2012/entertainment/2/26/youtube.25feb/index.html", date(2012, 2, 26)),
    ("https://aawsat.com/home/article/410826", None),
    ("https://www.aleqt.com/2015/07/20/article_974922.html", date(2015, 7, 20)),
    ("https://skypressiq.net/2020/5/20/خبر", date(2020, 5, 20)),
    ("https://www.lbcgroup.tv/news/lifestyle/898682/x", None),
    ("https://www.alyaum.com/articles/6291787/القارات-السبع/x", None),
    # Ordinary forms, made up.
    ("https://example.com/20110518/x", date(2011, 5, 18)),
    ("https://example.com/x-2020-06-03.html", date(2020, 6, 3)),
    ("https://example.com/2020/06/03", date(2020, 6, 3)),
    ("https://example.com/04/29/2020/x", date(2020, 4, 29)),
    ("https://example.com/2013/", None),
    ("https://example.com/2013/05/", None),
    ("https://example.com/2013/news/", None),
    ("https://example.com/2013/13/45/x", None),
    ("https://example.com/2020/02/30/x", None),
    ("https://example.com/1985/01/02/x", None),
    ("https://example.com/2099/01/02/x", None),
    ("https://example.com/a/20150720784687", None),
    ("https://example.com/20200603/x-20190501", None),
    ("https://example.com/?date=2020-06-03", None),
    ("http://[broken", None),
]


@pytest.mark.parametrize(("address", "day"), ADDRESSES)
def test_reads_the_day_in_an_address(address, day):
    assert date_in_address(address, now=NOW) == day


@given(
    days,
    st.sampled_from(
        [
            "/{0:%Y/%m/%d}/x",
            "/{0:%d/%m/%Y}/x",
            "/{0:%Y%m%d}/x",
            "/{0:%Y-%m-%d}-x",
            "/a/{0:%Y}/world/{0.month}/{0.day}/x",
        ]
    ),
)
def test_a_day_written_into_an_address_is_read_back(day, form):
    assert date_in_address("https://example.com" + form.format(day), now=NOW) == day


@given(st.text())
def test_any_address_gives_a_plausible_day_or_none(text):
    day = date_in_address("https://example.com/" + text, now=NOW)
    assert day is None or date(1990, 1, 1) <= day <= NOW.date() + timedelta(days=1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("4 آب 2013، آخر تحديث 02:21", True),
        ("13/3/2008 م (آخر تحديث) الساعة 16:25", True),
        ("آخر تحديث 4 آب 2013 02:21", False),
        ("4 آب 2013 02:21", False),
    ],
)
def test_tells_a_label_that_may_be_of_the_time_alone(line, expected):
    assert parse_date(line, zone=UTC, now=NOW).day_before_label == expected
