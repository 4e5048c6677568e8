"""Pages in the mark-up of the systems that Arabic papers run on, around invented articles.

Each family is a function of a story that answers (page, address, what its record must say). The mark-up follows what
public scrapers and themes' sources say of these systems; no page of any paper is copied.
"""

import html
import json
from dataclasses import dataclass, field
from typing import Any

from tests.extraction.stories import Story


@dataclass
class Made:
    """One page and the record that it must give; fields not named are not checked."""

    page: str
    url: str
    expected: dict[str, Any] = field(default_factory=dict)
    encoding: str = "utf-8"


def _p(paragraphs, tag="p", attributes=""):
    return "\n".join(f"<{tag}{attributes}>{html.escape(text, quote=False)}</{tag}>" for text in paragraphs)


def _links(titles, prefix="/news/"):
    return "".join(f'<li><a href="{prefix}{n}">{title}</a></li>' for n, title in enumerate(titles, 1))


def _expected(story: Story, **more: Any) -> dict[str, Any]:
    base = {
        "title": story.title,
        "body": story.body,
        "author_initials": None,
        "read_count": None,
        "day": "2021-03-14",
        "authors": [story.author],
    }
    return base | more


def jannah(story: Story) -> Made:
    """WordPress, theme Jannah (TieLabs): entry-content, meta items with icons, inline related, post bottom tags."""
    cut = len(story.paragraphs) // 2
    page = f"""<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="UTF-8" /><title>{story.title} - جريدة الضفاف</title>
<meta property="og:title" content="{story.title} - جريدة الضفاف" /><meta property="og:site_name" content="جريدة الضفاف" /><meta property="og:type" content="article" />
<meta property="article:published_time" content="2021-03-14T09:20:11+00:00" /><meta property="article:modified_time" content="2021-03-14T10:02:00+00:00" />
<meta property="og:description" content="{story.paragraphs[0][:150]}" />
<script id="tie-schema-json" type="application/ld+json">{{"@context":"http:\\/\\/schema.org","@type":"NewsArticle","dateCreated":"2021-03-14T11:20:11+02:00","datePublished":"2021-03-14T11:20:11+02:00","dateModified":"2021-03-14T12:02:00+02:00","headline":"{story.title}","name":"{story.title}","keywords":"","url":"https:\\/\\/addifaf.example\\/archives\\/8812","articleSection":"{story.section}","author":{{"@type":"Person","name":"{story.author}","url":"https:\\/\\/addifaf.example\\/author\\/salma"}}}}</script>
</head><body id="tie-body" class="rtl post-template-default single single-post is-desktop is-header-layout-3 sidebar-left has-sidebar post-layout-1 narrow-title-narrow-media has-mobile-share">
<div class="background-overlay"><div id="tie-container" class="site tie-container"><div id="tie-wrapper">
<header id="theme-header" class="theme-header header-layout-3"><div class="top-nav"><div class="topbar-today-date tie-icon">السبت, نوفمبر 21 2026</div></div>
<div class="main-nav-wrapper"><nav id="main-nav"><ul class="menu">{_links(["الرئيسية", "سياسة", "اقتصاد", "رياضة"], "/category/")}</ul></nav></div></header>
<div id="content" class="site-content container"><div id="main-content-row" class="tie-row main-content-row"><div class="main-content tie-col-md-8" role="main">
<article id="the-post" class="container-wrapper post-content tie-standard">
<header class="entry-header-outer"><nav id="breadcrumb"><a href="/"><span class="tie-icon-home"></span> الرئيسية</a><em class="delimiter">/</em><a href="/category/s">{story.section}</a><em class="delimiter">/</em><span class="current">{story.title}</span></nav>
<div class="entry-header"><span class="post-cat-wrap"><a class="post-cat tie-cat-4" href="/category/s">{story.section}</a></span>
<h1 class="post-title entry-title">{story.title}</h1>
<div class="single-post-meta post-meta clearfix"><span class="author-meta single-author with-avatars"><span class="meta-item meta-author-wrapper meta-author-11"><span class="meta-author-avatar"><a href="/author/salma"><img alt="صورة {story.author}" src="a.jpg"/></a></span><span class="meta-author"><a href="/author/salma" class="author-name tie-icon">{story.author}</a></span></span></span><span class="date meta-item tie-icon">مارس 14, 2021</span><span class="meta-item last-updated">آخر تحديث: مارس 14, 2021</span><div class="tie-alignright"><span class="meta-comment tie-icon meta-item fa-before">0</span><span class="meta-views meta-item very-high"><span class="tie-icon-fire" aria-hidden="true"></span> 13٬629 </span><span class="meta-reading-time meta-item"><span class="tie-icon-bookmark"></span> 3 دقائق</span></div></div></div></header>
<div id="share-buttons-top" class="share-buttons share-buttons-top"><div class="share-links"><a href="#" class="facebook-share-button"><span class="social-text">فيسبوك</span></a><a href="#" class="twitter-share-button"><span class="social-text">تويتر</span></a></div></div>
<div class="featured-area"><figure class="single-featured-image"><img src="x.jpg"/><figcaption class="single-caption-text">{story.caption}</figcaption></figure></div>
<div class="entry-content entry clearfix"><div class="stream-item stream-item-above-post-content"><ins class="adsbygoogle"></ins></div>
{_p(story.paragraphs[:cut])}
<div id="inline-related-post" class="mag-box mini-posts-box content-only"><div class="container-wrapper"><div class="widget-title the-global-title"><div class="the-subtitle">مقالات ذات صلة</div></div><div class="mag-box-container clearfix"><ul class="posts-items posts-list-container"><li class="widget-single-post-item widget-post-list"><div class="post-widget-thumbnail"><a href="/archives/1"><img/></a></div><div class="post-widget-body"><a class="post-title the-subtitle" href="/archives/1">{story.related[0]}</a><div class="post-meta"><span class="date meta-item tie-icon">مارس 13, 2021</span></div></div></li></ul></div></div></div>
{_p(story.paragraphs[cut:])}
<p><strong>اقرأ أيضاً: <a href="/archives/2">{story.related[1]}</a></strong></p>
<p>تابعوا آخر الأخبار عبر <a href="https://t.me/x">قناتنا على تلغرام</a></p>
<div class="post-bottom-meta post-bottom-tags post-tags-modern"><div class="post-bottom-meta-title"><span class="tie-icon-tags"></span> الوسوم</div><span class="tagcloud">{"".join(f'<a href="/tag/{n}" rel="tag">{t}</a> ' for n, t in enumerate(story.tags))}</span></div>
</div><div id="post-extra-info"></div></article>
<div class="post-components"><div class="about-author container-wrapper about-author-11"><div class="author-avatar"></div><div class="author-info"><h3 class="author-name"><a href="/author/salma">{story.author}</a></h3><div class="author-bio">صحافية تكتب في شؤون المدن والبيئة منذ عشر سنوات، وصدر لها كتابان عن أسواق البلدات القديمة.</div></div></div>
<div id="related-posts" class="container-wrapper has-extra-post"><div class="mag-box-title the-global-title"><h3>مقالات ذات صلة</h3></div><div class="related-posts-list">{"".join(f'<div class="related-item tie-standard"><h3 class="post-title"><a href="/r/{n}">{t}</a></h3><div class="post-meta clearfix"><span class="date meta-item tie-icon">فبراير {n + 1}, 2021</span></div></div>' for n, t in enumerate(story.related))}</div></div>
<div id="comments" class="comments-area"><div id="add-comment-block" class="container-wrapper"><div id="respond" class="comment-respond"><h3 id="reply-title" class="comment-reply-title">اترك تعليقاً</h3><form><p class="comment-notes"><span id="email-notes">لن يتم نشر عنوان بريدك الإلكتروني.</span> الحقول الإلزامية مشار إليها بـ *</p></form></div></div></div></div>
</div><aside class="sidebar tie-col-md-4" aria-label="القائمة الجانبية الرئيسية"><div class="widget"><div class="widget-title">الأكثر قراءة</div><ul>{_links(story.related)}</ul></div></aside></div></div>
<footer id="footer"><p>جميع الحقوق محفوظة © 2026</p></footer></div></div></div></body></html>"""
    return Made(
        page,
        "https://addifaf.example/archives/8812",
        _expected(story, read_count=13629, section=story.section, tags=list(story.tags)),
    )


