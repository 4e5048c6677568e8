import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.arabic.counters import parse_read_count

REAL = [
    ("القراءات: 458", 458),
    ("تاريخ النشر: 31/08/2026 - عدد القراءات: 377", 377),
    ("تاريخ الإضافة الثلاثاء 19 أيار 2020 - 3:36 ص    عدد الزيارات 1805    القسم عربية", 1805),
    ("عدد المشاهدات(1376)", 1376),
    ("عدد المشاهدات :1128", 1128),
    ("28 زيارة", 28),
    ("القسم : الفقه   ||   القرّاء : 5957", 5957),
    ("عدد المشاهدات: 977 No related posts.", 977),
    ("عدد الزيارات : 1 زيارة", 1),
    ("عدد الزيارات : ثلاثة", 3),
    ("٥.١ ألف مشاهدة", 5100),
    ("٢,١ ألف مشاهدة", 2100),
    ("١٫١ ألف مشاهدة", 1100),
    ("٩١ ألف مشاهدة و١٨ ألف إعجاب", 91000),
    ("450 ألف مشاهدة", 450000),
    ("مليون مشاهدة", 1000000),
    ("+50 ألف مشاهدة", 50000),
    ("1.2k مشاهدة", 1200),
    ("1.2K مشاهدة", 1200),
    ("1.2M مشاهدة", 1200000),
    ("94K مشاهدة، 4.8% تفاعل", 94000),
    ("98 ألف قراءة", 98000),
]

SYNTHETIC = [
    ("قرئ 458 مرة", 458),
    ("قُرِئ هذا الخبر 458 مرة", 458),
    ("تمت قراءته 1٬458 مرة", 1458),
    ("تمت قراءة هذا الخبر 458 مرة", 458),
    ("تم الاطلاع عليه 458 مرة", 458),
    ("قُرئ المقال مرتين", 2),
    ("شوهد 12 مرة", 12),
    ("اطلع عليه 12 شخصا", 12),
    ("عدد مرات القراءة : 55", 55),
    ("عدد مرات المشاهدة: ١٢٣٤", 1234),
    ("إجمالي عدد المشاهدات: 55", 55),
    ("عدد قراءات الخبر: 55", 55),
    ("مشاهدات المقال: 55", 55),
    ("القراءات: 1,234", 1234),
    ("القراءات: 1 234", 1234),
    ("القراءات - 458", 458),
    ("القراءات\n458", 458),
    ("المشاهدات 458", 458),
    ("القــراءات : ٤٥٨", 458),
    ("\u200fالقراءات: \u200e458", 458),
    ("5 مشاهدات", 5),
    ("0 قراءة", 0),
    ("👁️ 458", 458),
    ("كتب علي حسن - 450 مشاهدة", 450),
    ("الثلاثاء 19 أيار 2020 القراءات 458", 458),
    ("مشاهدات: 458 تعليقات: 3", 458),
    ("28 زيارة 0 تعليقات", 28),
    ("0 تعليقات 28 زيارة", 28),
    ("Views: 1,234", 1234),
    ("1234 Views", 1234),
    ("Page views: 12", 12),
    ("Hits: 12", 12),
    ("Read 458 times", 458),
    ("Lu 458 fois", 458),
    ("458 vues", 458),
    ("Vues : 458", 458),
    ("Cet article a été lu 458 fois", 458),
]


@pytest.mark.parametrize(("text", "count"), REAL)
def test_reads_the_counters_that_papers_print(text, count):
    assert parse_read_count(text) == count


@pytest.mark.parametrize(("text", "count"), SYNTHETIC)
def test_reads_ordinary_wordings_that_nobody_recorded(text, count):
    assert parse_read_count(text) == count


