"""Dates and counts that are not the article's, wherever a page shows them: none is taken, none hides its own."""

import pytest

from tests.extraction.test_dating import TEXT, at, read

DAY = "12 مارس 2010"
TITLE_LINK = '<a href="/1">وزير التجارة ينفي زيادة أسعار الحليب</a>'
OTHERS = {
    "a caption": f'<figure><img src="/a.jpg"><figcaption>صورة أرشيفية التقطت يوم {DAY}</figcaption></figure>',
    "a caption in brackets": f'<div><img src="/a.jpg"><p>جانب من الاحتفال ({DAY})</p></div>',
    "a standfirst": f"<h2>ينطلق المهرجان يوم {DAY} ويستمر أسبوعا كاملا بمشاركة عشر فرق</h2>",
    "a day without a year": "<h4>عشية الأحد 12 مارس</h4>",
    "tags": '<div class="tags"><a href="/t">ثورة 25 يناير 2011</a><a href="/u">أرشيف 2014</a></div>',
    "a player": '<div class="video-player"><div>شاهد الفيديو</div><span>1.2 مليون مشاهدة</span></div>',
    "a poll": '<div class="poll"><p>نعم: 450 صوتا</p><p>تاريخ البدء: 1/1/2010</p><p>عدد المشاهدات: 12</p></div>',
    "a ticker": f'<div class="ticker"><span>14:30</span> {TITLE_LINK}</div>',
    "a quotation": f"<blockquote>قال الوزير في {DAY} إن المشروع سيرى النور قريبا</blockquote>",
    "a path": f'<div class="breadcrumb"><a href="/">الرئيسية</a> » <a href="/a">أرشيف</a> » <span>{DAY}</span></div>',
    "a related link": f"<div><b>اقرأ أيضا:</b> {TITLE_LINK} ({DAY})</div>",
    "the edition": f'<div class="pdf"><a href="/pdf">عدد اليوم</a> <span>{DAY}</span></div>',
    "a person": (
        '<div class="author-box"><b>سعاد بوعبوش</b><p>كاتبة من مواليد 12 مارس 1975</p>'
        "<span>عدد المقالات: 54</span><span>عدد المشاهدات: 120,331</span></div>"
    ),
    "hours of prayer": '<div class="prayer-times"><span>الثلاثاء 24 نوفمبر 2026</span><span>الفجر 5:12</span></div>',
    "the weather": '<div class="weather">الثلاثاء 24 نوفمبر 2026 - 18 درجة</div>',
    "the site's own": "<p>جميع الحقوق محفوظة 2005 - 2026. آخر تحديث للموقع: 24/11/2026</p>",
    "a tweet": (
        '<blockquote class="twitter-tweet"><p>نص التغريدة</p>— حساب <a href="https://twitter.com/x">March 12, 2018</a>'
        "</blockquote>"
    ),
    "an event": "<div><b>موعد الفعالية:</b> 12 أكتوبر 2019 - 15 أكتوبر 2019</div>",
    "other figures": (
        "<div><span>التعليقات: 4</span><span>المشاركات: 12</span><span>12 صورة</span><span>قراءة 3 دقائق</span>"
        "<span>عدد التحميلات: 55</span><span>حجم الخط 14</span></div>"
    ),
}
PLACES = {
    "before the headline": "{other}<h1>{title}</h1>{facts}{text}",
    "below the headline": "<h1>{title}</h1>{other}{facts}{text}",
    "before the text": "<h1>{title}</h1>{facts}{other}{text}",
    "after the text": "<h1>{title}</h1>{facts}{text}{other}",
}
HEADLINES = ["الصيادون يحتجون على غلاء الوقود المدعم في الميناء", "أغنية تتجاوز 900 مليون مشاهدة منذ 5 مارس 2014"]


def page(place, other, title, facts=""):
    text = f'<div class="content">{TEXT}</div>'
    return f'<div class="main">{place.format(other=other, title=title, facts=facts, text=text)}</div>'


@pytest.mark.parametrize("title", HEADLINES)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_another_things_date_and_count_are_not_the_articles(other, place, title):
    found = read(page(place, other, title))
    assert (found.published_at, found.modified_at, found.read_count) == (None, None, None)


FACTS = {
    "named": '<div class="meta"><span class="date">5 أيار 2020 - 09:40</span> <span class="views">458</span></div>',
    "labelled": "<p>نشر: 5 أيار 2020 09:40 | آخر تحديث: 6 أيار 2020 11:15 | القراءات: 458</p>",
    "alone": "<div><span>5 أيار 2020 - 09:40</span> | <span>458 مشاهدة</span></div>",
    "with icons": '<div><i class="icon-calendar"></i> 5 أيار 2020 - 09:40 <i class="fa fa-eye"></i> 458</div>',
}


@pytest.mark.parametrize("facts", FACTS.values(), ids=FACTS)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_the_articles_own_are_read_beside_them(other, place, facts):
    found = read(page(place, other, HEADLINES[0], facts))
    assert found.published_at == at("2020-05-05T09:40")
    assert found.modified_at == (at("2020-05-06T11:15") if "تحديث" in facts else None)
    assert found.read_count == 458