def tagdiv(story: Story) -> Made:
    """WordPress, theme Newspaper (tagDiv): td-post-content, td blocks inside the text, no JSON-LD, Levantine date."""
    page = f"""<!doctype html><html dir="rtl" lang="ar"><head><meta charset="UTF-8"/><title>{story.title} | وكالة نبع الإخبارية</title>
<meta property="og:site_name" content="وكالة نبع الإخبارية"/><meta property="og:title" content="{story.title}"/><meta name="author" content="admin">
</head><body class="rtl single single-post td-standard-pack"><div id="td-outer-wrap" class="td-theme-wrap"><div class="td-header-wrap"><div class="td-header-menu-wrap"><ul class="sf-menu">{_links(["الرئيسية", "أخبار", "مقالات"], "/category/")}</ul></div></div>
<div class="td-main-content-wrap td-container-wrap"><div class="td-container td-post-template-default"><div class="td-crumb-container"><div class="entry-crumbs"><span><a class="entry-crumb" href="/">الرئيسية</a></span> <span><a class="entry-crumb" href="/category/s">{story.section}</a></span> <span class="td-bred-no-url-last">{story.title}</span></div></div>
<div class="td-pb-row"><div class="td-pb-span8 td-main-content" role="main"><div class="td-ss-main-content"><article id="post-41" class="post-41 post type-post status-publish format-standard" itemscope itemtype="https://schema.org/Article">
<div class="td-post-header"><ul class="td-category"><li class="entry-category"><a href="/category/s">{story.section}</a></li></ul><header class="td-post-title"><h1 class="entry-title">{story.title}</h1>
<div class="td-module-meta-info"><div class="td-post-author-name"><div class="td-author-by">بواسطة</div> <a href="/author/a">{story.author}</a><div class="td-author-line"> - </div></div><span class="td-post-date"><time class="entry-date updated td-module-date" datetime="2021-03-14T18:05:00+03:00">14 آذار، 2021</time></span><div class="td-post-comments"><a href="#respond"><i class="td-icon-comments"></i>0</a></div><div class="td-post-views"><i class="td-icon-views"></i><span class="td-nr-views-41">2418</span></div></div></header></div>
<div class="td-post-sharing-top"><div class="td-default-sharing">مشاركة</div></div>
<div class="td-post-content tagdiv-type"><div class="td-post-featured-image"><figure><a href="i.jpg"><img src="i.jpg"/></a><figcaption class="wp-caption-text">{story.caption}</figcaption></figure></div>
{_p(story.paragraphs[:2])}
<div class="td-a-rec td-a-rec-id-content_inline"><span class="td-adspot-title">- إعلان -</span></div>
{_p(story.paragraphs[2:])}
<p>&nbsp;</p><blockquote class="twitter-tweet"><p lang="ar" dir="rtl">سعدنا اليوم بزيارة السوق <a href="https://twitter.com/hashtag/x">#السوق</a></p>&mdash; حساب البلدية (@baladiya) <a href="https://twitter.com/x/status/1">March 14, 2021</a></blockquote>
</div><footer><div class="td-post-source-tags"><ul class="td-tags td-post-small-box clearfix"><li><span>كلمات دلالية</span></li>{"".join(f'<li><a href="/tag/{n}">{t}</a></li>' for n, t in enumerate(story.tags))}</ul></div>
<div class="td-block-row td-post-next-prev"><div class="td-block-span6 td-post-prev-post"><div class="td-post-next-prev-content"><span>المقال السابق</span><a href="/p">{story.related[0]}</a></div></div><div class="td-block-span6 td-post-next-post"><div class="td-post-next-prev-content"><span>المقال التالي</span><a href="/n">{story.related[1]}</a></div></div></div></footer></article>
<div class="td_block_wrap td_block_related_posts"><h4 class="td-related-title"><a class="td-related-left td-cur-simple-item">مواضيع ذات صلة</a><a class="td-related-right">المزيد من الكاتب</a></h4><div class="td_block_inner">{"".join(f'<div class="td_module_related_posts"><h3 class="entry-title td-module-title"><a href="/r{n}">{t}</a></h3></div>' for n, t in enumerate(story.related))}</div></div></div></div></div></div></div></div></body></html>"""
    return Made(
        page,
        "https://nabaa.example/2021/03/14/suq/",
        _expected(story, read_count=2418, section=story.section, tags=list(story.tags)),
    )


