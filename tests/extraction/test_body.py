"""What is the article's text and what is not, one kind of page a test. Texts are invented."""

import json
from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from tests.extraction.stories import LONG, MARKET, SHORT

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TITLE = MARKET.title
TEXT = MARKET.paragraphs
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in TEXT)
COMMENTS = (
    "كلام جميل، ونتمنى أن يصان السوق كما رمم، وألا يترك مرة أخرى للإهمال كما حدث في السنوات الماضية يا إخوان.",
    "أنا من أبناء الحي وأؤكد أن الأشغال تأخرت كثيرا، وأن التجار دفعوا ثمن ذلك من جيوبهم طوال عامين كاملين.",
    "شكرا للكاتب على هذا التقرير، وليته يزور سوق السمك أيضا فحاله لا تسر أحدا ولا أحد يسأل عنه منذ زمن طويل.",
)
TEASERS = tuple((title, f"{text} {text}") for title, text in zip(MARKET.related, LONG.paragraphs[2:6], strict=True))


def body_of(inside: str, *, title: str = TITLE, head: str = "") -> str:
    page = (
        f'<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="utf-8"><title>{title} - الضفاف</title>{head}'
        f"</head><body>{inside}</body></html>"
    )
    extraction = extract(page.encode(), "https://addifaf.example/2021/03/14/suq", now=NOW)
    assert extraction.article is not None, extraction.error
    return extraction.article.body


def joined(*texts: str) -> str:
    return "\n\n".join(texts)


@pytest.mark.parametrize(
    "label", ["التعليقات", "جميع التعليقات", "تعليقات القراء (3)", "3 تعليقات", "أضف تعليقك", "تعليقات الزوار"]
)
def test_comments_below_their_label_are_not_the_text_whatever_they_stand_in(label):
    rows = "".join(f"<tr><td><b>قارئ</b><br>{text} {text}</td></tr>" for text in COMMENTS)
    text = "<br><br>".join(TEXT)
    assert (
        body_of(
            f"<table><tr><td><h1>{TITLE}</h1></td></tr><tr><td>{text}</td></tr><tr><td><b>{label}</b></td></tr>{rows}</table>"
        )
        == MARKET.body
    )
    divs = "".join(f"<div class='x{n}'>{text}</div>" for n, text in enumerate(COMMENTS))
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{PARAGRAPHS}<h4>{label}</h4>{divs}</div>") == MARKET.body


def test_a_link_to_the_comments_above_the_text_ends_nothing():
    assert body_of(f"<h1>{TITLE}</h1><div class='q'><p>التعليقات (3)</p>{PARAGRAPHS}</div>") == MARKET.body


@pytest.mark.parametrize("names", [("h1 class='a'", "h2 class='a'"), ("h1 class='a'", "h1 class='b'")])
def test_longer_articles_that_the_page_loads_below_are_not_the_text(names):
    own, next_ = names

    def article(heading, title, paragraphs):
        text = "".join(f"<div class='m7'><span>{text}</span></div>" for text in paragraphs)
        top = f"<div class='x2'><{heading}>{title}</{heading[:2]}></div>"
        return f"<div class='x1'>{top}<div class='x5'>{text}</div></div>"

    page = f"<div class='r'>{article(own, TITLE, TEXT)}{article(next_, LONG.title, LONG.paragraphs * 2)}</div>"
    assert body_of(page) == MARKET.body


def test_a_short_item_is_the_text_though_teasers_below_and_beside_are_longer():
    teasers = "".join(
        f"<div class='blk'><h4><a href='/{n}'>{t}</a></h4><p>{x}</p></div>" for n, (t, x) in enumerate(TEASERS)
    )
    first = f"<div class='c'><p>{SHORT.paragraphs[0]}</p></div>"
    box = f"<section class='w'><h3>في القسم</h3>{teasers}</section>"
    page = f"<article><h1>{SHORT.title}</h1>{first}</article>{box}{teasers}"
    assert body_of(page, title=SHORT.title) == SHORT.paragraphs[0]


