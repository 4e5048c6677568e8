"""Pages that give no article, and say which: lists, errors, doors, videos. And articles that look like them."""

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from tests.extraction.stories import STORIES

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STORY = STORIES[0]
HEADLINES = (STORY.title, *STORY.related)
LINKS = "".join(f'<div class="item"><h3><a href="/n/{n}">{text}</a></h3></div>' for n, text in enumerate(HEADLINES))
TEASERS = "".join(
    f'<div class="b"><h2><a href="/n/{n}">{text}</a></h2><p>{STORY.paragraphs[n % 3]}</p></div>'
    for n, text in enumerate(HEADLINES)
)
CARDS = "".join(
    f'<a class="card" href="/n/{n}"><h4>{text}</h4><p>{STORY.paragraphs[0]}</p></a>' for n, text in enumerate(HEADLINES)
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.paragraphs)
LISTED = '<script type="application/ld+json">{"@type":"%s","name":"اقتصاد"}</script>'


def read(body, title="اقتصاد | الضفاف", head="", url="https://difaf.example/economy"):
    page = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body><ul class="menu"><li><a href="/a">سياسة</a></li><li><a href="/b">رياضة</a></li></ul>{body}</body></html>"""
    return extract(page.encode(), url, now=NOW)


LISTINGS = [
    ("<h1>اقتصاد</h1>" + LINKS, {}),
    ("<h1>اقتصاد</h1>" + TEASERS, {}),
    (TEASERS, {"head": '<meta property="og:type" content="article">'}),
    ("<h1>رأي</h1>" + CARDS, {"title": "رأي - الضفاف"}),
    (TEASERS, {"url": "https://difaf.example/"}),
    (TEASERS + TEXT, {"url": "https://difaf.example/ar"}),
    ("<h1>نتائج البحث عن: السوق</h1>" + LINKS, {"url": "https://difaf.example/?s=x", "title": "نتائج البحث"}),
    ("<h1>اقتصاد</h1>" + TEXT, {"title": "اقتصاد - صفحة 2 من 40 - الضفاف"}),
    ("<h1>وسم: السوق</h1>" + TEXT, {"title": "وسم: السوق"}),
    ("<h1>سامي الخوري</h1>" + TEXT, {"head": LISTED % "ProfilePage"}),
    ("<h1>التصنيف: اقتصاد</h1>" + TEASERS, {"head": LISTED % "CollectionPage"}),
    (LINKS, {"url": "https://difaf.example/tag/x/"}),
    ("<h1>الأرشيف</h1><ul>" + "".join(f'<li><a href="/n/{n}">{text}</a></li>' for n, text in enumerate(HEADLINES)), {}),
]


@pytest.mark.parametrize(("body", "how"), LISTINGS)
def test_a_list_of_articles_is_none(body, how):
    extraction = read(body, **how)
    assert (extraction.kind, extraction.article) == ("listing", None)


ERRORS = [
    ("<h1>404</h1><p>عذرا، الصفحة التي تبحث عنها غير موجودة.</p>" + LINKS, "الضفاف"),
    ("<h2>عفواً .. هذا الخبر غير متاح</h2><p>ربما تم حذفه. عد إلى الرئيسية</p>", "الضفاف"),
    ("<p>المعذرة، لا يمكن العثور على الصفحة المطلوبة</p>", "الضفاف"),
    ("<h1>حدث خطأ ما</h1><p>نأسف، حدث خطأ أثناء تحميل الصفحة.</p>", "خطأ"),
    ("<h1>تسجيل الدخول</h1><p>يرجى تسجيل الدخول أو الاشتراك لمتابعة القراءة.</p>", "تسجيل الدخول - الضفاف"),
    (f"<h1>{STORY.title}</h1><p>هذا المقال متاح للمشتركين فقط، وهو من مقالات العدد الورقي.</p>", STORY.title),
]


@pytest.mark.parametrize(("body", "title"), ERRORS)
def test_a_page_with_nothing_to_read_says_so(body, title):
    extraction = read(body, title=title, url="https://difaf.example/news/5")
    assert (extraction.kind, extraction.article) == ("error page", None)


VIDEO = '<script type="application/ld+json">{"@type":"VideoObject","name":"افتتاح السوق"}</script>'
LINE = "<p>شاهد لحظة افتتاح السوق أمام الزوار صباح أمس بعد أشغال دامت عامين كاملين</p>"


@pytest.mark.parametrize(
    ("head", "player"),
    [
        (VIDEO, LINE),
        ('<meta property="og:type" content="video.other">', LINE),
        ("", '<iframe src="https://www.youtube.com/embed/x"></iframe>'),
        ("", "<video src='a.mp4'></video>"),
    ],
)
def test_a_video_with_a_line_below_it_is_no_article(head, player):
    body = f"<h1>{STORY.title}</h1>{player}<aside>{LINKS}</aside>"
    extraction = read(body, title=STORY.title, head=head, url="https://difaf.example/v/5")
    assert (extraction.kind, extraction.article) == ("video", None)


ARTICLES = [
    # Numbered places, each a link, below a text of its own.
    TEXT + "".join(f"<h3>{n}- <a href='/t/{n}'>السوق رقم {n}</a></h3><p>{STORY.paragraphs[n]}</p>" for n in range(3)),
    # Links to other articles between the paragraphs.
    "".join(
        f'<p>{text}</p><h4><a href="/n/{n}">{HEADLINES[n % 3]}</a></h4>' for n, text in enumerate(STORY.paragraphs)
    ),
    f"<p>{STORY.paragraphs[0]}</p>" + LINKS,
    TEXT + '<iframe src="https://www.youtube.com/embed/x"></iframe>',
    TEXT + "<p>هذا المقال متاح للمشتركين فقط</p>",
]


@pytest.mark.parametrize("text", ARTICLES)
@pytest.mark.parametrize("url", ["https://difaf.example/news/5", "https://difaf.example/section/11022021"])
def test_an_article_with_links_is_one(text, url):
    extraction = read(f"<h1>{STORY.title}</h1><div class='text'>{text}</div>", title=STORY.title, url=url)
    assert extraction.kind == "article", extraction.error