def k2(story: Story) -> Made:
    """Joomla with K2: kicker above an h3, hits in a list, initials printed twice, intro and full text apart."""
    page = f"""<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar-aa" lang="ar-aa" dir="rtl"><head><meta http-equiv="content-type" content="text/html; charset=utf-8" /><meta name="author" content="Super User" /><meta name="description" content="{story.paragraphs[0]}" /><meta property="og:title" content="{story.title}" /><title>{story.title}</title></head>
<body class="itemView"><div id="top"><ul class="nav menu">{_links(["الرئيسية", "الوطن", "المحلي", "الرياضي"], "/dz/")}</ul></div>
<div id="k2Container" class="itemView"><span id="startOfPageId81"></span><div class="itemHeader"><div class="item-kicker">{story.kicker}</div><h3 class="item-title">{story.title}</h3>
<div class="item-date"><time datetime="2021-03-14T21:10:40+01:00">الأحد, 14 مارس 2021 21:10</time></div></div>
<div class="itemToolbar"><ul><li><span class="itemTextResizerTitle">حجم الخط</span> <a href="#" id="fontDecrease"><span>تصغير حجم الخط</span></a> <a href="#" id="fontIncrease"><span>تكبير حجم الخط</span></a></li><li><a class="itemPrintLink" rel="nofollow" href="#"><span>طباعة</span></a></li><li><a class="itemEmailLink" href="#"><span>البريد الإلكتروني</span></a></li><li class="itemHits">القراءات: <b>458</b></li></ul></div>
<div class="itemBody"><div class="item-author">ق/ د</div><div class="item-author-bottom">ق/ د</div><div class="itemIntroText">{_p(story.paragraphs[:1], attributes=' class="p1"')}</div><div class="itemFullText">{_p(story.paragraphs[1:], attributes=' class="p1"')}</div></div>
<div class="itemLinks"><div class="itemTagsBlock"><span>الوسوم</span><ul class="itemTags">{"".join(f'<li><a href="/tag/{n}">{t}</a></li>' for n, t in enumerate(story.tags))}</ul></div></div>
<div class="itemRelated"><h3>مقالات ذات صلة (بواسطة كلمات دليلية)</h3><ul>{_links(story.related)}</ul></div><div class="itemNavigation"><span class="itemNavigationTitle">المزيد في هذا القسم:</span><a class="itemPrevious" href="/a">« {story.related[0]}</a> <a class="itemNext" href="/b">{story.related[1]} »</a></div></div>
<div id="footer">جميع الحقوق محفوظة لجريدة المرسى</div></body></html>"""
    return Made(
        page,
        "https://www.almarsa.example/dz/item/81",
        _expected(story, read_count=458, author_initials="ق/ د", authors=[], kicker=story.kicker),
    )