def test_one_teaser_in_an_article_element_is_not_the_text():
    title, text = TEASERS[0]
    teaser = f"<article class='e'><h3><a href='/1'>{title}</a></h3><div><p>{text}</p></div></article>"
    assert (
        body_of(f"<div><h1>{TITLE}</h1><div class='w'>{PARAGRAPHS}</div><div class='w'>{teaser}</div></div>")
        == MARKET.body
    )


def test_subheadings_in_elements_of_their_own_stay_where_the_text_is_split_over_siblings():
    cards = "".join(f"<div class='card'><div><p>{text}</p></div></div>" for text in TEXT[:3])
    heading = f"<div class='card'><div><h2>{TEXT[3]}</h2></div></div>"
    rest = "".join(f"<div class='card'><div><p>{text}</p></div></div>" for text in TEXT[4:])
    assert body_of(f"<div class='s'><h1>{TITLE}</h1>{cards}{heading}{rest}</div>") == MARKET.body


@pytest.mark.parametrize(
    "caption",
    [
        "<div class='pic'><img src='a.jpg'><p>باعة يفرشون بضاعتهم قرب بوابة السوق</p></div>",
        "<div class='im'><a href='#'><img src='a.jpg'></a><i>باعة قرب البوابة</i><div>من الأرشيف</div></div>",
        "<p style='text-align: center'><img src='a.jpg'></p><p style='text-align: center'>باعة قرب السوق</p>",
        "<p align=center><img src='a.jpg'></p><p align=center><font color=blue>باعة قرب السوق (صورة)</font></p>",
    ],
)
def test_a_caption_that_no_name_calls_so_is_not_text(caption):
    paragraphs = PARAGRAPHS.replace("</p>", f"</p>{caption}", 1)
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{paragraphs}</div>") == MARKET.body


STANDFIRST = "ورشة دامت عامين تعيد إلى المدينة أقدم أسواقها، والتجار يستبشرون بعودة الزبائن إلى الأقواس القديمة."


def test_a_standfirst_outside_the_element_of_the_text_is_the_summary():
    page = f"<div class='col'><h1>{TITLE}</h1><p class='intro'>{STANDFIRST}</p><div class='g'>{PARAGRAPHS}</div></div>"
    assert body_of(page) == MARKET.body


def test_a_first_paragraph_that_is_called_an_introduction_is_text():
    page = f"<div><h1>{TITLE}</h1><div class='s'><p class='introduction lead'>{STANDFIRST}</p>{PARAGRAPHS}</div></div>"
    assert body_of(page) == joined(STANDFIRST, MARKET.body)


@pytest.mark.parametrize(
    "sign_off",
    [
        ["// انتهى //", "14:22ت م", "0081"],
        ["--(بترا)", "ص ع/س ص/ ن ح"],
        ["=======ر.ع"],
        ["-مل-", "وام/وليد السعدي/عبدالناصر منعم"],
        ["(النهاية)", "ن س ع / م ج ب", "كونا211420 جمت نوف 12"],
        ["（نهاية الخبر）/"],
        ["كاتب وباحث سوري"],
        ["ترجمة وتحرير: ضفاف بوست", "المصدر: مجلة الفنون"],
        ["writer@addifaf.example", "Twitter: @writer"],
    ],
)
def test_a_sign_off_is_not_text(sign_off):
    lines = "".join(f"<p>{line}</p>" for line in sign_off)
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{PARAGRAPHS}{lines}</div>") == MARKET.body


def test_an_end_mark_in_the_last_paragraph_goes():
    text = "<br />".join(TEXT)
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{text}(النهاية) ف ا / ر ج</div>") == MARKET.body