TRAPS = [
    # Seen on pages.
    "900 مليون مشاهدة على",
    "أكثر من 150 ألف مشاهدة",
    "36 مليون ملف",
    "بيع 54 ألف تذكرة",
    "الأكثر مشاهدة",
    "الأكثر قراءة",
    "عدد الرسائل : 16801",
    "نقاط : 39133",
    "العدد: 8318",
    "العدد : 6816",
    "العدد:10095",
    "0 تعليقات",
    "دقيقة قراءة",
    "3 دقائق قراءة",
    "قراءات – الإدارة الثلاثاء 1436/10/26",
    "غير متوفر",
    "عدد القراءات: غير متوفر",
    "مشاهدات عالية",
    "وبلغ عدد زيارات فريق الاستجابة السريعة (4) زيارات،",
    # By their place only: no label.
    "334",
    "273 | 12 أبريل 2017",
    "0 165",
    "0 / 36",
    # Ordinary forms, made up.
    "حقق الفيديو 900 مليون مشاهدة على يوتيوب",
    "وحصد المقطع 900 مليون مشاهدة",
    "بلغ عدد المشاهدات 900 مليون مشاهدة",
    "وتجاوز عدد المشاهدات 900 مليون",
    "ارتفع عدد الزيارات 30 بالمئة",
    "الأكثر قراءة 5",
    "الأكثر مشاهدة: 12",
    "قراءة 3 دقائق",
    "مدة القراءة: 3 دقائق",
    "وقت القراءة: 3",
    "القراءة: 5 دقائق",
    "5 min read",
    "Most read 5",
    "Reading time: 5",
    "تعليقات القراء: 5",
    "قراءات (3)",
    "قراءة في كتاب 5",
    "5 قراءات في كتاب",
    "مشاهدة 5 صور",
    "زيارة رسمية 5 أيام",
    "مشاركات: 12",
    "12 إعجابا",
    "القراءات: 12:30",
    "القراءات: 2020/05/06",
    "المشاهدات: 45%",
    "تحميل: 55",
    "",
]


@pytest.mark.parametrize("text", TRAPS)
def test_other_numbers_are_no_read_count(text):
    assert parse_read_count(text) is None


LABELS = [
    "القراءات: {}",
    "عدد القراءات: {}",
    "عدد القراءات ({})",
    "عدد المشاهدات : {}",
    "{} قراءة",
    "{} مشاهدة",
    "قرئ {} مرة",
    "Views: {}",
    "{} vues",
]
FACTS = ["", "الثلاثاء 19 أيار 2020", "19/05/2020", "كتب محمد علي", "القسم: رياضة", "3 تعليقات"]


@given(
    count=st.integers(0, 10**9),
    label=st.sampled_from(LABELS),
    before=st.sampled_from(FACTS),
    after=st.sampled_from(FACTS),
    between=st.sampled_from([" | ", " - ", "    ", "\n", " • "]),
    digits=st.sampled_from([string.digits, "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]),
    mark=st.sampled_from(["", ",", "٬"]),
)
def test_a_counter_is_read_among_the_facts_of_an_info_bar(*, count, label, before, after, between, digits, mark):
    number = f"{count:,}".replace(",", mark).translate(str.maketrans(string.digits, digits))
    line = between.join(fact for fact in (before, label.format(number), after) if fact)
    assert parse_read_count(line) == count


@given(st.integers(0, 10**6), st.sampled_from(LABELS))
def test_a_counter_inside_a_long_text_is_not_read(count, label):
    assert parse_read_count("قال الوزير إن المشروع سيكتمل قريبا " * 10 + label.format(count)) is None


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "القراءات",
                "عدد",
                "مشاهدة",
                "458",
                "1,234",
                "ألف",
                ":",
                "(",
                ")",
                "|",
                "-",
                "،",
                "مرة",
                "قرئ",
                "دقائق",
                "+5",
                "و7",
                "مليون",
            ]
        )
    ).map(" ".join)
)
def test_any_text_gives_a_count_or_none(text):
    count = parse_read_count(text)
    assert count is None or count >= 0