def drupal(story: Story) -> Made:
    """Drupal 7: field-name-body, submitted line, field labels, paragraphs by br, comments below."""
    text = "<br />\n<br />\n".join(story.paragraphs)
    page = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8" /><title>{story.title} | موقع الرباط اليوم</title><meta name="Generator" content="Drupal 7 (http://drupal.org)" /><link rel="canonical" href="/node/913" /></head>
<body class="html not-front not-logged-in one-sidebar sidebar-second page-node page-node- page-node-913 node-type-article"><div id="page-wrapper"><div id="header"><div id="block-system-main-menu"><ul class="menu">{_links(["الرئيسية", "سياسة", "جهات"], "/taxonomy/")}</ul></div></div>
<div id="main-wrapper" class="clearfix"><div id="breadcrumb"><h2 class="element-invisible">أنت هنا</h2><div class="breadcrumb"><a href="/">الرئيسية</a> » <a href="/s">{story.section}</a></div></div><div id="content" class="column"><div class="section"><a id="main-content"></a><h1 class="title" id="page-title">{story.title}</h1><div class="region region-content"><div id="block-system-main" class="block block-system"><div class="content"><div id="node-913" class="node node-article node-promoted clearfix"><div class="meta submitted">نُشر بواسطة {story.author} في الأحد, 14/03/2021 - 15:17</div>
<div class="content clearfix"><div class="field field-name-field-image field-type-image"><div class="field-items"><div class="field-item even"><img src="f.jpg" /></div></div></div><div class="field field-name-field-source field-label-inline clearfix"><div class="field-label">المصدر:&nbsp;</div><div class="field-items"><div class="field-item even">الرباط اليوم</div></div></div>
<div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded">{text}</div></div></div>
<div class="field field-name-field-tags field-type-taxonomy-term-reference field-label-above"><div class="field-label">وسوم:&nbsp;</div><div class="field-items">{"".join(f'<div class="field-item even"><a href="/tags/{n}">{t}</a></div>' for n, t in enumerate(story.tags))}</div></div></div>
<div class="link-wrapper"><ul class="links inline"><li class="comment-add first last"><a href="#comment-form">إضافة تعليق جديد</a></li><li class="statistics_counter"><span>1902 قراءة</span></li></ul></div>
<div id="comments" class="comment-wrapper"><h2 class="title">التعليقات</h2><div class="comment"><div class="submitted">زائر، الأحد, 14/03/2021 - 19:40</div><div class="content">أتمنى أن تشمل الأشغال بقية الأسواق القديمة في المدينة، فهي تحتاج إلى العناية نفسها، وشكرا لكل من ساهم في هذا العمل الجميل.</div></div></div></div></div></div></div></div></div>
<div id="sidebar-second" class="column sidebar"><div class="block block-views"><h2>الأكثر قراءة</h2><div class="view-content"><div class="views-row"><span class="views-field-title"><a href="/1">{story.related[0]}</a></span><span class="views-field-totalcount">8120 قراءة</span></div></div></div></div></div></div></body></html>"""
    return Made(page, "https://arribat.example/node/913", _expected(story, read_count=1902))


def webforms(story: Story) -> Made:
    """ASP.NET WebForms, windows-1256, nested tables, spans with ctl00 ids, font elements, date line by hand, no og."""
    text = "<br><br>".join(story.paragraphs)
    page = f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><title>جريدة السفوح :: {story.title}</title></head>
<body topmargin="0"><form name="aspnetForm" method="post" action="Details.aspx?id=5512" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{"dDwtMTA" * 200}" />
<table width="980" border="0" align="center" cellpadding="0"><tr><td colspan="3"><img src="logo.gif"></td></tr><tr><td colspan="3" bgcolor="#003366"><font color="white"><a href="default.aspx">الرئيسية</a> | <a href="s.aspx?id=1">محليات</a> | <a href="s.aspx?id=2">اقتصاد</a> | <a href="s.aspx?id=3">رياضة</a> | <a href="c.aspx">اتصل بنا</a></font></td></tr>
<tr><td width="180" valign="top"><table><tr><td class="boxhead">آخر الأخبار</td></tr>{"".join(f'<tr><td><font size="2"><a href="Details.aspx?id={n}">{t}</a></font></td></tr>' for n, t in enumerate(story.related))}</table></td>
<td valign="top"><table width="100%"><tr><td align="right"><span id="ctl00_ContentPlaceHolder1_lblSection" class="cat"><a href="s.aspx?id=1">{story.section}</a></span></td></tr><tr><td align="center"><span id="ctl00_ContentPlaceHolder1_lblTitle" class="NewsTitle"><font size="5" color="#990000"><b>{story.title}</b></font></span></td></tr>
<tr><td><font size="2" color="gray"><span id="ctl00_ContentPlaceHolder1_lblDate">الأحد 14/03/2021 07:23 م</span></font></td></tr><tr><td><span id="ctl00_ContentPlaceHolder1_lblWriter">كتب: {story.author}</span></td></tr>
<tr><td align="center"><img src="Upload/1.jpg" width="400"><br><font size="1" color="gray">{story.caption}</font></td></tr>
<tr><td align="justify"><span id="ctl00_ContentPlaceHolder1_lblBody"><font face="Simplified Arabic" size="4">{text}</font></span></td></tr>
<tr><td>عدد القراءات : ١٬٢٠٤</td></tr><tr><td><a href="print.aspx?id=5512">طباعة</a> | <a href="send.aspx">أرسل لصديق</a></td></tr>
<tr><td><b>تعليقات القراء</b></td></tr><tr><td><font size="2">الآراء الواردة في التعليقات تعبر عن أصحابها ولا تعبر عن رأي الجريدة</font></td></tr></table></td>
<td width="180" valign="top"><table><tr><td class="boxhead">الأكثر قراءة</td></tr>{"".join(f'<tr><td><a href="Details.aspx?id={n}">{t}</a> (قراءة: {900 - n})</td></tr>' for n, t in enumerate(story.related))}</table></td></tr>
<tr><td colspan="3" align="center"><font size="1">جميع الحقوق محفوظة لجريدة السفوح 2021 ©</font></td></tr></table></form></body></html>"""
    return Made(page, "http://www.assufouh.example/Details.aspx?id=5512", _expected(story, read_count=1204), "cp1256")


def nextjs(story: Story) -> Made:
    """React server-rendered with CSS modules: no telling names, p each in a div, byline and date in a list, recommendations between."""
    blocks = "".join(
        f'<div class="css-1ab2cd3 e1x{n}"><p class="css-9zz8yy7 e2">{text}</p></div>'
        for n, text in enumerate(story.paragraphs[:2])
    )
    rest = "".join(
        f'<div class="css-1ab2cd3 e1x{n}"><p class="css-9zz8yy7 e2">{text}</p></div>'
        for n, text in enumerate(story.paragraphs[2:])
    )
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "NewsArticle",
                "headline": f"خبر: {story.title}",
                "datePublished": "2021-03-14T11:00:00.000Z",
                "dateModified": "2021-03-14T11:30:00.000Z",
                "author": [{"@type": "Person", "name": story.author}],
                "publisher": {"@type": "NewsMediaOrganization", "name": "مرصد الأنباء"},
            }
        ],
    }
    page = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><title data-react-helmet="true">{story.title} - مرصد الأنباء</title><meta property="og:title" content="{story.title} - مرصد الأنباء"/><meta property="og:site_name" content="مرصد الأنباء"/><meta property="og:url" content="https://marsad.example/arabic/articles/c1"/>
