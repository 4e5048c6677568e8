"""The difference of two texts gives both of them back, and reads as an editor would tell it."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.differences import PARAGRAPHS, Block, Span, compare, compare_words, excerpt

TEXT = "أكد وزير التربية أمس أن الدخول المدرسي المقبل يجري في 15 سبتمبر، وقال: الأقسام مُهيَّأة لاستقبال التلاميذ"
WORDS = TEXT.split()
# Texts that share much: few words, in paragraphs, with the white space and the signs that texts have.
texts = st.lists(st.sampled_from([*WORDS[:6], " ", "  ", "\n", "\n\n", "\n\n\n", "،", "(", "\u064e", "\t"])).map(
    "".join
)


def before(blocks):
    return PARAGRAPHS.join(block.before() for block in blocks if block.kind != "added")


def after(blocks):
    return PARAGRAPHS.join(block.after() for block in blocks if block.kind != "removed")


def told(spans):
    marks = {"kept": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[span.kind].format(span.text) for span in spans)


@settings(max_examples=400, deadline=None)
@given(texts, texts)
def test_the_spans_give_back_both_texts(old, new):
    blocks = compare(old, new)
    assert (before(blocks), after(blocks)) == (old, new)
    for block in blocks:
        assert all(span.text for span in block.spans)
        kinds = {span.kind for span in block.spans}
        assert block.kind == "changed" or kinds <= {block.kind}


@settings(max_examples=100, deadline=None)
@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert {block.kind for block in compare(text, text)} == {"kept"}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(200, 700))
def test_long_paragraphs_are_given_back_too(seed, length):
    chance = random.Random(seed)  # noqa: S311 - repeatable
    vocabulary = [f"كلمة{n}" for n in range(chance.choice([5, 80, 5000]))]
    old = [chance.choice(vocabulary) for _ in range(length)]
    new = [word for word in old if chance.random() > 0.1]
    for _ in range(20):
        new.insert(chance.randrange(len(new)), chance.choice(vocabulary))
    blocks = compare(" ".join(old), " ".join(new))
    assert (before(blocks), after(blocks)) == (" ".join(old), " ".join(new))


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("الدخول في 15 سبتمبر المقبل", "الدخول في 21 سبتمبر المقبل", "الدخول في [-15-]{+21+} سبتمبر المقبل"),
        ("قال الوزير أمس إن", "قال الوزير إن", "قال الوزير[- أمس-] إن"),
        ("قال الوزير إن", "قال الوزير أمس إن", "قال الوزير{+ أمس+} إن"),
        ("قال الوزير.", "قال الوزير!", "قال الوزير[-.-]{+!+}"),
        ("مُحَمَّد قال", "محمد قال", "[-مُحَمَّد-]{+محمد+} قال"),
        ("قال  الوزير", "قال الوزير", "قال [- -]الوزير"),
        ("أحمر أزرق أخضر أبيض", "واحد أزرق اثنان أبيض", "[-أحمر-]{+واحد+} أزرق [-أخضر-]{+اثنان+} أبيض"),
        (
            "زار وفد رفيع ب مدينة كبيرة",
            "وصل فريق كامل ب قرية بعيدة",
            "[-زار وفد رفيع ب مدينة كبيرة-]{+وصل فريق كامل ب قرية بعيدة+}",
        ),
        ("", "نص", "{+نص+}"),
        ("نص", "", "[-نص-]"),
        ("", "", ""),
    ],
)
def test_a_change_is_told_by_whole_words(old, new, difference):
    assert told(compare_words(old, new)) == difference


def test_a_paragraph_that_comes_or_goes_leaves_the_others():
    lead, middle, end = TEXT, "فقرة أخرى عن موضوع آخر تماما", "وختم المتحدث كلامه بالشكر"
    assert compare(f"{lead}\n\n{end}", f"{lead}\n\n{middle}\n\n{end}") == [
        Block("kept", (Span("kept", lead),)),
        Block("added", (Span("added", middle),)),
        Block("kept", (Span("kept", end),)),
    ]
    assert [block.kind for block in compare(f"{lead}\n\n{middle}\n\n{end}", f"{lead}\n\n{end}")] == [
        "kept",
        "removed",
        "kept",
    ]


def test_a_changed_paragraph_faces_its_earlier_version_not_its_neighbour():
    lead, end = TEXT, "وختم المتحدث كلامه بشكر الحاضرين جميعا على صبرهم"
    new = ["تنبيه: هذا خبر عاجل", lead.replace("15", "21"), end.replace("جميعا", "كلهم")]
    blocks = compare(f"{lead}\n\n{end}", PARAGRAPHS.join(new))
    assert [block.kind for block in blocks] == ["added", "changed", "changed"]
    assert "[-15-]{+21+}" in told(blocks[1].spans)
    assert "[-جميعا-]{+كلهم+}" in told(blocks[2].spans)


def test_an_excerpt_leaves_out_what_is_far_from_a_change():
    old = [f"{TEXT} {n}" for n in range(20)]
    new = [*old[:10], old[10].replace("أكد", "نفى"), *old[11:]]
    shown = excerpt(compare(PARAGRAPHS.join(old), PARAGRAPHS.join(new)))
    assert [part if isinstance(part, int) else part.kind for part in shown] == [9, "kept", "changed", "kept", 8]
    assert excerpt(compare(TEXT, TEXT)) == [1]


def test_the_work_is_bounded():
    """Not a timing: an algorithm that grows with the square of the text would outlast the suite's time limit."""
    chance = random.Random(1)  # noqa: S311 - repeatable
    vocabulary = [f"كلمة{int(chance.paretovariate(0.8))}" for _ in range(3000)]
    old = [chance.choice(vocabulary) for _ in range(60_000)]
    new = [chance.choice(vocabulary) if chance.random() < 0.05 else word for word in old]
    blocks = compare(" ".join(old), " ".join(new))
    assert (before(blocks), after(blocks)) == (" ".join(old), " ".join(new))
    kept = sum(len(span.text) for span in blocks[0].spans if span.kind == "kept")
    assert kept > 0.8 * len(" ".join(old))
    same = compare("نص " * 60_000, "خبر " * 60_000)
    assert [span.kind for span in same[0].spans] == ["removed", "added", "kept"]
