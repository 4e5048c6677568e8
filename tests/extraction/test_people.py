"""Who wrote it, on whole pages: each byline stands as papers print it, around one invented article."""

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from tests.extraction.stories import STORIES

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STORY = STORIES[0]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.paragraphs)


def record(before="", *, head="", above="", lead="", after="", below=""):
    page = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>{STORY.title} | الضفاف</title>
<meta property="og:title" content="{STORY.title}"><meta property="og:site_name" content="الضفاف">{head}</head>
<body><ul class="menu"><li><a href="/a">سياسة</a></li><li><a href="/b">اقتصاد</a></li></ul>{above}
<article><h1>{STORY.title}</h1>{before}
<div class="article-text">{lead}{TEXT}{after}</div></article>{below}</body></html>"""
    extraction = extract(page.encode(), "https://difaf.example/news/1", now=NOW)
    assert extraction.article is not None, extraction.error
    return extraction.article.record()


def ld(author, more=""):
    return f"""<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"NewsArticle",
"headline":"{STORY.title}","author":{author}}}{more}]}}</script>"""


WRITERS = [
    ('<span class="author"><a href="/author/3">سلمى الوادي</a></span>', ["سلمى الوادي"]),
    ('<div class="x"><a href="/writer/3/سلمى">سلمى الوادي</a></div>', ["سلمى الوادي"]),
    ('<div class="by"><span>وفاء زايد</span><span>عمرو عبدالرحمن</span></div>', ["وفاء زايد", "عمرو عبدالرحمن"]),
    (
        '<div class="byline"><h4>محمد عبد الله</h4><h4 class="desc">بي بي سي - القاهرة</h4></div>',
        ["محمد عبد الله"],
    ),
    ('<div class="bio byline"><b>ميسون حسن</b><b class="title">بي بي سي - بغداد</b></div>', ["ميسون حسن"]),
    (
        '<div class="writer"><a class="writer-name" href="/w/12">عبدالله المزهر</a><span>سنابل موقوتة</span></div>',
        ["عبدالله المزهر"],
    ),
    (
        """<div class="authors"><a class="author-name" href="/a/1">هلا نهاد</a><a href="https://twitter.com/h">@hala</a>،
        <a class="author-name" href="/a/2">جنى شلش</a> و<a class="author-name" href="/a/3">ديالا تبريز</a></div>""",
        ["هلا نهاد", "جنى شلش", "ديالا تبريز"],
    ),
    ('<table class="info"><tr><td>الكاتب : رامي حداد</td><td>التعليقات : 0</td></tr></table>', ["رامي حداد"]),
    ('<div class="source">المصدر: خاص | الكاتب: بولا أسطيح</div>', ["بولا أسطيح"]),
    ('<div class="art_source"><span>العربية.نت - أحمد السهيل</span></div>', ["أحمد السهيل"]),
    ('<div class="article__author"><b class="author__name">الضفاف</b><b>جميع المواد</b></div>', []),
    ('<span class="submitted">أضيف بواسطة <a href="/user/1">admin</a> في الاثنين, 07/01/2013</span>', []),
    ('<figure><img src="a.jpg" alt="محمود عبد المنعم"><figcaption>تصوير: محمود حسن</figcaption></figure>', []),
    ('<div class="header-footer"><span class="author"><a>الضفاف - أمال كنين</a></span></div>', ["أمال كنين"]),
    ('<div class="info"><span class="by">هيئة التحرير</span></div>', []),
    ("<i>بقلم: نزار عيد</i>", ["نزار عيد"]),
    ('<div class="foot">مرسلة بواسطة <span class="fn">نور</span></div>', ["نور"]),
    ('<div class="pub"><time>12/03/2020</time><span class="au">محمد جمال</span></div>', ["محمد جمال"]),
    ('<div class="pub"><time>12/03/2020</time><span class="au">مجتمع مدني</span></div>', []),
]


@pytest.mark.parametrize(("before", "authors"), WRITERS)
def test_bylines_between_headline_and_text(before, authors):
    assert record(before)["authors"] == authors


LEADS = [
    ("<p>كتب- محمد عاطف:</p>", ["محمد عاطف"], None),
    ("<p>القاهرة - أ ف ب</p>", [], "AFP"),
    ("<p><b>حاورتها: ليلى بن هدنة</b></p>", ["ليلى بن هدنة"], None),
    ("<p>الضفاف - خالد عبدالكريم:</p>", ["خالد عبدالكريم"], None),
    ("<p>قاعة الشعب الكبرى في بكين (صورة شينخوا)</p>", [], None),
    ("<p>سلمى الوادي</p>", [], None),
]


@pytest.mark.parametrize(("lead", "authors", "agency"), LEADS)
def test_bylines_on_the_texts_first_line(lead, authors, agency):
    read = record(lead=lead)
    assert read["authors"] == authors
    assert agency is None or read["agency"] == agency


def test_the_writer_whom_the_dateline_names():
    paragraph = "تونس - محمد علي: قال رئيس لجنة الأسواق إن العمل جرى على ثلاث مراحل حتى لا تتوقف حركة البيع في السوق."
    assert record(lead=f"<p>{paragraph}</p>")["authors"] == ["محمد علي"]


def test_an_agencys_sign_off_names_who_wrote():
    read = record(after="<p>-مل-</p><p>وام/سالمة الشامسي/أحمد النعيمي</p>")
    assert (read["authors"], read["agency"]) == (["سالمة الشامسي", "أحمد النعيمي"], "WAM")


HEADS = [
    ('<meta name="author" content="الضفاف">', []),
    ('<meta name="author" content="سلمى الوادي">', ["سلمى الوادي"]),
    ('<meta name="author" content="Difaf">', []),
    ('<meta name="author" content="https://www.facebook.com/difaf">', []),
    ('<meta name="author" content="IMG_2020.jpg">', []),
    (ld('{"@type":"Organization","name":"فريق"}'), []),
    (ld('["سلمى الوادي","سامي حسن"]'), ["سلمى الوادي", "سامي حسن"]),
    (ld('{"@id":"#p"}', ',{"@type":"Person","@id":"#p","name":"سلمى الوادي"}'), ["سلمى الوادي"]),
    (ld('{"@type":"Person","name":"الضفاف - سلمى الوادي"}'), ["سلمى الوادي"]),
]


@pytest.mark.parametrize(("head", "authors"), HEADS)
def test_what_only_the_head_states(head, authors):
    assert record(head=head)["authors"] == authors


def test_the_name_that_the_page_shows_goes_before_one_that_only_its_head_states():
    read = record('<p class="byline">كتبت: سلمى الوادي</p>', head=ld('{"@type":"Person","name":"كريم حسن"}'))
    assert read["authors"] == ["سلمى الوادي"]


def test_the_papers_columnists_are_no_authors():
    names = ["حسن علي القحطاني", "زيد الفضيل", "منى حمدان", "هند صالح"]
    links = "".join(f'<div class="c"><a href="/writer/{n}">{name}</a></div>' for n, name in enumerate(names))
    assert record(below=f"<div><h3>كتاب الرأي</h3>{links}</div>")["authors"] == []


def test_a_name_beside_a_date_with_nothing_between_is_shown_all_the_same():
    before = '<p><span class="author">الضفاف - يوسف لخضر</span><span class="date">الخميس 1 يونيو 2023</span></p>'
    read = record(before, head=ld('{"@type":"Person","name":"الضفاف - يوسف لخضر"}'))
    assert read["authors"] == ["يوسف لخضر"]


def test_a_pictures_source_is_no_agency_of_the_text():
    before = '<div class="media"><img src="a.jpg"><div class="source">Sputnik / Vitaliy Ankov</div></div>'
    read = record(before)
    assert (read["agency"], read["authors"]) == (None, [])


def test_a_source_above_a_text_that_nothing_names():
    page = f"""<html dir="rtl"><body><div><h1>{STORY.title}</h1><div class="art_source">العربية.نت - أحمد السهيل</div>
<div>{"<br><br>".join(STORY.paragraphs)}</div></div></body></html>"""
    article = extract(page.encode(), "https://difaf.example/news/1", now=NOW).article
    assert article is not None
    assert list(article.authors) == ["أحمد السهيل"]


def test_a_writer_whom_the_text_quotes_is_no_author():
    quoted = f'<p>{STORY.paragraphs[0]} كما كتب <a href="/author/9">أحمد خالد</a> في مقالة نشرها الأسبوع الماضي.</p>'
    assert record(lead=quoted)["authors"] == []


def test_a_writers_link_in_the_box_that_holds_all():
    links = '<a rel="author" href="/u/3">سلمى الوادي</a>'
    page = f"<html dir='rtl'><body><div><h1>{STORY.title}</h1>{links}{TEXT}</div></body></html>"
    article = extract(page.encode(), "https://difaf.example/news/1", now=NOW).article
    assert article is not None
    assert list(article.authors) == ["سلمى الوادي"]