def test_a_pulled_quotation_that_repeats_the_text_goes_and_a_quotation_of_its_own_stays():
    pulled = f"<div class='pull'>{TEXT[4][:60]}...</div>"
    quoted = "<blockquote>لن ننسى ما قدمه هذا السوق لأهل المدينة<footer>رئيس اللجنة</footer></blockquote>"
    page = f"<h1>{TITLE}</h1><div class='q'><p>{TEXT[0]}</p>{pulled}{quoted}{PARAGRAPHS[len(TEXT[0]) + 7 :]}</div>"
    assert body_of(page) == joined(TEXT[0], "لن ننسى ما قدمه هذا السوق لأهل المدينة", "رئيس اللجنة", *TEXT[1:])


def test_a_table_of_data_keeps_its_numbers():
    rows = [("السنة", "عدد الدكاكين"), ("2019", "84"), ("2021", "120")]
    table = "<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows) + "</table>"
    page = f"<h1>{TITLE}</h1><div class='q'><p>{TEXT[0]}</p>{table}<p>{TEXT[1]}</p></div>"
    assert body_of(page).split() == " ".join([TEXT[0], *(cell for row in rows for cell in row), TEXT[1]]).split()


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ/ي أيضاً",
        "للمزيد - <a href='/1'>حملة لغرس الأشجار على الطريق الساحلي</a>",
        "Please enable JavaScript to view this video, and consider upgrading to a browser that supports HTML5 video",
        "لتشغيل هذا الملف لابد من تشغيل برنامج جافا سكريبت، وأحدث الإصدارات من برنامج فلاش بلاير",
    ],
)
def test_a_line_of_the_page_between_the_paragraphs_goes(line):
    paragraphs = PARAGRAPHS.replace("</p>", f"</p><p>{line}</p>", 1)
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{paragraphs}</div>") == MARKET.body


def test_a_read_more_link_at_a_paragraphs_end_goes():
    paragraphs = PARAGRAPHS.replace("</p>", " <a href='/x'>إقرأ المزيد</a></p>", 1)
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{paragraphs}</div>") == MARKET.body


def test_a_headline_that_only_its_type_tells_and_the_text_share_a_cell():
    page = (
        "<html><head><title>جريدة الأيام</title></head><body><table><tr><td>"
        "<font color=red size=4>عودة بعد عامين</font><br>"
        f"<font size=5><b>{TITLE}</b></font><br><font size=2>العدد 4521 - السبت 3 يونيو 2006</font><br><br>"
        f"{'<br><br>'.join(TEXT)}</td></tr></table></body></html>"
    )
    for shown in (page, page.replace("<table>", f"{'<hr>' * 70}<div><p>{ABOUT}</p></div><table>")):
        article = extract(shown.encode(), "http://alayyam.example/news.php?id=3", now=NOW).article
        assert article is not None
        assert (article.title, article.body) == (TITLE, MARKET.body)


@pytest.mark.parametrize(
    "sentence",
    [
        "شارك ناشطون المقطع على فيسبوك وتويتر على نطاق واسع خلال الساعات الماضية.",
        "وكانت الشركة قد أعلنت سياسة الخصوصية الجديدة مطلع العام وأثارت بها جدلا واسعا بين المستخدمين.",
        "كل دور النشر في المدينة شاركت في المعرض الذي أقيم على هامش الافتتاح.",
        "يرجى الالتزام بمواعيد الدخول، بحسب ما أعلنت البلدية في بيانها الأخير أمس.",
        "كل شيء يتوقف ساعة الصلاة، وهذا بالطبع مما يحبه الزوار في أسواقنا.",
    ],
)
def test_a_last_sentence_that_only_sounds_like_a_notice_or_a_prompt_stays(sentence):
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{PARAGRAPHS}<p>{sentence}</p></div>") == joined(
        MARKET.body, sentence
    )


