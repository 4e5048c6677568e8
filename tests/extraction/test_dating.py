"""When an article was published and changed, on pages whose dates are hard to tell apart. All made up."""

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TITLE = "الصيادون يحتجون على غلاء الوقود المدعم في الميناء"
TEXT = "".join(
    f"<p>{paragraph}</p>"
    for paragraph in (
        "خرج عشرات الصيادين فجر الأحد في وقفة احتجاجية أمام مقر الغرفة، للمطالبة بمراجعة أسعار الوقود الذي تضاعف ثمنه.",
        "ورفع المحتجون لافتات كتب عليها «البحر قوتنا»، قبل أن يلتقي وفد عنهم برئيس الغرفة الذي وعد بنقل مطالبهم.",
        "وأوضح مدير الميناء أن تعريفة الخدمات لم تتغير منذ 5 مارس 2014.",
    )
)
HEADLINE = f"<h1>{TITLE}</h1>"


def read(body, *, head="", url="https://paper.example/news/88213", now=None):
    page = f'<html lang="ar"><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>'
    extraction = extract(page, url, now=now)
    assert extraction.article is not None, extraction.error
    return extraction.article


def article(before="", below="", after=""):
    return f'<div class="post">{before}{HEADLINE}{below}<div class="post-content">{TEXT}</div>{after}</div>'


def jsonld(**statements):
    pairs = "".join(f',"{name}":"{value}"' for name, value in statements.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}"{pairs}}}</script>'


def at(text):
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


PUBLISHED = {
    "today in the masthead, in both calendars": (
        article(before="", below="<div>30 جويلية 2021 18:42</div>").replace(
            '<div class="post">',
            '<div class="today">الثلاثاء 14 جمادى الآخرة 1448هـ الموافق لـ 24 نوفمبر 2026م</div><div class="post">',
        ),
        "2021-07-30T18:42",
    ),
    "a menu between the masthead's date and the headline": (
        '<div><div class="date">24 نوفمبر 2026</div><ul>'
        + "".join(f'<li><a href="/{n}">قسم {n}</a></li>' for n in range(4))
        + f"</ul>{HEADLINE}<div>{TEXT}</div></div>",
        None,
    ),
    "before the headline, in a head of its own": (
        article(before="<div><span>12</span><span>أكتوبر</span><span>2022</span>").replace("</h1>", "</h1></div>"),
        "2022-10-12",
    ),
    "labelled, before the headline": (
        f'<div class="news_pdate">تاريخ النشر: <span>الخميـــس ۱۲ مـــارس ۲۰۲۰ - ۱۴:۳۵</span></div>{HEADLINE}{TEXT}',
        "2020-03-12T14:35",
    ),
    "next before the headline": (
        article(before="<div>الأحد 27 من ربيع الأول 1441 هــ 24 نوفمبر 2019 السنة 144 العدد 48565</div>"),
        "2019-11-24",
    ),
    "what the masthead calls today": (article(before="<div>اليوم: الثلاثاء 24 نوفمبر 2026</div>"), None),
    "in a tip over an age": (
        article(below='<span class="ago" title="3 فبراير 2021 19:20">منذ 5 سنوات</span>'),
        "2021-02-03T19:20",
    ),
    "a line of its own in one box with the text": (
        f"<div>{HEADLINE}<font>الثلاثاء, 28-أبريل-2009</font><br>{TEXT}تمت طباعة الخبر في: 24-نوفمبر-2026</div>",
        "2009-04-28",
    ),
    "glued to the author": (
        article(below="<p>كتب: أحمد سالم - الخميس 12 مارس 2020 - 04:15 م | عدد المشاهدات : 21</p>"),
        "2020-03-12T16:15",
    ),
    "day and time in two elements": (
        article(below="<ul><li><span>2021/6/29</span></li><li><i></i><span>10:45:12</span></li></ul>"),
        "2021-06-29T10:45:12",
    ),
    "both calendars and the time in three elements": (
        article(below="<ul><li>الأحد - 22 ذو الحجة 1442 هـ</li><li>01 أغسطس 2021 م</li><li>00:05</li></ul>"),
        "2021-08-01T00:05",
    ),
    "a relative text over a machine's date": (
        article(below='<time datetime="2022-09-11T08:45:00+01:00">منذ 4 سنوات</time>'),
        "2022-09-11T08:45+01:00",
    ),
    "a machine's date that is not the one shown": (
        article(below='<time datetime="2026-11-24T08:00:00Z">12 مارس 2019</time>'),
        "2019-03-12",
    ),
    "seconds since 1970": (article(below='<i class="stamp" data-timestamp="1583999700"></i>'), "2020-03-12T07:55Z"),
    "the theme's class updated on its only date": (
        article(below='<time class="entry-date updated" datetime="2021-04-23T17:40:12+00:00">23 أبريل 2021</time>'),
        "2021-04-23T17:40:12+00:00",
    ),
    "only an age, and no clock": (article(below='<span class="time-ago">منذ 3 ساعات</span>'), None),
    "only in the text": (article(), None),
    "only a comment's": (
        article(after='<div class="comments"><b>سعيد</b><time datetime="2022-09-12">12 شتنبر 2022</time></div>'),
        None,
    ),
    "only another article's, in a box without a name": (
        article(
            after='<div><div><a href="/1">وزير التجارة ينفي زيادة أسعار الحليب</a><p>2 فبراير 2018</p></div></div>'
        ),
        None,
    ),
    "only an event's": (article(below='<div class="event-date">10 ديسمبر 2019</div>'), None),
    "last update between day and time, and nothing else": (
        article(below='<div class="d">13/3/2008 م (آخر تحديث) الساعة 13:25 (غرينتش)</div>'),
        "2008-03-13T13:25Z",
    ),
    "last update before the day, and nothing else": (article(below="<div>آخر تحديث: 13/3/2008 13:25</div>"), None),
    "only comments', in boxes without a name": (
        article(
            after="".join(f"<div><b>قارئ</b><p>0{n}-09-2009, 01:02</p><p>شكرا على الخبر</p></div>" for n in (2, 3))
        ),
        None,
    ),
    "only in a short first paragraph": (
        article().replace("<p>خرج", "<p>انطلقت أمس الاثنين 5 مايو 2014 فعاليات المهرجان الدولي</p><p>خرج"),
        None,
    ),
    "only since when": (article(below="<p>الأسعار لم تتغير في المدينة كلها منذ 5 مارس 2014</p>"), None),
    "at the text's end": (article(after="<div><span>نشر بتاريخ: 12-04-2020</span></div>"), "2020-04-12"),
    "a wrong weekday": (article(below='<p class="date">الاثنين 12 مارس 2019</p>'), "2019-03-12"),
}


