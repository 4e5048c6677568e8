"""The section and the tags, as pages show them around one invented article."""

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from tests.extraction.stories import STORIES

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STORY = STORIES[0]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.paragraphs)
MENU = "".join(f'<li><a href="/{n}">{text}</a></li>' for n, text in enumerate(["سياسة", "جهات", "اقتصاد", "رياضة"]))


def record(above="", below="", after="", title=f"{STORY.title} | الضفاف"):
    page = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{STORY.title}"><meta property="og:site_name" content="الضفاف"></head>
<body><div id="logo"><a href="/">الضفاف</a></div><ul class="menu">{MENU}</ul>
<article>{above}<h1>{STORY.title}</h1>{below}<div class="article-text">{TEXT}</div>{after}</article></body></html>"""
    extraction = extract(page.encode(), "https://difaf.example/russia/963451-x/", now=NOW)
    assert extraction.article is not None, extraction.error
    return extraction.article.record()


SECTIONS = [
    ('<div class="breadcumb"><a href="/">الرئيسية</a> <a href="/s">فنون</a></div>', "", "فنون"),
    ('<a class="purple-tag" href="/russia/">أخبار روسيا</a>', "", "أخبار روسيا"),
    ('<span class="stamp"><a href="/x">جهات</a></span>', "", "جهات"),
    ('<div class="topics"><a href="/h">أخبار</a>|<a href="/h2">حريات</a></div>', "", "حريات"),
    ("", '<span id="lblCat">المرافق العامة</span>', "المرافق العامة"),
    ("", '<div class="x"><b>رياضة</b> <span>شارك</span></div>', "رياضة"),
    ("", "", None),
    ("<b>بعد عامين من الترميم</b>", "", None),
    ("", '<div class="src"><a href="/russia/">الأهرام</a></div>', None),
]


@pytest.mark.parametrize(("above", "below", "section"), SECTIONS)
def test_section(above, below, section):
    assert record(above, below)["section"] == section


@pytest.mark.parametrize(
    ("title", "section"),
    [
        (f"الضفاف - اقتصاد - {STORY.title}", "اقتصاد"),
        (f"{STORY.title} - محليات - اقتصاد - الضفاف", "اقتصاد"),
        (f"{STORY.title} - صوت الناس - الضفاف", None),
    ],
)
def test_a_part_of_the_title_that_a_menu_has_too_is_the_section(title, section):
    assert record(title=title)["section"] == section


def links(*names, prefix="/x/"):
    return " ".join(f'<a href="{prefix}{n}">{name}</a>' for n, name in enumerate(names))


CLOUD = links("سياسة", "حرب", "سلام", "نفط", "ذهب", prefix="/tag/")
RELATED = "".join(f'<h3><a href="/n/{n}">{text}</a></h3>' for n, text in enumerate(STORY.related))
TAGS = [
    (f'<p class="tags">كلمات دلالية: {links("كرة اليد")}</p>', ["كرة اليد"]),
    (f"<div><span>الكلمات الدالة</span> {links('أربيل', 'بغداد')}</div>", ["أربيل", "بغداد"]),
    (f'<div class="tags-trends">{links("موسكو", "واشنطن")}</div>', ["موسكو", "واشنطن"]),
    (
        f"<footer><div class='post-tags'>{links('الملاريا', 'لقاح', prefix='/tag/')}</div></footer>",
        ["الملاريا", "لقاح"],
    ),
    (f'<div class="block-tagadelic"><h2>سحابة الوسوم</h2><div class="tags">{CLOUD}</div></div>', []),
    (f'<div class="tags"><h3>الموضوعات المتعلقة</h3><div>{RELATED}</div></div>', []),
]


@pytest.mark.parametrize(("after", "tags"), TAGS)
def test_tags(after, tags):
    assert record(after=after)["tags"] == tags