@pytest.mark.parametrize(
    "line",
    [
        "تابعوا آخر أخبارنا على فيسبوك",
        "تابعوا أخبار الوكالة عبر أثير إذاعة المدينة على الموجات 98.5 و98.1 و96.2",
        "نستخدم ملفات تعريف الارتباط لتحسين تجربتك، وبمتابعة التصفح فإنك توافق على سياسة الخصوصية.",
        "جميع الحقوق محفوظة لصحيفة الضفاف 2021",
        "يرجى الالتزام بآداب الحوار وعدم الإساءة إلى الكاتب أو الأشخاص، ولن ننشر التعليقات المخالفة.",
        "ادعمنا الآن كي تستمر صحافة مستقلة",
    ],
)
def test_a_last_line_that_is_the_papers_own_goes(line):
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{PARAGRAPHS}<p>{line}</p></div>") == MARKET.body


def test_paragraphs_in_heading_elements_are_text():
    paragraphs = "".join(f"<h4>{text}</h4>" for text in (*TEXT[:3], *TEXT[4:]))
    latest = "<div class='b'><h4>آخر الأخبار</h4></div>"
    page = f"<div class='w'><h1>{TITLE}</h1><div class='a'>{paragraphs}</div>{latest}</div>"
    assert body_of(page) == joined(*TEXT[:3], *TEXT[4:])


def test_tags_that_word_leaves_inside_a_sentence_part_no_words():
    paragraphs = "".join(
        f"<p class='Mso'><span>{text[:30]}<o:p></o:p></span><st1:place w:st='on'>{text[30:]}</st1:place></p>"
        for text in TEXT
    )
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{paragraphs}</div>") == MARKET.body


def test_a_list_of_points_before_the_text_is_text_and_a_list_of_facts_is_not():
    points = "<ul><li>السوق يعود بعد عامين من أشغال الترميم</li><li>مواقف جديدة تتسع لأربعمئة سيارة خلف السور</li></ul>"
    facts = "<ul><li>سلمى الوادي</li><li>14 مارس 2021</li></ul>"
    page = f"<h1>{TITLE}</h1><div class='q'>{facts}{points}{PARAGRAPHS}</div>"
    assert body_of(page) == joined(
        "السوق يعود بعد عامين من أشغال الترميم", "مواقف جديدة تتسع لأربعمئة سيارة خلف السور", MARKET.body
    )


def test_a_box_of_a_label_a_linked_headline_and_its_excerpt_inside_the_text_goes():
    title, text = TEASERS[0]
    box = f"<div class='bx'><b>اقرأ أيضاً</b><h4><a href='/1'>{title}</a></h4><p>{text[:180]}</p></div>"
    page = f"<h1>{TITLE}</h1><div class='t'>{PARAGRAPHS.replace('</p>', '</p>' + box, 1)}{PARAGRAPHS}</div>"
    assert body_of(page) == joined(MARKET.body, MARKET.body)


def test_bare_share_boxes_below_the_text_go():
    boxes = (
        "<div><h3>شارك هذا الموضوع:</h3><ul><li><a>تويتر</a></li><li><a>فيس بوك</a></li></ul></div>"
        "<div><h3>معجب بهذه:</h3><div>إعجاب</div><span>تحميل...</span></div><div><h3><em>مرتبط</em></h3></div>"
    )
    assert body_of(f"<div><h1>{TITLE}</h1><div>{PARAGRAPHS}{boxes}</div></div>") == MARKET.body


def test_what_stands_above_a_headline_that_shares_the_texts_cell_is_not_text():
    page = (
        "<table><tr><td align=center><b>العدد:10357 الطبعة الأولى الأثنين 11 ذو القعدة 1421 صحيفة الضفاف اليومية</b>"
        f"</td></tr><tr><td><p align=center><font size=5><b>{TITLE}</b></font></p><font size=4>{'<br>'.join(TEXT)}"
        "</font></td><td><a href='1.htm'>الأولى</a></td></tr><tr><td>[للاتصال بنا][الإعلانات][الاشتراكات][البحث]<br>"
        "أي استفسارات أو اقتراحات اتصل على mis@addifaf.example عناية مدير وحدة الإنترنت</td></tr></table>"
    )
    assert body_of(page) == MARKET.body