<script type="application/ld+json"><![CDATA[{json.dumps(data, ensure_ascii=False)}]]></script></head><body><div id="__next"><header role="banner" class="css-aa1"><div class="css-bb1"><a href="#content" class="css-sk">إذهب الى المحتوى</a><nav role="navigation"><ul>{_links(["الرئيسية", "شرق أوسط", "علوم"], "/arabic/topics/")}</ul></nav></div></header>
<div class="css-c1"><main role="main" class="css-m1"><div class="css-h0"><h1 id="content" class="css-h1" tabindex="-1">{story.title}</h1></div><figure class="css-f"><div><img alt="" src="1.jpg"/><p class="css-k" role="text"><span class="css-vh">صدر الصورة، </span>GETTY IMAGES</p></div><figcaption class="css-cap"><span class="css-vh">التعليق على الصورة، </span><p>{story.caption}</p></figcaption></figure>
<section role="region" aria-labelledby="article-byline"><strong id="article-byline" class="css-vh">معلومات المقال</strong><ul role="list"><li><span>Author, <span>{story.author}</span></span></li><li><span>Role, <span>مرصد الأنباء</span></span></li><li><time datetime="2021-03-14">14 مارس/ آذار 2021</time></li></ul></section>
{blocks}<section role="region" class="css-rec"><div><a href="#end-of-recommendations" class="css-skip">تخطى قصص مقترحة وواصل القراءة</a><strong>قصص مقترحة</strong><ul role="list">{_links(story.related)}</ul><p id="end-of-recommendations">قصص مقترحة نهاية</p></div></section>{rest}</main>
<aside role="complementary"><h2>مواضيع ذات صلة</h2><ul role="list">{"".join(f'<li><a href="/arabic/topics/t{n}">{t}</a></li>' for n, t in enumerate(story.tags))}</ul></aside>
<section role="region"><h2>الأخبار الرئيسية</h2><ul>{"".join(f'<li><div><h3><a href="/arabic/articles/x{n}">{t}</a></h3><time datetime="2021-03-1{n}">1{n} مارس/ آذار 2021</time></div></li>' for n, t in enumerate(story.related))}</ul></section></div>
<footer role="contentinfo"><p>© 2026 مرصد الأنباء. المرصد ليس مسؤولا عن محتوى المواقع الخارجية.</p></footer></div><script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"pageProps": {"id": 1}}})}</script></body></html>"""
    return Made(page, "https://marsad.example/arabic/articles/c1", _expected(story, tags=list(story.tags)))


def elementor(story: Story) -> Made:
    """WordPress with Elementor: no entry-content, widgets in widgets, share and table of contents inside."""
    page = f"""<!doctype html><html dir="rtl" lang="ar"><head><meta charset="UTF-8"><title>{story.title} &#8211; منصة الأفق</title><meta property="og:site_name" content="منصة الأفق"><meta property="og:title" content="{story.title}"><meta property="article:published_time" content="2021-03-14T05:00:00+00:00">
<script type="application/ld+json" class="yoast-schema-graph">{{"@context":"https://schema.org","@graph":[{{"@type":"Article","@id":"https://alofoq.example/suq/#article","author":{{"name":"{story.author}","@id":"https://alofoq.example/#/schema/person/1"}},"headline":"{story.title}","datePublished":"2021-03-14T05:00:00+00:00","articleSection":["{story.section}"]}},{{"@type":"WebPage","datePublished":"2021-03-14T05:00:00+00:00","breadcrumb":{{"@id":"b"}}}},{{"@type":"BreadcrumbList","@id":"b","itemListElement":[{{"@type":"ListItem","position":1,"name":"الرئيسية"}},{{"@type":"ListItem","position":2,"name":"{story.section}"}},{{"@type":"ListItem","position":3,"name":"{story.title}"}}]}},{{"@type":"Person","@id":"https://alofoq.example/#/schema/person/1","name":"{story.author}"}}]}}</script></head>
<body class="rtl single elementor-default elementor-kit-6 elementor-page-77"><header data-elementor-type="header" class="elementor elementor-5 elementor-location-header"><div class="elementor-widget elementor-widget-nav-menu"><ul>{_links(["الرئيسية", "تقارير"], "/c/")}</ul></div><div class="elementor-widget-search-form"><form><span>Search</span><span>Close this search box.</span></form></div></header>
<div data-elementor-type="single-post" class="elementor elementor-77 elementor-location-single post-12 post type-post"><section class="elementor-section"><div class="elementor-container"><div class="elementor-column"><div class="elementor-widget-wrap"><div class="elementor-element elementor-widget elementor-widget-theme-post-title elementor-page-title elementor-widget-heading"><div class="elementor-widget-container"><h1 class="elementor-heading-title elementor-size-default">{story.title}</h1></div></div>
<div class="elementor-widget elementor-widget-post-info"><div class="elementor-widget-container"><ul class="elementor-inline-items elementor-icon-list-items elementor-post-info"><li itemprop="author"><a href="/a"><span class="elementor-icon-list-text elementor-post-info__item elementor-post-info__item--type-author">{story.author}</span></a></li><li itemprop="datePublished"><span class="elementor-post-info__item--type-date"><time>مارس 14, 2021</time></span></li></ul></div></div>
<div class="elementor-element elementor-widget elementor-widget-theme-post-content"><div class="elementor-widget-container">{_p(story.paragraphs)}<div class="code-block code-block-1"><p>للاشتراك في قناتنا على واتساب <a href="https://whatsapp.com/c">اضغط هنا</a></p></div></div></div>
<div class="elementor-widget elementor-widget-share-buttons"><div class="elementor-share-btn"><span class="elementor-share-btn__title">Facebook</span></div></div><div class="elementor-widget elementor-widget-posts"><h4>شاهد أيضاً</h4><div class="elementor-posts-container">{"".join(f'<article class="elementor-post"><h3 class="elementor-post__title"><a href="/{n}">{t}</a></h3><div class="elementor-post__excerpt"><p>{t}، وهذا ما أكدته مصادر مطلعة في تصريح صحافي نشر مساء أمس وتناقلته وسائل الإعلام.</p></div><a class="elementor-post__read-more" href="/{n}">إقرأ المزيد</a></article>' for n, t in enumerate(story.related))}</div></div></div></div></div></section></div>
<footer class="elementor-location-footer"><p>منصة الأفق، جميع الحقوق محفوظة</p></footer></body></html>"""
    return Made(page, "https://alofoq.example/suq/", _expected(story, section=story.section))


def old_portal(story: Story) -> Made:
    """An old PHP portal: a table, bare text with single breaks, the dateline first, agency at the end, forum-like facts."""
    text = "<br>".join(("المدينة – الضفة نت: " + story.paragraphs[0], *story.paragraphs[1:]))
    page = f"""<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><title>الضفة نت - {story.title}</title></head><body><div align="center"><table border="0" width="900"><tr><td><a href="index.php">الصفحة الرئيسية</a> <a href="index.php?s=2">خريطة الموقع</a> <a href="rss.php">RSS</a></td></tr><tr><td>
