"""Inputs that would hang a backtracking expression. None may raise; a hang shows as the suite's own timeout."""

from datetime import UTC, datetime

import pytest

from crawler.arabic.bylines import agency_credit, parse_byline, parse_dateline
from crawler.arabic.counters import parse_read_count
from crawler.arabic.dates import date_in_address, dates_in, parse_date
from crawler.arabic.digits import parse_count, to_western
from crawler.arabic.letters import clean, fold, words

NOW = datetime(2026, 11, 24, tzinfo=UTC)
UNITS = [
    "1",
    "٣",
    "1,",
    "1 ",
    "1:",
    "1/",
    "1-",
    ".",
    " ",
    "\n",
    "\t ",
    "ـ",
    "أ.",
    "أ ",
    "أ. ",
    "- ",
    "، ",
    " و",
    "وا",
    "«",
    "(",
    "((",
    ")",
    "\u064b",
    "\u200f",
    "\u0000",
    "\ud800",
    "ﷺ",
    "الف ",
    "مئة و",
    "منذ ",
    "يوم و ",
    "كانون ",
    "20/11/",
    "2020-06-03",
    "/2020",
    "2020/a/",
    "محمد ",
    "a@",
    "x.jpg",
    "a.",
    "www.",
    "القراءات: ",
    "عدد ",
    "&amp;",
    "é",
    "İ",
    "ß",
    "한",
    "🅰",
    "👁️",
]
READINGS = [
    to_western,
    parse_count,
    clean,
    fold,
    words,
    parse_read_count,
    parse_byline,
    parse_dateline,
    agency_credit,
    lambda text: parse_date(text, zone=UTC, now=NOW),
    lambda text: dates_in(text, zone=UTC, now=NOW),
    lambda text: date_in_address("http://example.com/" + text, now=NOW),
]


@pytest.mark.parametrize("length", [100, 245, 390, 100_000])
@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_a_repeated_piece_of_grammar_is_read_without_raising(unit, length):
    text = (unit * length)[:length]
    for read in READINGS:
        read(text)
        read("محمد علي " + text + " نهاية")
