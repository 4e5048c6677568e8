import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.arabic.digits import parse_count, to_western

SETS = [string.digits, "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]


@given(st.text())
def test_western_digits_change_digits_and_nothing_else(text):
    western = to_western(text)
    assert len(western) == len(text)
    for before, after in zip(text, western, strict=True):
        assert after == before or (before in SETS[1] + SETS[2] and after == str(int(before)))


@given(st.text(alphabet="".join(SETS) + "ابج .,"))
def test_no_arabic_digit_is_left(text):
    assert not set(to_western(text)) & set(SETS[1] + SETS[2])


@given(
    st.integers(0, 10**14),
    st.sampled_from(SETS),
    st.sampled_from(["", ",", ".", "٬", "'", "’", "،", " ", "\u00a0", "\u202f"]),
)
def test_a_printed_count_is_read_back(count, digits, mark):
    printed = f"{count:,}".replace(",", mark).translate(str.maketrans(string.digits, digits))
    assert parse_count(printed) == count


@given(
    st.integers(1, 999),
    st.integers(0, 9),
    st.sampled_from(SETS),
    st.sampled_from([".", ",", "٫", "،"]),
    st.sampled_from([("ألف", 3), ("الف", 3), (" آلاف", 3), ("K", 3), ("k", 3), ("مليون", 6), ("M", 6), ("مليار", 9)]),
)
def test_a_shortened_count_is_read_back(whole, tenth, digits, mark, unit):
    name, power = unit
    number = f"{whole}{mark}{tenth}".translate(str.maketrans(string.digits, digits))
    expected = (whole * 10 + tenth) * 10 ** (power - 1)
    assert parse_count(f"{number} {name}") == expected
    assert parse_count(f"{number}{name}") == expected
    assert parse_count(f"+{number} {name}") == expected


COUNTS = [
    ("458", 458),
    ("٤٥٨", 458),
    ("٥.١ ألف", 5100),
    ("٢,١ ألف", 2100),
    ("١٫١ ألف", 1100),
    ("٩١ ألف", 91000),
    ("مليون", 10**6),
    ("+50 ألف", 50000),
    ("1.2k", 1200),
    ("1.2M", 1200000),
    ("94K", 94000),
    ("13٬629", 13629),
    ("ثلاثة", 3),
    # Ordinary forms, made up.
    ("1,234", 1234),
    ("(1,234)", 1234),
    ("\u200f1\u200e,234", 1234),
    ("50+ ألف", 50000),
    ("5 آلاف", 5000),
    ("50 ألفاً", 50000),
    ("ألف", 1000),
    ("ألفين", 2000),
    ("مليونين", 2 * 10**6),
    ("خمسة عشر", 15),
    ("خمسة وعشرون", 25),
    ("مئة وخمسة وعشرون ألفا وثلاثمائة", 125300),
    ("مليون ومئتان", 1000200),
    ("3 آلاف و500", 3500),
    ("ألف وخمسمئة", 1500),
    ("صفر", 0),
    ("0", 0),
    ("1.25 مليون", 1250000),
    ("1٬500 ألف", 1500000),
]


@pytest.mark.parametrize(("text", "count"), COUNTS)
def test_reads_counts(text, count):
    assert parse_count(text) == count


NO_COUNTS = [
    "",
    " ",
    "+",
    "و",
    "قراءة",
    "0 165",
    "4.8",
    "4.8%",
    "12,34",
    "1,23,456",
    "0,123",
    "-5",
    "1/2",
    "10:30",
    "1,500 ألف",
    "1.2345 ألف",
    "آلاف",
    "K",
    "ألف ألف",
    "مليون مشاهدة",
    "ثلاثة خمسة",
    "خمسة خمسة",
    "ألف مليون",
    "5 ألفين",
    "وخمسة",
    "خمسة و",
    "3 3",
    "²",
    "३",
    "1" * 16,
    "1 000 000 000 000 000 ألف",
]


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_not_one_count_is_none(text):
    assert parse_count(text) is None


@given(st.text() | st.text(alphabet="0123456789٠٫٬.,، +KkMالفمليونو"))
def test_any_text_is_a_count_of_at_most_15_digits_or_none(text):
    count = parse_count(text)
    assert count is None or 0 <= count < 10**15
