"""The sample newspaper's page designs: a story in, HTML out."""

import json
from html import escape
from urllib.parse import quote

from samples.stories import Story

NAME = "الميزان"
HOST = "www.sample.example"
_MONTHS = {
    "maghreb": [
        "جانفي",
        "فيفري",
        "مارس",
        "أفريل",
        "ماي",
        "جوان",
        "جويلية",
        "أوت",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    "levant": (
        [
            "كانون الثاني",
            "شباط",
            "آذار",
            "نيسان",
            "أيار",
            "حزيران",
            "تموز",
            "آب",
            "أيلول",
            "تشرين الأول",
            "تشرين الثاني",
            "كانون الأول",
        ]
    ),
}
_DAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PRIMARY_MENU = ("الرئيسية", "محليات", "رياضة", "ثقافة", "اقتصاد", "مجتمع", "اتصل بنا", "من نحن")
_POPULAR = ("طريق ساحلي جديد قيد الدراسة", "موعد انطلاق الدورة الشتوية", "حصيلة موسم الاصطياف", "كيف نقرأ مع أطفالنا؟")


def path_of(story: Story) -> str:
    """The story's path, in Arabic letters."""
    slug = "-".join(story.title.replace("«", "").replace("»", "").split())
    if story.layout == 1:
        return f"/dz/{story.section}/item/{story.number}-{slug}"
    if story.layout == 2:
        return f"/{story.section}/{slug}-{story.number}/"
    return f"/article/{story.number}/{slug}"


def page_of(story: Story) -> bytes:
    """The story's page in the design of its years."""
    render = {1: _joomla, 2: _wordpress, 3: _modern}[story.layout]
    return render(story).encode(story.encoding, "xmlcharrefreplace")


def listing(
    layout: int, section: str, stories: list[Story], *, next_page: str | None = None, others: tuple[str, ...] = ()
) -> bytes:
    """A page that lists stories; `others` are addresses that the last design lists besides."""
    if layout == 1:
        rows = "".join(_joomla_row(story) for story in stories)
        content = f'<div class="item-list">{rows}</div>{_pager("التالي", next_page)}'
        return _joomla_page(section, content, description=section).encode()
    if layout == 2:
        rows = "".join(
            f'<li class="post-item"><h2 class="post-title"><a href="{_href(story)}">{escape(story.title)}</a></h2>'
            f'<span class="date meta-item">{_levantine(story)}</span></li>'
            for story in stories
        )
        older = (
            f'<div class="pages-nav"><a class="next" href="{next_page}">الصفحة التالية</a></div>' if next_page else ""
        )
        return _wordpress_page(section, f'<ul id="posts-container">{rows}</ul>{older}', head="").encode()
    rows = "".join(
        f'<div class="card_Root__x1"><a class="card_Link__x2" href="{_href(story)}">{escape(story.title)}</a></div>'
        for story in stories
    )
    rows += "".join(f'<div class="card_Root__x1"><a class="card_Link__x2" href="{a}">{NAME}</a></div>' for a in others)
    return _modern_page(section, f'<section class="list_Grid__y7">{rows}</section>', head="").encode()


def _pager(label: str, next_page: str | None) -> str:
    return f'<div class="pages-nav"><a class="next" href="{next_page}">{label}</a></div>' if next_page else ""


def _href(story: Story) -> str:
    return quote(path_of(story), safe="/-")


def _blocks(story: Story, between: str = "") -> str:
    """The body's markup; `between` is furniture that stands after the second paragraph."""
    parts: list[str] = []
    items: list[str] = []
    for number, block in enumerate(story.blocks):
        text = escape(block.text, quote=False)
        if block.kind == "li":
            items.append(f"<li>{text}</li>")
            continue
        if items:
            parts.append(f"<ul>{''.join(items)}</ul>")
            items = []
        tag = {"p": "p", "h": "h3", "quote": "blockquote", "verse": "p"}[block.kind]
        parts.append(f"<p>{text}</p>" if tag == "p" else f"<{tag}>{text}</{tag}>")
        if number == 1:
            parts.append(between)
    if items:
        parts.append(f"<ul>{''.join(items)}</ul>")
    return "\n".join(parts)


# --- 1: Joomla with K2, as El Massa's pages are
# -----------------------------------------------------------------------------


def _joomla_row(story: Story) -> str:
    assert story.published_at is not None
    stamp = story.published_at.isoformat()
    return (
        f'<div class="item-list-row"><a class="item-image" href="{_href(story)}">'
        f'<img src="/media/k2/{story.number}.jpg" alt=""></a>'
        f'<h3 class="item-title"><a href="{_href(story)}">{escape(story.title)}</a></h3>'
        f'<div class="item-date"><time datetime="{stamp}">{_maghrebi(story)}</time></div></div>'
    )


def _joomla(story: Story) -> str:
    assert story.published_at is not None
    first, *rest = _blocks(story).split("\n")
    kicker = f'<p class="item-uptitle">{escape(story.kicker)}</p>' if story.kicker else ""
    content = f"""
<div id="k2Container" class="itemView">
 <div class="itemHeader">
  {kicker}
  <h3 class="item-title">{escape(story.title)}</h3>
  <div class="item-print-title">{escape(story.title)}</div>
  <ul class="item-info"><li>القراءات: {story.reads_text}</li></ul>
  <div class="item-author"><span class="name">{story.initials}</span> <span class="sign">{story.initials}</span></div>
  <div class="item-date"><time datetime="{story.published_at.isoformat()}">{_maghrebi(story)}</time></div>
  <div class="item-tools"><a href="#">طباعة</a> <a href="#">البريد الإلكتروني</a> <a href="#">تكبير الخط</a></div>
 </div>
 <div class="itemBody">
  <div class="itemImageBlock"><img src="/media/k2/{story.number}.jpg" alt=""><span class="itemImageCaption">صورة من
  الأرشيف</span></div> <div class="itemIntroText">{first.replace("<p>", '<p class="p1">', 1)}</div> <div
  class="itemFullText">{"".join(rest)}</div>
 </div>
 <div class="itemSocialSharing"><span>شارك الموضوع</span> <a href="#">فيسبوك</a> <a href="#">تويتر</a></div>
 <div class="itemRelated"><h3>مواضيع ذات صلة</h3><ul><li><a href="/dz/1">{_POPULAR[0]}</a></li><li><a
 href="/dz/2">{_POPULAR[1]}</a></li></ul></div> <div class="itemComments"><h3>اترك تعليقا</h3><p>لن يتم نشر عنوان
 بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *</p></div>
</div>"""
    return _joomla_page(story.title, content, description=story.blocks[0].text)


def _joomla_page(title: str, content: str, *, description: str) -> str:
    menu = "".join(f'<li><a href="/dz/{quote(name)}">{name}</a></li>' for name in _PRIMARY_MENU)
    popular = "".join(
        f'<li><a href="/dz/{n}">{text}</a> <span>القراءات: {900 - n}</span></li>' for n, text in enumerate(_POPULAR)
    )
    return f"""<!DOCTYPE html>
<html lang="ar-dz" dir="rtl"><head><meta charset="utf-8"><title>{escape(title)} - {NAME}</title>
<meta name="description" content="{escape(description)}"><meta property="og:title" content="{escape(title)}">
<meta property="og:site_name" content="{NAME}"><link rel="stylesheet" href="/templates/main.css"></head>
<body class="com_k2"><div class="cookie-bar">نستخدم ملفات تعريف الارتباط لتحسين تجربتك. <button>موافق</button></div>
<div class="header"><a class="logo" href="/">{NAME}</a><ul class="menu">{menu}</ul><a href="/search?q=">بحث</a></div>
<div class="ticker"><span>عاجل</span><a href="/dz/9">تأجيل مباراة الغد بسبب سوء الأحوال الجوية</a></div>
<div class="main">{content}</div>
<div class="sidebar"><h3>الأكثر قراءة</h3><ul>{popular}</ul><div class="banner">مساحة إعلانية</div></div>
<div class="footer">جميع الحقوق محفوظة لجريدة {NAME} © 2018</div></body></html>"""


def _maghrebi(story: Story) -> str:
    moment = story.published_at
    assert moment is not None
    return f"{_DAYS[moment.weekday()]} {moment:%d} {_MONTHS['maghreb'][moment.month - 1]} {moment.year}"


# --- 2: a WordPress news theme
# ---------------------------------------------------------------------------------------------


def _wordpress(story: Story) -> str:
    related = f'<div class="inline-related"><span>اقرأ أيضا</span><a href="/7/">{_POPULAR[2]}</a></div>'
    by = f'<span class="meta-author">بقلم: {" و".join(story.authors)}</span>' if story.authors else ""
    agency = f'<span class="meta-source">{NAME} - {story.agency}</span>' if story.agency else ""
    views = (
        f'<span class="meta-views"><i class="fa fa-eye"></i> {story.reads_text} مشاهدة</span>'
        if story.reads_text
        else ""
    )
    tags = "".join(f'<a rel="tag" href="/tag/{quote(tag)}/">{tag}</a>' for tag in story.tags)
    content = f"""
<article id="the-post" class="container-wrapper post-content">
 <nav id="breadcrumb"><a href="/">الرئيسية</a> / <a href="/{quote(story.section)}/">{story.section}</a></nav>
 <header class="entry-header"><span class="post-cat-wrap"><a class="post-cat"
 href="/{quote(story.section)}/">{story.section}</a></span> <h1 class="post-title entry-
 title">{escape(story.title)}</h1> <div class="post-meta">{by}{agency}<span class="date meta-
 item">{_levantine(story)}</span>{views} <span class="meta-reading-time">دقيقتان قراءة</span><span class="meta-
 comment">0 تعليقات</span></div></header> <figure class="single-featured-image"><img src="/wp-
 content/uploads/{story.number}.jpg" alt=""><figcaption>من أرشيف الجريدة</figcaption></figure> <div class="entry-
 content entry clearfix">{_blocks(story, related)}
  <div class="post-bottom-meta">{tags}</div><div class="telegram-box">تابعونا على قناتنا في تلغرام</div></div>
 <div class="share-buttons"><span>شاركها</span><a href="#">فيسبوك</a><a href="#">واتساب</a></div>
 <div class="about-author"><img src="/author.png" alt=""><p>محررو {NAME}</p></div>
</article>
<div id="related-posts"><h3>مقالات ذات صلة</h3><a href="/x/">{_POPULAR[0]}</a><a href="/y/">{_POPULAR[3]}</a></div>
<div id="respond"><h3>اترك تعليقاً</h3><p>لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ
*</p></div>"""
    return _wordpress_page(story.title, content, head=_yoast(story))


def _yoast(story: Story) -> str:
    """JSON-LD as the SEO plugin writes it: the author is whoever has the account."""
    graph = [
        {"@type": "WebSite", "@id": f"https://{HOST}/#website", "name": NAME},
        {"@type": "Person", "@id": f"https://{HOST}/#/person/1", "name": "admin"},
        {"@type": "WebPage", "@id": f"https://{HOST}{_href(story)}", "name": f"{story.title} - {NAME}"},
    ]
    document = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return f'<script type="application/ld+json" class="yoast-schema-graph">{document}</script>'


def _wordpress_page(title: str, content: str, *, head: str) -> str:
    menu = "".join(f'<li class="menu-item"><a href="/{quote(name)}/">{name}</a></li>' for name in _PRIMARY_MENU)
    popular = "".join(f'<li class="widget-post"><a href="/{n}/">{text}</a></li>' for n, text in enumerate(_POPULAR))
    return f"""<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="UTF-8"><title>{escape(title)} -
    {NAME}</title>
<meta property="og:title" content="{escape(title)} - {NAME}"><meta property="og:site_name" content="{NAME}">
<meta property="og:type" content="article"><link rel="alternate" type="application/rss+xml" href="/feed/">{head}</head>
<body class="rtl single"><header id="theme-header"><div class="logo"><a href="/">{NAME}</a></div><ul id="menu-
main">{menu}</ul></header> <div id="content" class="site-content"><div class="main-content">{content}</div> <aside
class="sidebar"><div class="widget"><h3>الأكثر مشاهدة</h3><ul>{popular}</ul></div></aside></div> <footer
id="footer"><p>جميع الحقوق محفوظة © {NAME}</p></footer></body></html>"""


def _levantine(story: Story) -> str:
    moment = story.published_at
    return f"{moment.day} {_MONTHS['levant'][moment.month - 1]} {moment.year}" if moment else ""


# --- 3: rendered by a script framework
# ---------------------------------------------------------------------------------------


def _modern(story: Story) -> str:
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "articleSection": story.section,
        "publisher": {"@type": "NewsMediaOrganization", "name": NAME},
        "author": [{"@type": "Person", "name": name} for name in story.authors]
        or {"@type": "Organization", "name": NAME},
    }
    if story.published_at:
        data["datePublished"] = story.published_at.isoformat()
    date = f'<span class="byline_Date__k3">{_arabic_indic(story)}</span>' if story.published_at else ""
    by = f'<span class="byline_Author__k2">{"، ".join(story.authors)}</span>' if story.authors else ""
    standfirst = f'<p class="head_Standfirst__k5">{story.summary}</p>' if story.summary else ""
    tags = "".join(f'<a class="tags_Tag__t1" rel="tag" href="/topic/{quote(tag)}">{tag}</a>' for tag in story.tags)
    sign_off = f"<p>({story.agency})</p>" if story.agency else ""
    content = f"""<article class="story_Root__a1">
<div class="head_Section__k1"><a href="/section/{quote(story.section)}">{story.section}</a></div>
<h1 class="head_Title__k4">{escape(story.title)}</h1>{standfirst}
<div class="byline_Root__k0">{by}{date}</div>
<figure class="media_Root__m1"><img src="/i/{story.number}.webp" alt=""><figcaption>لقطة عامة من
المكان</figcaption></figure> <div class="story_Body__a2">{_blocks(story)}{sign_off}</div> <div
class="tags_Root__t0">{tags}</div><div class="share_Root__s0"><button>شارك</button></div></article> <section
class="more_Root__r0"><h2>المزيد</h2><a href="/article/0">{_POPULAR[1]}</a></section>"""
    head = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
    return _modern_page(story.title, content, head=head)


def _modern_page(title: str, content: str, *, head: str) -> str:
    menu = "".join(f'<a class="nav_Item__n1" href="/section/{quote(name)}">{name}</a>' for name in _PRIMARY_MENU)
    return f"""<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{escape(title)} |
    {NAME}</title>
<meta property="og:title" content="{escape(title)}"><meta property="og:site_name" content="{NAME}">{head}</head>
<body><div id="__next"><nav class="nav_Root__n0">{menu}</nav><main>{content}</main>
<footer class="foot_Root__f0">جميع الحقوق محفوظة {NAME}</footer></div></body></html>"""


def _arabic_indic(story: Story) -> str:
    moment = story.published_at
    assert moment is not None
    text = f"{_DAYS[moment.weekday()]} {moment:%d} {_MONTHS['maghreb'][moment.month - 1]} {moment.year}"
    return text.translate(_ARABIC_DIGITS)