def test_bare_text_after_a_heading_in_one_cell_is_text():
    assert body_of(f"<table><tr><td><h2>{TITLE}</h2>{'<br><br>'.join(TEXT)}</td></tr></table>") == MARKET.body


def test_the_hidden_rest_of_a_text_is_text_and_a_hidden_copy_of_it_is_not():
    first, rest = (f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p>", "".join(f"<p>{text}</p>" for text in TEXT[2:]))
    page = f"<h1>{TITLE}</h1><div class='article-content'>{first}<div style='display:none'>{rest}</div>{{}}</div>"
    assert body_of(page.format("<a href='#'>اقرأ المزيد</a>")) == MARKET.body
    assert body_of(page.format(rest)) == MARKET.body


def test_a_slide_of_a_slider_of_articles_is_an_article():
    def slide(title, paragraphs):
        text = "".join(f"<p>{text}</p>" for text in paragraphs)
        return f"<div class='swiper-slide'><h1>{title}</h1><div class='q'>{text}</div></div>"

    other = slide(LONG.title, LONG.paragraphs)
    assert (
        body_of(f"<div class='swiper'><div class='swiper-wrapper'>{slide(TITLE, TEXT)}{other}</div></div>")
        == MARKET.body
    )


def test_the_form_around_a_webforms_page_and_its_ticker_hide_nothing_and_add_nothing():
    state = "<input type='hidden' name='__VIEWSTATE' value='x'>"
    ticker = f"<marquee>{' *** '.join((*MARKET.related, *LONG.paragraphs[:2]))}</marquee>"
    text = f"<div class='summary'>{STANDFIRST}</div><div>{'<br><br>'.join(TEXT)}</div>"
    page = f"<div><form id='aspnetForm'>{state}{ticker}<div class='c'><h1>{TITLE}</h1>{text}</div></form></div>"
    assert body_of(page) == MARKET.body


def test_categories_and_tags_among_a_posts_classes_say_nothing_of_what_it_is():
    classes = "post-1 post type-post hentry category-breaking-news category-latest tag-trending tag-video tag-popular"
    teasers = "".join(f"<div class='w'><h4>{title}</h4><p>{text}</p></div>" for title, text in TEASERS)
    page = f"<article class='{classes}'><h1>{TITLE}</h1><div>{PARAGRAPHS}</div></article><aside>{teasers}</aside>"
    assert body_of(page) == MARKET.body


def test_a_long_caption_in_a_box_of_its_own_among_the_paragraphs_is_not_text():
    caption = "رئيس لجنة الأسواق خلال جولته في السوق بحضور عدد من التجار والمهندسين الذين أشرفوا على الورشة."
    paragraphs = PARAGRAPHS.replace(
        "</p>", f"</p><div class='p1'><span><img src='1.jpg'></span><p>{caption}</p></div>", 1
    )
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{paragraphs}</div>") == MARKET.body


ABOUT = (
    "صحيفة إلكترونية مستقلة شاملة تأسست عام 2010، تعنى بالشأن المحلي والعربي والدولي، وتقدم لقرائها الخبر والتحليل "
    "والرأي على مدار الساعة، ويعمل فيها فريق من الصحافيين المحترفين."
)


@pytest.mark.parametrize("label", ["من نحن", "ذاكرة الصحيفة"])
def test_what_the_paper_says_of_itself_below_a_short_item_is_not_text(label):
    item = f"<div class='k'><h1>{SHORT.title}</h1><div class='b'><p>{SHORT.paragraphs[0]}</p></div></div>"
    about = f"<div class='z1'><h4>{label}</h4><p>{ABOUT}</p><p>{ABOUT}</p></div>"
    assert body_of(item + about, title=SHORT.title) == SHORT.paragraphs[0]


def test_a_standfirst_with_buttons_below_it_does_not_take_the_texts_place():
    buttons = "<ul><li><a href='#'>فيسبوك</a></li><li><a href='#'>تويتر</a></li><li><a href='#'>طباعة</a></li></ul>"
    page = f"<div class='k'><h1>{TITLE}</h1><div class='y'><p>{STANDFIRST}</p></div>{buttons}</div>"
    text = "".join(f"<p>{text}</p>" for text in TEXT[:2])
    assert body_of(f"<main>{page}<div class='k2'><div class='b'>{text}</div></div></main>").endswith(joined(*TEXT[:2]))


def test_a_state_has_the_text_where_the_markup_shows_only_the_papers_own():
    state = {"props": {"pageProps": {"article": {"title": TITLE, "body": PARAGRAPHS}}}}
    script = f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps(state, ensure_ascii=False)}</script>"
    assert body_of(f"<div id='__next'><h1>{TITLE}</h1></div>{script}<div class='z'><p>{ABOUT}</p></div>") == MARKET.body


