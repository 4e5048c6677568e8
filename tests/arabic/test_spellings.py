"""Phrases are found in text as printed exactly where folded words stand one after another."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.arabic.letters import words
from crawler.arabic.spellings import phrase_pattern


@pytest.fixture(scope="module")
def found(mongod_uri):
    """Whether MongoDB finds a phrase in a text."""
    from tests.conftest import fresh_database

    with fresh_database(mongod_uri) as database:

        def ask(phrase, text, **options):
            pattern = phrase_pattern(words(phrase), **options)
            stage = {"$documents": [{"text": text}]}
            return bool(list(database.aggregate([stage, {"$match": {"text": {"$regex": pattern}}}])))

        yield ask


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("مجلس الأمن", "قال إن مجلس الأمن الدولي"),
        ("مجلس الامن", "مَجْلِسُ الأَمْنِ"),
        ("مجلس الأمن", "مجـــلس\n\nالأمن"),
        ("مجلس الأمن", "«مجلس» (الأمن)"),
        ("الحكومه", "الحكومة"),
        ("على", "علي"),
        ("عام 2018", "في عام ٢٠١٨."),
        ("لا إله", "ﻻ إله"),
        ("الأمن", "\ufe8d\ufedf\ufe84\ufee3\ufee6"),
        ("élysée", "L'ELYSEE"),
        ("پاريس", "باريس"),
        ("مجلس الأمن", "مجلس\u200f الأمن"),
    ],
)
def test_every_spelling_is_found(found, phrase, text):
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("مجلس الأمن", "مجلس وزراء الأمن"),
        ("مجلس الأمن", "ومجلس الأمن"),
        ("الأمن", "الأمنية"),
        ("من", "أمن"),
        ("18", "2018"),
        ("مجلس الأمن", "الأمن مجلس"),
    ],
)
def test_other_words_are_not(found, phrase, text):
    assert not found(phrase, text)


def test_a_whole_text(found):
    assert found("الحدث", "الحدث", whole=True)
    assert found("الحدث", " الحدَث: ", whole=True)
    assert not found("الحدث", "الحدث الدولي", whole=True)
    assert found("ق د", "ق/ د", whole=True, may_touch=True)
    assert found("ق د", "قد", whole=True, may_touch=True)


text = st.text(alphabet="اأبلمة ىيء1٢aÀ.ـ\u064e-\nﻻ", min_size=1, max_size=12)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(phrase=text, printed=text)
def test_it_is_found_exactly_where_its_words_stand(found, phrase, printed):
    wanted, there = words(phrase), words(printed)
    if wanted:
        stands = any(there[i : i + len(wanted)] == wanted for i in range(len(there)))
        assert found(phrase, printed) == stands