@pytest.mark.parametrize(("body", "expected"), PUBLISHED.values(), ids=PUBLISHED)
def test_the_publication_that_a_page_shows(body, expected):
    assert read(body).published_at == (expected and at(expected))


STATED = {
    "a day alone, beside a line with the time": (
        jsonld(datePublished="2023-08-20"),
        '<p class="info">منى الشامي — 20 آب 2023، الساعة 11:30</p>',
        "2023-08-20T11:30",
    ),
    "the moment in which the page was made": (
        jsonld(datePublished="2026-11-23T22:14:09+01:00", dateModified="2026-11-23T22:14:09+01:00"),
        '<div class="date">الأحد 17 مارس 2019 - 13:05</div>',
        "2019-03-17T13:05",
    ),
    "the shown day is later: an update, or today": (
        jsonld(datePublished="2019-03-17T13:05:00Z"),
        '<div class="date">الأحد 24 مارس 2019</div>',
        "2019-03-17T13:05Z",
    ),
    "month first, as only the shown day tells": (
        '<meta name="pubdate" content="05/03/2023 10:20:00 AM">',
        '<div class="date">الأربعاء 03 مايو 2023</div>',
        "2023-05-03T10:20",
    ),
    "day first, for all that the page tells": (
        '<meta name="pubdate" content="05/03/2023 10:20">',
        "",
        "2023-03-05T10:20",
    ),
    "a template's first of January": (
        '<meta name="date" content="2015-01-01T00:00:00Z"><meta name="DC.date.issued" content="2018-11-09">',
        '<span class="date">الجمعة 9 نونبر 2018 - 00:42</span>',
        "2018-11-09T00:42",
    ),
    "without separators": ('<meta name="publish-date" content="20200312">', "", "2020-03-12"),
    "seconds since 1970": ('<meta property="article:published_time" content="1583999700">', "", "2020-03-12T07:55Z"),
}