def test_the_json_ld_has_the_text_where_the_markup_shows_another():
    stated = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(TEXT)}
    head = f"<script type='application/ld+json'>{json.dumps(stated, ensure_ascii=False)}</script>"
    other = "".join(f"<p>{text}</p>" for text in LONG.paragraphs)
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{other}</div>", head=head) == MARKET.body


@pytest.mark.parametrize(
    "part",
    [
        "<a class='tag-link' rel='tag' href='/tag/1'>المجلس المحلي</a>",
        "<a class='keyword related-link' href='/k'>المجلس المحلي</a>",
        "<span class='author'>المجلس المحلي</span>",
        "<mark class='highlights'>المجلس المحلي</mark>",
    ],
)
def test_a_part_of_a_sentence_stays_whatever_its_name(part):
    paragraphs = PARAGRAPHS.replace("المجلس المحلي", part, 1)
    assert part in paragraphs
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{paragraphs}</div>") == MARKET.body


def test_a_subheading_called_a_sections_title_stays():
    paragraphs = PARAGRAPHS.replace(f"<p>{TEXT[3]}</p>", f"<h3 class='section-title'>{TEXT[3]}</h3>")
    assert body_of(f"<h1>{TITLE}</h1><div class='article-content'>{paragraphs}</div>") == MARKET.body


def test_breaking_news_may_say_its_title_again_and_nothing_else():
    title = "هيئة الطيران المدني تغلق مطار العاصمة مؤقتا بسبب الأحوال الجوية"
    page = (
        f"<div class='n'><h1>{title}</h1><div class='date'>10 مايو 2020</div><div class='b'><p>{title}</p></div></div>"
    )
    assert body_of(page, title=title) == title


@pytest.mark.parametrize("heading", ["مزيد من المواقف", "شارك في البناء أهل الحي"])
def test_a_subheading_that_reads_like_a_label_of_a_box_stays(heading):
    paragraphs = PARAGRAPHS.replace(f"<p>{TEXT[3]}</p>", f"<h2>{heading}</h2>")
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{paragraphs}</div>") == joined(*TEXT[:3], heading, *TEXT[4:])


def test_a_short_sentence_that_reads_like_a_label_of_a_box_stays():
    sentence = "شارك في الافتتاح مئتا ضيف."
    assert body_of(f"<h1>{TITLE}</h1><div class='q'>{PARAGRAPHS}<p>{sentence}</p></div>") == joined(
        MARKET.body, sentence
    )


def test_headlines_below_their_label_that_only_a_script_opens_go():
    box = f"<div class='c'><span>اقرأ أيضاً</span><div>{MARKET.related[0]}</div><div>{MARKET.related[1]}</div></div>"
    page = f"<h1>{TITLE}</h1><div class='t'>{PARAGRAPHS.replace('</p>', '</p>' + box, 1)}</div>"
    assert body_of(page) == MARKET.body