<table width="100%"><tr><td class="newstitle"><h2>{story.title}</h2></td></tr><tr><td class="newsinfo">تاريخ الإضافة الأحد 14 آذار 2021 - 3:36 ص &nbsp;&nbsp; عدد الزيارات 1805 &nbsp;&nbsp; القسم {story.section}</td></tr>
<tr><td class="newstext"><img src="p.jpg" align="left">{text}<br><br>--(بترا)</td></tr><tr><td><a href="print.php?id=3">نسخة للطباعة</a></td></tr><tr><td><b>التعليقات</b></td></tr><tr><td>لا توجد تعليقات</td></tr></table>
</td></tr><tr><td>{" | ".join(f'<a href="?id={n}">{t}</a>' for n, t in enumerate(story.related))}</td></tr><tr><td align="center">جميع الحقوق محفوظة لموقع الضفة نت 2005-2021</td></tr></table></div></body></html>"""
    return Made(
        page,
        "http://www.addaffa.example/index.php?id=3",
        _expected(story, body="المدينة – الضفة نت: " + story.body, read_count=1805, authors=[], agency="Petra"),
        "cp1256",
    )


def blogger(story: Story) -> Made:
    """Blogger: post-body, hentry, timestamp link, labels, text in spans and divs with br, Maghreb date."""
    divs = "".join(
        f'<div style="text-align: right;"><span style="font-size: large;">{text}</span></div><div style="text-align: right;"><br /></div>'
        for text in story.paragraphs
    )
    page = f"""<!DOCTYPE html><html dir='rtl'><head><meta content='text/html; charset=UTF-8' http-equiv='Content-Type'/><title>مدونة الجسر: {story.title}</title><meta content='{story.title}' property='og:title'/><meta content='blogger' name='generator'/></head><body><div class='body-fauxcolumns'></div><div class='content'><div class='header section' id='header'><div class='widget Header'><h1 class='title'><a href='/'>مدونة الجسر</a></h1></div></div>
<div class='main-outer'><div class='columns'><div class='column-center-outer'><div class='main section' id='main'><div class='widget Blog' id='Blog1'><div class='blog-posts hfeed'><div class="date-outer"><h2 class='date-header'><span>الأحد، 14 مارس 2021</span></h2><div class="date-posts"><div class='post-outer'><div class='post hentry uncustomized-post-template' itemprop='blogPost' itemscope='itemscope'><h3 class='post-title entry-title' itemprop='name'>{story.title}</h3><div class='post-header'></div><div class='post-body entry-content' id='post-body-55' itemprop='description articleBody'><div dir="rtl" style="text-align: right;" trbidi="on"><div class="separator" style="clear: both; text-align: center;"><a href="s.jpg"><img border="0" src="s.jpg" /></a></div>{divs}</div><div style='clear: both;'></div></div>
<div class='post-footer'><div class='post-footer-line post-footer-line-1'><span class='post-author vcard'>مرسلة بواسطة <span class='fn' itemprop='author'><span itemprop='name'>{story.author}</span></span></span> <span class='post-timestamp'>في <a class='timestamp-link' href='/x'><abbr class='published' itemprop='datePublished' title='2021-03-14T01:10:00+01:00'>1:10 ص</abbr></a></span><span class='post-labels'>التسميات: <a href='/search/label/x' rel='tag'>{story.tags[0]}</a></span></div></div></div><div class='comments' id='comments'><h4>ليست هناك تعليقات:</h4><p class='comment-footer'>إرسال تعليق</p></div></div></div></div></div></div></div></div>
<div class='column-right-outer'><div class='sidebar section'><div class='widget PopularPosts'><h2>المشاركات الشائعة</h2><ul>{_links(story.related)}</ul></div></div></div></div></div></div></body></html>"""
    return Made(page, "https://aljisr.blogspot.example/2021/03/blog-post_14.html", _expected(story))


def ahram(story: Story) -> Made:
    """An Egyptian portal on WebForms: text in one div with p, writer and date in spans, photo caption, tags and related after."""
    page = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"/><title>{story.title} - بوابة الوادي</title><meta property="og:title" content="{story.title} - بوابة الوادي"/><meta property="og:site_name" content="بوابة الوادي"/><meta property="og:type" content="article"/></head><body><form method="post" action="./6113.aspx" id="form1"><div class="aspNetHidden"><input type="hidden" name="__VIEWSTATE" value="x"/></div>
<div class="navbar"><ul class="nav navbar-nav">{_links(["الرئيسية", "مصر", "حوادث", "الوفيات"], "/Category/")}</ul></div><div class="container"><div class="row"><div class="col-md-8"><div class="breadcrumb-area"><a href="/">الرئيسية</a> &gt; <a href="/c/1">{story.section}</a></div>
<h1 id="ContentPlaceHolder1_divTitle" class="title">{story.title}</h1><div class="clearfix"><span id="ContentPlaceHolder1_divdate" class="date">14-3-2021 | 16:49</span> <span id="ContentPlaceHolder1_spnSource" class="writer">{story.author}</span></div>
<div id="ContentPlaceHolder1_divMainImg"><img src="m.jpg"/><div class="img-desc">{story.caption}</div></div><div class="a2a_kit"><a>Facebook</a></div>
<div class="bodyText" id="ContentPlaceHolder1_divContent">{_p(story.paragraphs[:3])}<div class="relatedArt"><a href="/r1"><img/>{story.related[0]}</a></div>{_p(story.paragraphs[3:])}<p><strong>موضوعات متعلقة</strong></p><p><a href="/r2">{story.related[1]}</a></p><p><a href="/r3">{story.related[2]}</a></p></div>
<div class="keywords"><h4>كلمات البحث</h4>{"".join(f'<a href="/tag/{n}">{t}</a> ' for n, t in enumerate(story.tags))}</div></div><div class="col-md-4"><div class="most"><h3>الأكثر قراءة</h3><ul>{_links(story.related)}</ul></div></div></div></div><footer><p>جميع حقوق النشر محفوظة لدى مؤسسة الوادي، ويحظر نشر أو توزيع أو طبع أي مادة دون إذن مسبق</p></footer></form></body></html>"""
    return Made(page, "https://gate.alwadi.example/News/6113.aspx", _expected(story, section=story.section))


