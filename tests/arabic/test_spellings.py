"""Phrases are found in text as printed exactly where folded words stand one after another."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.arabic.letters import words
from crawler.arabic.spellings import _APART, _BEFORE, _INSIDE, _variants, phrase_pattern


@pytest.fixture(scope="module")
def matched(mongod_uri):
    """Those of some texts that MongoDB finds a pattern in."""
    from tests.conftest import fresh_database

    with fresh_database(mongod_uri) as database:

        def ask(pattern, *texts):
            stages = [{"$documents": [{"text": text} for text in texts]}, {"$match": {"text": {"$regex": pattern}}}]
            return [one["text"] for one in database.aggregate(stages)]

        yield ask


@pytest.fixture(scope="module")
def found(matched):
    """Whether MongoDB finds a phrase in a text."""
    return lambda phrase, text, **options: bool(matched(phrase_pattern(words(phrase), **options), text))


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


def trying_everywhere(folded):
    """The pattern without what passes over other words, and with what stands before it matched, not looked back at."""
    return f"(?:^|{_APART}){_INSIDE}" + phrase_pattern(folded).partition(f"|{_BEFORE}")[2]


UNSEEN = "ـ\u064e\u0651\u200f\u200d\u00ad\u0674\u06e5\ufc5e\ufe70\u0301"
hostile = st.text(alphabet="اأإلبمةهىيء1٢²aÀeé._- \n،«»ﻻﻵﳎﷺٱپ９Ｚж\u06d4\u2019\x00\x7f" + UNSEEN, max_size=10)


@st.composite
def printed_somehow(draw, folded):
    """A text in which words stand, or nearly, in spellings that are mixed, with signs between their letters."""
    gap = draw(st.sampled_from([" ", "-", "\n", " \u200f", "، ", "ـ", ""]))
    letters = [
        draw(st.sampled_from(["", "", "", *UNSEEN])) + draw(st.sampled_from([one, one, *_variants().get(one, ())[:24]]))
        for one in gap.join(folded)
    ]
    before = draw(hostile | st.sampled_from(["بيت ", "بيت \u200f", "اب-ـ", "ab\n\u064e", "٢2 ", "هىم، "]))
    return before + "".join(letters) + draw(st.sampled_from(["", " ", "ا", "ـا"])) + draw(hostile)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_passing_over_other_words_passes_over_no_match(matched, data):
    folded = words(data.draw(hostile))[:3] or ["من"]
    texts = data.draw(st.lists(printed_somehow(folded) | hostile, min_size=1, max_size=20))
    assert matched(phrase_pattern(folded), *texts) == matched(trying_everywhere(folded), *texts)


@pytest.mark.parametrize("word", ["كلمة ", "اللغة ", "مَنْ ", "ا", "2018 ", "،"])
def test_a_phrase_is_found_at_the_end_of_a_very_long_text(found, word):
    assert found("مجلس الأمن", word * 400_000 + " مجلس الأمن")
    assert not found("مجلس الأمن", word * 400_000 + " مجلس الأمة")
