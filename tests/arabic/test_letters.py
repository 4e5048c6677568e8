import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.arabic import marks
from crawler.arabic.letters import clean, fold, words

ARABIC = "".join(
    chr(code) for code in [*range(0x600, 0x700), *range(0x8A0, 0x900), *range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00)]
)
INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad"
    "\u061c\u0000\u0008\u001b\u007f\u0090\ud800\ue000\ufffe"
)
SPACING = " \t\n\r\u000b\u000c\u0085\u00a0\u2003\u2009\u2028\u2029\u202f\u3000"

texts = (
    st.text()
    | st.text(alphabet=ARABIC + INVISIBLE + SPACING + "aÀé1٢۳.,")
    | st.text(alphabet=st.characters(exclude_categories=()))
)


@given(texts)
def test_clean_leaves_nothing_invisible(text):
    for sign in clean(text):
        category = unicodedata.category(sign)
        assert sign == "\n" or category not in {"Cc", "Cs", "Co", "Zl", "Zp"}
        # Arabic's own number and verse signs are of this category, and are seen.
        assert category != "Cf" or "\u0600" <= sign <= "\u08e2" or sign > "\uffff"


@given(texts)
def test_clean_is_idempotent_and_nfc(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert len(cleaned) <= 3 * len(text)


@given(texts)
def test_clean_squeezes_white_space_and_keeps_lines(text):
    cleaned = clean(text)
    assert cleaned == cleaned.strip(" \n")
    assert "\n\n\n" not in cleaned
    assert "  " not in cleaned
    assert " \n" not in cleaned
    assert "\n " not in cleaned
    assert not set(cleaned) & set(SPACING) - {" ", "\n"}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("أَكَّدَ وزراءُ الخارجيّة", "أَكَّدَ وزراءُ الخارجيّة"),
        ("سطر\r\nسطر", "سطر\nسطر"),
        ("فقرة \n \n\n\t فقرة", "فقرة\n\nفقرة"),
        ("\u00a0واس\u00a0 (جدة) ", "واس (جدة)"),
        ("\u202eقلب\u202c", "قلب"),
        ("می\u200cخواهم", "میخواهم"),
        ("ا\u0653", "آ"),
        ("ا\u200c\u0653", "آ"),
        ("\ue900 458", "458"),
        ("القـــراءات ٤٥٨", "القـــراءات ٤٥٨"),
    ],
)
def test_clean_by_example(text, cleaned):
    assert clean(text) == cleaned


@given(texts)
def test_fold_is_idempotent_and_forgives_what_clean_removes(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(clean(text)) == folded
    assert len(folded) <= 18 * len(text)


HARAKAT = [chr(code) for code in range(0x64B, 0x653)] + ["\u0670", "ـ", "\u200f", "\u200d"]


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآةىئؤء "), st.randoms())
def test_harakat_tatweel_and_marks_change_nothing(text, random):
    vowelled = "".join(sign + random.choice(["", *HARAKAT]) if sign != " " else sign for sign in text)
    assert fold(vowelled) == fold(text)
    assert words(vowelled) == words(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إسلام", "اسلام"),
        ("القرآن", "القران"),
        ("ٱلله", "الله"),
        ("مصطفى", "مصطفي"),
        ("صحيفة", "صحيفه"),
        ("مسؤول", "مسوول"),
        ("عائلة", "عايله"),
        ("الجـــزائر", "الجزائر"),
        ("هٰذا", "هذا"),
        ("ﻋﺮﺑﻲ", "عربي"),
        ("ﷲ", "الله"),
        ("ﻻ", "لا"),
        ("کتاب", "كتاب"),
        ("ایران", "ايران"),
        ("ڤيروس", "فيروس"),
        ("٢٠٢٥ ۲۰۲۵", "2025 2025"),
        ("RÉSUMÉ", "resume"),
        ("ＣＮＮ", "cnn"),
        ("سطر\n\nسطر", "سطر سطر"),
        ("كتابﹰا", "كتابا"),
    ],
)
def test_spellings_of_one_word_fold_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ماء", "ما"), ("قلب", "كلب"), ("458", "459"), ("ق/ د", "ق د")])
def test_different_words_stay_different(one, other):
    assert fold(one) != fold(other)


@given(texts)
def test_words_are_folded_and_hold_letters_and_digits_only(text):
    for word in words(text):
        assert fold(word) == word
        assert all(sign.isalnum() for sign in word)
    assert words(fold(text)) == words(text)


def test_words_of_a_headline():
    assert words("«داعش» في الـ 15 من الشهر: «لا تراجع»!") == ["داعش", "في", "ال", "15", "من", "الشهر", "لا", "تراجع"]


def test_the_short_way_of_clean_misses_nothing_that_is_invisible():
    every = [chr(code) for code in range(0x110000)]
    unseen = {c for c in every if marks.INVISIBLE.match(c)}
    assert {c for c in unseen if c.isprintable()} == {c for c in every if marks.PRINTABLE.match(c) and c.isprintable()}
    assert not {c for c in every if marks.PRINTABLE.match(c)} - unseen


PLAIN = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچڤکگی،؛؟«»“”‘’–— \t\n\r"


@given(st.text(alphabet=PLAIN + "".join(map(chr, range(32, 127)))))
def test_the_short_way_of_fold_answers_what_the_long_one_does(text):
    assert fold(text) == fold(text + "\u200b")  # which is dropped, and is none of the short way's characters
