"""Which of a page's numbers is the article's read count. All pages made up."""

import pytest

from crawler.extraction import extract
from tests.extraction.test_dating import TEXT, TITLE, article, read

OTHER = '<a href="/1">وزير التجارة ينفي زيادة أسعار الحليب</a>'

COUNTERS = {
    "a label": ("<div>القراءات: 458</div>", 458),
    "a label and its number apart": ("<ul><li><span>المشاهدات</span> <b>7,654</b></li></ul>", 7654),
    "a label and its number among much else": (
        "<p>كتب أحمد سالم من مقر الغرفة في الميناء الجديد</p><b>عدد القراءات:</b> 458<br><b>التعليقات:</b> 3<br>",
        458,
    ),
    "a list of terms": ("<dl><dt>التعليقات</dt><dd>3</dd><dt>المشاهدات</dt><dd>918</dd></dl>", 918),
    "a label and another number after a line": ("<div><b>القراءات</b><br><p>9 أبريل</p><p>12</p></div>", None),
    "a comments' count beside a time of reading": ("<p><span>14</span> <span>قراءة 3 دقائق</span></p>", None),
    "glued to a date in its own element": ("<div><span>2024-03-02 | 11:20</span><span>1,045 مشاهدة</span></div>", 1045),
    "a name that means views": ('<span class="post-views">١٢٣٤</span>', 1234),
    "a name that means views, beside hot": (
        '<span class="meta-views very-hot"><i class="fire"></i> 13٬629 </span>',
        13629,
    ),
    "an eye beside other icons": (
        (
            '<span><i class="fa fa-comment"></i> 14</span><span><i class="far fa-eye"></i> 0</span>'
            '<span><i class="fa fa-share"></i> 7</span>'
        ),
        0,
    ),
    "an eye behind the date": (
        '<p><i class="fa fa-clock"></i> 9 أبريل 2017 02:31 <i class="fa fa-eye"></i> 541</p>',
        541,
    ),
    "an eye, and the number in its own element": ('<p><i class="icon-eye"></i><em>12.4K</em><em>35</em></p>', 12400),
    "a drawn eye": ('<div><svg><use href="#icon-eye"></use></svg> 512</div>', 512),
    "a picture of an eye": ('<div><img src="/img/eye.png"> 512</div>', 512),
    "an eye that is crossed out": ('<div><i class="fa fa-eye-slash"></i> 512</div>', None),
    "a bare number": ("<div>334</div>", None),
    "time of reading": ('<span class="reading-time">قراءة 7 دقائق</span>', None),
    "a player's": ('<div class="video-player"><span class="vp-views">1.2 مليون مشاهدة</span></div>', None),
    "a poll's": ('<div class="poll"><p>عدد المشاهدات: 12</p></div>', None),
    "hidden": ('<span class="post-views" style="display:none">12</span>', None),
    "another article's": (f"<div>{OTHER}<p>2 فبراير 2018 - 540 مشاهدة</p></div>", None),
    "of a list of the most read": (f'<div class="most-read"><li>{OTHER}<span>5412 قراءة</span></li></div>', None),
}


@pytest.mark.parametrize(("below", "count"), COUNTERS.values(), ids=COUNTERS)
def test_the_counter_below_the_headline(below, count):
    assert read(article(below=below)).read_count == count


@pytest.mark.parametrize(("after", "count"), COUNTERS.values(), ids=COUNTERS)
def test_the_counter_after_the_text(after, count):
    assert read(article(after=f"<div>{after}</div>")).read_count == count


def test_a_line_between_the_paragraphs_is_no_counter():
    page = article().replace("<p>وأوضح", "<p>المشاهدات: 3 ملايين</p><p>وأوضح")
    assert read(page).read_count is None


def test_a_counter_below_the_headline_may_share_the_texts_box():
    page = f"<div><h2>{TITLE}</h2><div>9 أبريل 2017 <i class='fa fa-eye'></i> 541</div>{TEXT}</div>"
    assert read(page).read_count == 541


def test_of_two_counters_the_nearer_to_the_headline_is_meant():
    page = article(below="<p>القراءات: 458</p>", after="<div><p>المشاهدات: 99120</p></div>")
    assert read(page).read_count == 458


def statistics(*entries):
    listed = ",".join(
        f'{{"@type":"InteractionCounter","interactionType":{kind},"userInteractionCount":{count}}}'
        for kind, count in entries
    )
    return (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}",'
        f'"interactionStatistic":[{listed}]}}</script>'
    )


@pytest.mark.parametrize(
    ("head", "count"),
    [
        (statistics(('"https://schema.org/CommentAction"', 12), ('{"@type":"ReadAction"}', '"1532"')), 1532),
        (statistics(('"http://schema.org/ViewAction"', 0)), 0),
        (statistics(('"http://schema.org/ShareAction"', 44), ('"LikeAction"', 3)), None),
        ('<meta itemprop="interactionCount" content="UserPageVisits:2310">', 2310),
        ('<meta itemprop="interactionCount" content="UserComments:23">', None),
    ],
)
def test_the_counter_that_a_page_states(head, count):
    assert read(article(), head=head).read_count == count


def test_a_page_of_a_script_framework_shows_its_counter():
    page = f'<html><body><div id="__next">{article(below="<p>القراءات: 458</p>")}</div></body></html>'
    assert extract(page, "https://paper.example/a").article.read_count == 458