def amp(story: Story) -> Made:
    """AMP edition: header and article, amp-ad between, text in one container, footer with full-site link."""
    cut = 2
    page = f"""<!doctype html><html ⚡ lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.title}</title><link rel="canonical" href="https://alkhalij.example/a/881-suq"><script type="application/ld+json">{{"@context":"http://schema.org","@type":"NewsArticle","mainEntityOfPage":"https://alkhalij.example/a/881-suq","headline":"{story.title}","datePublished":"2021-03-14T07:31:00+04:00","dateModified":"2021-03-14T07:31:00+04:00","description":"{story.paragraphs[0]}","author":{{"@type":"Organization","name":"أنباء الخليج"}},"publisher":{{"@type":"Organization","name":"أنباء الخليج"}},}}</script></head>
<body><header class="amp-header"><a href="/">أنباء الخليج</a></header><amp-sidebar id="sb"><ul>{_links(["الرئيسية", "اقتصاد"], "/c/")}</ul></amp-sidebar><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{story.title}</h1><div class="amp-wp-meta amp-wp-posted-on"><time datetime="2021-03-14T07:31:00+04:00">الأحد 14 مارس 2021 07:31 صباحاً</time></div></header><amp-img src="1.jpg"></amp-img><div class="amp-wp-article-content">{_p(story.paragraphs[:cut])}<amp-ad width="300" height="250" type="doubleclick"></amp-ad><p class="also"><a href="/x">{story.related[3]}</a></p>{_p(story.paragraphs[cut:])}</div><footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-category">أقسام: <a href="/c/1">{story.section}</a></div></footer></article><footer class="amp-wp-footer"><p>© أنباء الخليج</p><a href="https://alkhalij.example/a/881-suq">النسخة الكاملة</a></footer></body></html>"""
    return Made(page, "https://alkhalij.example/amp/a/881-suq", _expected(story, authors=[]))


def agency(story: Story) -> Made:
    """A news agency: dateline with the agency inside the first paragraph, credit at the end, code line, share words bare."""
    first = f"عدن - سبأ: {story.paragraphs[0]}"
    page = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.title} : وكالة السهل للأنباء</title><meta name="description" content="{story.paragraphs[0][:120]}"></head><body><div class="wrapper"><div class="top"><div class="today">السبت 21 نوفمبر 2026</div><ul class="main-menu">{_links(["الرئيسية", "محلي", "عربي ودولي"], "/ar/cat/")}</ul></div><div class="content"><div class="right-side"><div class="newsDetails"><div class="catName"><a href="/ar/cat/2">{story.section}</a></div><h2 class="newsHeadline">{story.title}</h2><div class="newsDate">[14/مارس/2021]</div><div class="share-line">مشاركة: <a>فيسبوك</a> <a>تويتر</a></div><div class="newsTxt"><div>{first}</div><div>&nbsp;</div>{"<div>&nbsp;</div>".join(f"<div>{t}</div>" for t in story.paragraphs[1:])}</div><div class="counter-line">عدد مرات القراءة : 731</div><div class="ref">رمز الخبر: 55120</div></div></div><div class="left-side"><div class="block"><h3>أخبار ذات صلة</h3>{"".join(f'<div class="itm"><a href="/ar/{n}">{t}</a><span>[1{n}/مارس/2021]</span></div>' for n, t in enumerate(story.related))}</div></div></div><div class="foot">كافة الحقوق محفوظة لوكالة السهل</div></div></body></html>"""
    return Made(
        page,
        "https://www.assahl.example/ar/news3131.htm",
        _expected(story, body=f"عدن - سبأ: {story.body}", read_count=731, authors=[]),
    )


def bootstrap(story: Story) -> Made:
    """A custom site on Bootstrap: card-body, h1 and h2 standfirst, author with place, tags as badges, comment rules, app prompt."""
    page = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.title} - الميدان</title><meta property="og:title" content="{story.title}"><meta property="og:site_name" content="الميدان"><meta name="pubdate" content="2021-03-14 22:05:00"></head><body><div class="container-fluid"><nav class="navbar"><a class="nav-link active" href="/">الرئيسية</a></nav><div class="row"><div class="col-lg-8"><div class="card"><div class="card-body"><span class="badge"><a href="/section/4">{story.section}</a></span><h1 class="my-3">{story.title}</h1><h2 class="sub-headline">ملخص لا تكرره المادة: عودة التجار وخطط لمواقف السيارات حول السور</h2><div class="d-flex text-muted small"><span>{story.author} - صيدا</span><span class="mx-2">الأحد ١٤ مارس ٢٠٢١ - ١٠:٠٥ م</span><span class="mx-2"><i class="fa fa-eye"></i> 5,218 مشاهدة</span></div>
<img class="img-fluid" src="x.jpg" alt="{story.caption}"><small class="text-muted">{story.caption}</small><div class="mt-3 lh-lg fs-5">{_p(story.paragraphs)}</div><div class="alert alert-info">حمّل تطبيق الميدان الآن وتابع الأخبار لحظة بلحظة على هاتفك</div><div class="mt-4">{"".join(f'<a class="btn btn-outline-secondary btn-sm" href="/tags/{n}">#{t}</a> ' for n, t in enumerate(story.tags))}</div></div></div><div class="card mt-3"><div class="card-body"><h5>أضف تعليقك</h5><p>ترحب الميدان بتعليقات القراء، ويرجى الالتزام بآداب الحوار وعدم الإساءة إلى الكاتب أو الأشخاص أو المقدسات، والابتعاد عن التحريض الطائفي والعنصري.</p></div></div></div><div class="col-lg-4"><h5>الأكثر مشاهدة</h5><ol>{_links(story.related)}</ol></div></div></div><footer class="bg-dark">الميدان 2021</footer></body></html>"""
    return Made(
        page,
        "https://almidan.example/articles/5218",
        _expected(story, read_count=5218, authors=[story.author], tags=list(story.tags)),
    )


