"""What a search takes for one word, and what it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.stems.pairs import read
from crawler.arabic.letters import words
from crawler.arabic.plurals import PLURALS
from crawler.arabic.stems import stem, stems


def of(text):
    return stems(text)[0]


def test_of_the_pairs_that_it_was_tuned_on_nearly_all_are_found_and_none_is_mistaken():
    found = [of(pair.first) == of(pair.second) for pair in read("own") if pair.is_one]
    mistaken = [pair for pair in read("own") if not pair.is_one and of(pair.first) == of(pair.second)]
    assert sum(found) >= 0.98 * len(found)
    assert mistaken == []


@pytest.mark.parametrize("form", ["الأخبار", "اخبار", "وبالأخبار", "أخبارها", "أَخْبَار", "أخبـــار", "خبر", "للخبر"])
def test_the_forms_of_a_word_are_one(form):
    assert of(form) == of("أخبار")


@pytest.mark.parametrize("name", ["الله", "علي", "والي", "لبنان", "بلعيد", "بومدين", "وهران", "فرنسا", "سوريا", "لندن"])
def test_names_and_short_words_stay_whole(name):
    assert of(name) == words(name)[0]


@pytest.mark.parametrize("word", ["covid19", "2024", "nasa", "kh24", "x", "а"])
def test_numbers_and_other_scripts_are_their_own_stems(word):
    assert stem(word) == word


def test_a_particle_and_the_article_are_taken_off_any_known_word():
    for plural in PLURALS:
        if len(plural) > 3:
            assert stem("وال" + plural) == stem(plural), plural


@given(st.text(alphabet="ابتجحدرسعفقكلمنهويء", max_size=14))
def test_a_stem_is_part_of_a_word_or_a_singular_and_is_never_empty(word):
    assert bool(stem(word)) == bool(word)


def test_what_is_too_long_for_a_word_is_left_alone():
    assert stem("و" * 5_000 + "ب" * 5_000) == "و" * 5_000 + "ب" * 5_000
