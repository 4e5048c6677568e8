"""The line above the headline, as its own heading, as a part of the headline's, and what only stands there."""

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from tests.extraction.stories import STORIES

STORY = STORIES[0]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.paragraphs)
TITLE = STORY.title
CASES = [
    (f"<h4>بعد عامين من الترميم</h4><h1>{TITLE}</h1>", "بعد عامين من الترميم"),
    (f"<h2>كرة اليد - كأس أمم أفريقيا</h2><h1>{TITLE}</h1>", "كرة اليد - كأس أمم أفريقيا"),
    (f"<div class='kicker'>ورشة مفتوحة</div><h1>{TITLE}</h1>", "ورشة مفتوحة"),
    (f"<h1><span class='kicker'>بالصور..</span> {TITLE}</h1>", "بالصور.."),
    (f"<h4>اقتصاد</h4><h1>{TITLE}</h1>", None),
    (f"<h4><a href='/x'>أخبار المدينة القديمة</a></h4><h1>{TITLE}</h1>", None),
    (f"<h2>د. محمد طالب عبيدات</h2><h1>{TITLE}</h1>", None),
    (f"<div><h4>مجلس البلدة يؤجل جلسته</h4></div><div><h1>{TITLE}</h1></div>", None),
]


@pytest.mark.parametrize(("heading", "kicker"), CASES)
def test_kicker(heading, kicker):
    page = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{TITLE} | الضفاف</title></head><body>
<ul class="menu"><li><a href="/a">سياسة</a></li></ul><article>{heading}<div class="text">{TEXT}</div>
</article></body></html>"""
    article = extract(page.encode(), "https://difaf.example/n/1", now=datetime(2026, 11, 24, tzinfo=UTC)).article
    assert article is not None
    assert (article.title, article.kicker) == (TITLE, kicker)