def state_only(story: Story) -> Made:
    """A page whose text is only in the script state: an empty root and JSON."""
    state = {
        "props": {
            "pageProps": {
                "article": {"title": story.title, "body": "".join(f"<p>{t}</p>" for t in story.paragraphs), "views": 3}
            }
        }
    }
    page = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.title} | نداء</title><meta property="og:title" content="{story.title}"><meta property="og:site_name" content="نداء"><meta property="article:published_time" content="2021-03-14T12:00:00+02:00"></head><body><div id="__next"><div class="loader">جاري التحميل</div></div><script id="__NEXT_DATA__" type="application/json">{json.dumps(state, ensure_ascii=False)}</script></body></html>"""
    return Made(page, "https://nidaa.example/article/1", _expected(story, authors=[]))


def jsonld_only(story: Story) -> Made:
    """A page whose text is only in JSON-LD articleBody, with entities and a raw line end that JSON forbids."""
    body = "\n".join(story.paragraphs)
    page = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{story.title}</title><script type="application/ld+json">[{{"@context":"https://schema.org","@type":["NewsArticle","Article"],"headline":"{story.title}","articleBody":"{body}","datePublished":"14/03/2021 10:00","author":[{{"@type":"Person","name":"{story.author}"}}]}}]</script></head><body><h1>{story.title}</h1><p>محتوى هذه الصفحة يحتاج إلى تشغيل جافاسكريبت.</p></body></html>"""
    return Made(page, "https://burj.example/n/4", _expected(story))


def polopoly(story: Story) -> Made:
    """Polopoly-like: article inside nested sections, poll beside the text, source line in the text's element, follow prompt last."""
    page = f"""<!DOCTYPE html><html class="no-js" lang="ar"><head><meta charset="utf-8"><title>{story.title} - محليات - البرج اليومي</title><meta name="author" content="(المدينة - البرج)"><meta property="og:site_name" content="البرج اليومي"><meta property="og:title" content="{story.title}"><meta property="article:published_time" content="2021-03-14T03:01+0400"><meta property="article:modified_time" content="2020-03-15T20:18+0400"></head><body class="alburj local article"><header id="header"><div class="current-date"><span class="gregorian-date">21 نوفمبر 2026م</span></div></header><nav class="breadcrumbholder"><ul class="breadcrumb"><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li></ul></nav><section class="container-fluid"><div class="articledetails"><article><h1 class="title" itemprop="headline name">{story.title}</h1><section class="twocolumnsctky"><div id="sidearea" class="col-3 sidecontent sidebar"><div class="widget poll"><h2>استطلاع الرأي</h2><h3>هل تؤيد تمديد ساعات عمل الأسواق في الشهر الفضيل؟</h3></div></div><div id="mainarea" class="col-9 maincontent"><div id="articledetails" class="articlecontent" itemprop="articleBody"><div class="metadata"><div class="source"><span class="label">المصدر:</span><ul><li>(المدينة - البرج)</li></ul></div><div class="publish-date"><span class="label">التاريخ:</span><time class="date published" itemprop="datePublished" datetime="2021-03-14T03:01+0400">14 مارس 2021</time></div></div>{_p(story.paragraphs)}<p class="follow-google"><a href="https://news.google.com/x">تابعوا أخبار البرج عبر غوغل نيوز</a></p></div></div></section></article></div></section></body></html>"""
    return Made(page, "https://www.alburj.example/local/2021-03-14-1.3874341", _expected(story, authors=[]))


FAMILIES = (
    jannah,
    tagdiv,
    k2,
    drupal,
    webforms,
    nextjs,
    elementor,
    old_portal,
    blogger,
    ahram,
    amp,
    agency,
    bootstrap,
    state_only,
    jsonld_only,
    polopoly,
)