@pytest.mark.parametrize(("head", "below", "expected"), STATED.values(), ids=STATED)
def test_the_publication_that_a_page_states(head, below, expected):
    assert read(article(below=below), head=head).published_at == at(expected)


def test_what_the_page_was_made_at_is_no_change():
    moment = "2026-11-23T22:14:09+01:00"
    head = jsonld(datePublished=moment, dateModified=moment)
    assert read(article(below='<div class="date">17 مارس 2019</div>'), head=head).modified_at is None


def test_a_change_is_read_in_the_order_of_the_publication():
    head = jsonld(datePublished="03/12/2020 16:15:00", dateModified="03/13/2020 16:20:00")
    found = read(article(below='<span class="d">١٢ مارس ٢٠٢٠ ٠٤:١٥ م</span>'), head=head)
    assert (found.published_at, found.modified_at) == (at("2020-03-12T16:15"), at("2020-03-13T16:20"))
    head = head.replace("03/13/2020", "03/12/2020")
    found = read(article(below='<span class="d">١٢ مارس ٢٠٢٠ ٠٤:١٥ م</span>'), head=head)
    assert found.modified_at == at("2020-03-12T16:20")


def test_the_title_tells_the_day_where_nothing_else_does():
    page = f"<html><head><title>{TITLE} | سياسة | DW | 05.03.2013</title></head><body>{article()}</body></html>"
    assert extract(page, "https://paper.example/a").article.published_at == at("2013-03-05")


ADDRESS = "https://paper.example/2021/11/07/x/"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", "2021-11-07"),
        ('<meta property="og:updated_time" content="2021-11-08T07:30:12+00:00">', "2021-11-07"),
        ('<meta name="date" content="2021-11-06T22:30:00Z">', "2021-11-06T22:30Z"),
        ('<meta name="date" content="2026-11-23T22:14:09+01:00">', "2021-11-07"),
    ],
)
def test_the_day_in_the_address_holds_against_a_far_one(head, expected):
    assert read(article(), head=head, url=ADDRESS).published_at == at(expected)


CHANGED = {
    "one line for both": ("<div>نُشر: 5 أيار 2020 - 09:40 | آخر تحديث: 5 أيار 2020 - 11:15</div>", "2020-05-05T11:15"),
    "an element each": (
        (
            '<dl><dd class="published"><time datetime="2017-09-05T16:10:00Z">نشر: 05 سبتمبر 2017</time></dd><dd '
            'class="modified"><time datetime="2017-09-06T08:00:00Z" itemprop="dateModified">آخر تحديث: 06 سبتمبر 2017'
            "</time></dd></dl>"
        ),
        "2017-09-06T08:00Z",
    ),
    "in English": ("<div>Posted on: 07/04/2016 10:05 AM | Last update: 07/04/2016 1:40 PM</div>", "2016-04-07T13:40"),
    "before the publication": ("<div>نشر: 5 أيار 2020 - 09:40 | آخر تحديث: 2 أيار 2020</div>", None),
    "none": ("<div>نشر: 5 أيار 2020</div>", None),
}


@pytest.mark.parametrize(("below", "expected"), CHANGED.values(), ids=CHANGED)
def test_the_last_change_that_a_page_shows(below, expected):
    found = read(article(below=below))
    assert found.published_at is not None
    assert found.modified_at == (expected and at(expected))


def test_the_masthead_tells_no_change():
    before = '<div><div id="date">الثلاثاء 24 نونبر 2026 آخر تحديث : 11:00</div><a href="/">الرئيسية</a></div>'
    found = read(f'<div id="wrapper">{before}<div>{HEADLINE}<p class="date">9 نونبر 2014 - 00:42</p>{TEXT}</div></div>')
    assert found.published_at == at("2014-11-09T00:42")
    assert found.modified_at is None


def test_an_age_is_counted_from_the_clock_that_is_given():
    found = read(article(below='<span class="time-ago">منذ 3 ساعات</span>'), now=NOW)
    assert found.published_at == datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def test_an_age_that_tells_no_day_is_no_publication():
    assert read(article(below='<span class="time-ago">منذ سنتين</span>'), now=NOW).published_at is None
