"""The language of questions."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.errors import UserError
from crawler.store.asking import PREFIXES, Clause, parse
from crawler.store.filters import Filters

LETTERS = 'ابوزيرةى "“”«»-:؟.،١2abtile\n\u200f\u0640\u064e'


def clauses(text):
    return list(parse(text).clauses)


def test_words_phrases_exclusions_and_prefixes():
    assert clauses('وزير -مالية "مجلس الأمن" -«حرب باردة» title:قمة author:"ليلى" -site:elmassa') == [
        Clause("وزير"),
        Clause("مالية", is_excluded=True),
        Clause("مجلس الأمن", is_phrase=True),
        Clause("حرب باردة", is_phrase=True, is_excluded=True),
        Clause("قمة", "title"),
        Clause("ليلى", "author", is_phrase=True),
        Clause("elmassa", "site", is_excluded=True),
    ]


@pytest.mark.parametrize("text", ["", "   "])
def test_what_asks_for_nothing_asks_for_nothing(text):
    assert clauses(text) == []
    assert Filters(text=text).query() == {}


@pytest.mark.parametrize("text", ["الجزائر: قمة عربية", "الوزير:سنعمل", "10:30", "كوفيد:19", "Paris : sommet"])
def test_a_colon_that_is_no_prefix_is_punctuation(text):
    assert all(clause.prefix == "" for clause in clauses(text))


def test_a_dash_between_words_is_punctuation():
    assert clauses("مصر - قطر") == [Clause("مصر"), Clause("قطر")]
    assert clauses("كوفيد-19") == [Clause("كوفيد-19")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('وزير "مجلس', "no other half"),
        ("«مجلس", "no other half"),
        ("titel:x", "do you mean title:?"),
        ("https://www.el-massa.com/x", "is no prefix"),
        ("title: قمة", "nothing stands after title:"),
        ("title:", "nothing stands after title:"),
        ("title:؟", "names no word"),
        *((text, "names no word") for text in ("-", "؟ ! …", "- - -", '""', "«»", "ـــ")),
        ("و " * 65, "at most 64"),
        ("و" * 2001, "at most 2000"),
    ],
)
def test_a_mistake_is_told_in_a_line(text, told):
    with pytest.raises(UserError, match=told) as raised:
        parse(text)
    assert "\n" not in str(raised.value)


@given(st.text(alphabet=LETTERS, max_size=60) | st.text(max_size=40))
@example('-"')
@example("title:title:x")
@example("--x")
def test_nothing_but_a_user_error_comes_of_any_text_and_it_reads_back(text):
    try:
        question = parse(text)
    except UserError:
        return
    assert parse(str(question)) == question
    assert isinstance(Filters(text=text).query(), dict)


words = st.text(alphabet="ابجدهوزحطيabc123", min_size=1, max_size=6)
clause = st.builds(
    Clause,
    st.lists(words, min_size=1, max_size=3).map(" ".join),
    st.sampled_from(["", *PREFIXES]),
    is_phrase=st.just(True),
    is_excluded=st.booleans(),
) | st.builds(Clause, words, st.sampled_from(["", *PREFIXES]), is_excluded=st.booleans())


@given(st.lists(clause, max_size=8))
def test_what_is_written_is_read(some):
    assert clauses(" ".join(map(str, some))) == some


def test_every_spelling_of_a_question_asks_the_same():
    assert Filters(text="الأخبار").query() == Filters(text="اخبار").query() == Filters(text="وبِأخبارِها").query()
    assert Filters(text="٢٠١٨").query() == Filters(text="2018").query()
    assert Filters(text="وزير الخارجية").query() == Filters(text="خارجية وزير").query()


def test_several_sites_are_alternatives_and_several_words_are_not():
    query = Filters(text="site:elmassa site:okaz وزير").query()
    assert query["$or"] == [{"site": "elmassa"}, {"site": "okaz"}]
    assert Filters(text="site:elmassa", sites=("okaz",)).query() == {
        "site": "elmassa",
        "$and": [{"site": "okaz"}],
    }
