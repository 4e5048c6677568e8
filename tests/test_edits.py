"""An edit is another wording; typesetting, counters and furniture are none."""

import pytest

from crawler.edits import is_edit

LEAD = "أكد وزير التربية أمس أن الدخول المدرسي المقبل يجري في 15 سبتمبر."
END = "وختم الوزير كلامه بالشكر، مضيفا: «شكرا للجميع»."
TEXT = f"{LEAD}\n\n{END}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TEXT, TEXT),
        (TEXT, f"{LEAD}  {END}\n"),
        (TEXT, TEXT.replace(" ", "\u00a0").replace("أمس", "أ\u200dم\u200fس")),
        (TEXT, TEXT.replace("15", "١٥").replace("«", "“").replace("»", "”")),
        (TEXT, TEXT.replace("بالشكر،", "بالشكر ،").replace("مضيفا:", "مضيفا :")),
        (TEXT, TEXT.replace("الوزير", "الوزيــــر")),
        (f"{TEXT}\n\nالقراءات: 458", f"{TEXT}\n\nالقراءات: 460"),
        (TEXT, f"عدد المشاهدات : 1,204\n{TEXT}"),
        (f"{LEAD}\n\nاقرأ أيضا: وزير الصحة في باريس\n\n{END}", f"{LEAD}\n\nاقرأ أيضا: فوز المنتخب\n\n{END}"),
        (f"{TEXT}\n\nاقرأ أيضا\n\nوزير الصحة في باريس", f"{TEXT}\n\nاقرأ أيضا\n\nفوز المنتخب\n\nأمطار على الشمال"),
        (f"{TEXT}\n\nالتعليقات (3)", f"{TEXT}\n\nالتعليقات (12)"),
        (TEXT, f"{TEXT}\n\nتابعونا على فيسبوك وتويتر"),
        (f"{TEXT}\n\nجميع الحقوق محفوظة © 2025", f"{TEXT}\n\nجميع الحقوق محفوظة © 2026"),
        ("وزير التربية: الدخول في 15 سبتمبر", "وزير التربية : الدخول في ١٥ سبتمبر"),
        ("عاجل | \ufefbعب", "عاجل | لاعب"),
    ],
)
def test_no_edit(before, after):
    assert not is_edit(before, after)
    assert not is_edit(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TEXT, TEXT.replace("15", "21")),
        (TEXT, TEXT.replace("أكد", "نفى")),
        (TEXT, TEXT.replace("أكد", "اكد")),
        (TEXT, LEAD),
        (TEXT, f"{END}\n\n{LEAD}"),
        (TEXT, f"{TEXT}\n\nتصحيح: يجري الدخول في 21 سبتمبر."),
        (TEXT, TEXT.replace("بالشكر،", "بالشكر.")),
        # what merely looks like a counter or a pointer
        (
            f"{LEAD}\n\nبلغ عدد القراء 458 قارئا في العام الماضي.",
            f"{LEAD}\n\nبلغ عدد القراء 500 قارئا في العام الماضي.",
        ),
        (f"{LEAD}\n\n2 - 1", f"{LEAD}\n\n2 - 2"),
        (f"{LEAD}\n\nالنتيجة: 2-1", f"{LEAD}\n\nالنتيجة: 2-2"),
        (
            f"{LEAD}\n\nاقرأ أيضا\n\nوزير الصحة في باريس\n\n{END}",
            f"{LEAD}\n\nاقرأ أيضا\n\nوزير الصحة في باريس\n\nشكرا.",
        ),
        ("القراءات: 458", "القراءات: 460"),
        ("قراءة في كتاب", "قراءة في فكر"),
        ("اقرأ أيضا", "شاهد أيضا"),
    ],
)
def test_an_edit(before, after):
    assert is_edit(before, after)
    assert is_edit(after, before)
