"""What class and id names mean: the words that newspapers' templates share, in English, French and franco-Arabic.

Names are split into words first (`entry-content`, `entryContent`, `Entry_content__3xYz` are all entry, content), and
a word is matched whole or by its beginning. The lists hold words of many systems (WordPress themes, Drupal, Joomla K2,
Polopoly, WebForms, old PHP portals); none is one newspaper's alone.
"""

import re
from functools import lru_cache


class Means:
    """What an element's names say that it holds: bits of an integer, since an IntFlag takes a third of all the time."""

    NOTHING = 0
    FURNITURE = 1
    BODY = 1 << 1
    TITLE = 1 << 2
    KICKER = 1 << 3
    SUMMARY = 1 << 4
    DATE = 1 << 5
    MODIFIED = 1 << 6
    AUTHOR = 1 << 7
    COUNTER = 1 << 8
    SECTION = 1 << 9
    CRUMBS = 1 << 10
    TAGS = 1 << 11
    CAPTION = 1 << 12
    HIDDEN = 1 << 13
    OTHERS = 1 << 14
    """Other articles: related, latest, most read. What such a box shows (dates, headlines) is not this article's."""
    FRAME = 1 << 15
    """The page's head, foot, menus, side columns."""
    COMMENTS = 1 << 17
    """What readers wrote. It may be longer than the article."""
    FACTS = 1 << 16
    """Facts about the article: a line of date, author, source."""


def _words(alternatives: str) -> re.Pattern[str]:
    """Any of these, which spaces part, as whole words of a name: names come as -word-word-."""
    return re.compile(f"-(?:{'|'.join(alternatives.split())})-")


_RULES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        Means.OTHERS,
        _words(
            r"""
            related\w* relate recommend\w* suggest\w* similar\w* outbrain taboola mgid\w* dable cognativex revcontent
            yarpp\w* most mostread\w* mostview\w* mostpopular popular\w* trend\w* latest\w* lastnews lastest hot
            ticker\w* newsticker marquee breaking\w* urgent newsflash editorspicks picks highlights teasers? promos?
            (?:see|read|also|you)-(?:also|read|more|may) readmore readalso seealso
            more-(?:news|stories|articles|from|posts|topics) morenews morearticles other-(?:news|articles|posts|stories)
            othernews next-(?:prev|post|article|story) prev-(?:next|post|article) previous prevnext nextprev
            post-(?:nav|navigation|pagination) (?:next|prev)-?(?:news|link)? nav-(?:next|previous|links) linked
            inline-(?:link|promo|related|article) recirculation up-next upnext jp-relatedposts newsbox news-list
            newslist list-news list-posts posts-list postslist slider carousel owl swiper slick flexslider mosaic
            """
        ),
    ),
    (
        Means.FRAME,
        _words(
            r"""
            nav navs navbar\w* navigation menu\w* submenu megamenu mainmenu topmenu topbar top-bar footer\w* foot ftr\w*
            bottom-?(?:bar|menu|nav)
            site-(?:header|footer) masthead page-(?:header|footer) main-header hdr sidebar\w*
            side-?(?:bar|col|column|area|content) aside leftcol rightcol sitemap colophon
            """
        ),
    ),
    (
        Means.FURNITURE,
        _words(
            r"""
            ads? adv advs advert\w* adsense adsbygoogle adslot adunit adbox adcontainer adwrapper adblock adtitle ad\d+
            adholder gpt dfp mpu leaderboard banner\w* sponsor\w* promos? promotion\w* prebid teads share\w* sharing
            sharedaddy sharethis sharer shr social\w* socials addthis\w* addtoany a2a shareaholic follow\w* subscri\w*
            newsletter\w* comment\w* comments?-\w+ disqus\w* livefyre respond reply replies poll polls vote votes voting
            rating\w* rate like likes dislike reaction\w* emoji\w* login signin register signup modal popup\w* overlay
            lightbox cookie\w* consent gdpr privacy copyrights? copyleft print printer printpdf pdf email mailto
            sendmail send-to fontsize font-(?:size|resize|control\w*) text-(?:size|resize) resize\w* zoom\w*
            readspeaker\w* rsbtn\w* listen\w* tts audio player playlist podcast\w* jwplayer telegram\w* whatsapp\w*
            google-?news facebook twitter fb-\w+ instagram\w* qr qrcode short-?(?:link|url) copy-?link permalink
            clipboard report-(?:error|mistake) feedback tools? toolbar itemtoolbar actions? buttons? btn btns
            skip-?link\w* skip breadcrumbs?\w* pagination pager paging wp-pagenavi search\w* searchform toc
            table-of-contents author-?(?:box|bio|info-box|card|avatar|description|desc|about) about-?author
            post-author-box bio avatar gravatar user-?(?:box|info) reading-?time read-?time readtime time-to-read
            timetoread time-?read progress\w* twitter-tweet instagram-media
            embed-?(?:twitter|facebook|instagram|social)? weather\w* prayer\w* currency exchange stock-?ticker
            placeholder disclaimer notice alert app-?(?:download|banner|links|promo|ads?) download-app appstore
            googleplay trinity\w* video-?(?:js|player|container)?s? videojs form forms captcha
            widget-?(?:area|title|ads?) sidearea html-snippet
            """
        ),
    ),
    (
        Means.COMMENTS,
        _words(
            r"""
            comments comment-?(?:list|area|section|wrapper|body|content|text|form|box|items?|thread|respond)s?
            commentlist comments-\w+ commentbox disqus\w* livefyre respond replies reply-list fb-comments
            commentaires tabkat taaliqat
            """
        ),
    ),
    (
        Means.CAPTION,
        _words(
            r"""
            captions? figcaption wp-caption\w* wp-caption-text image-?(?:caption|credit|desc\w*|title|info|source|text)
            img-?(?:caption|desc\w*|title|info) photo-?(?:caption|credit|desc\w*|by|title|source)
            pic-?(?:caption|desc|title) media-?(?:caption|credit|desc\w*|info) credits? photocredit legend legende
            gallery\w* photo-?gallery photoswipe album thumbs? thumbnails? alt-text cutline
            """
        ),
    ),
    (
        Means.HIDDEN,
        _words(
            r"""
            d-none hidden hide hide-?me invisible visually-?hidden\w* visuallyhidden sr-only screen-reader-text
            screenreader\w* u-hide is-hidden hidespan noprint-hidden no-display element-invisible element-hidden
            offscreen visible-(?:print|print-block) print-only
            """
        ),
    ),
    (
        Means.BODY,
        _words(
            r"""
            article-?(?:body|content|text|txt|view|main-text|contents|desc|description|cont|details-?(?:body|text|content|desc)|full-?text|paragraphs?|inner-content)
            articlebody\w* articlecont\w* articletext articledetails entry-?(?:content|text|body) entry-content\w*
            post-?(?:content|body|text|entry|description|details-block|article-content) postcontent postbody
            post-single-content td-post-content single-?(?:content|post-content|entry-content|text|body)
            herald-entry-content story-?(?:body|content|text) storybody storytext strycntnt\w* cnn-strycntnt\w*
            news-?(?:content|text|body|details?|story|desc|description|full-?text|txt|content-text) newscontent newstext
            newsbody newsdetails? newsstory newcontents item-?(?:full-?text|intro-?text|body|content) itemfulltext
            itemintrotext itembody field-name-body field--name-body field-body node-?(?:content|body)
            body-?(?:text|content|copy) bodytext bodycontent art-?(?:content|body|text) art-content
            main-?(?:article-?body|text|story|article) maincontent-text content-?(?:body|text|article|inner|area|inner)
            contentbody full-?(?:text|article|content|story) fulltext
            detail-?(?:s-body|s-text|s-content|body|text|content|s-desc) details?-(?:body|text|content|desc)
            text-?(?:content|article|body) wysiwyg\w* wysiwyg rich-?text prose paragraph-list subject-?font contnews
            longdesc long-desc aksa-articlebody articlebody news-?paragraph gr-element-content t-content-body story_body
            block-content dear-description divcontent editor-content ql-editor ck-content blog-content blogpost
            post-data ptopic-body topic-?(?:body|content) nas khabar alkhabar detialsnews write-up text-long htmldecode
            kadoo depeche txt-depeche
            """
        ),
    ),
    (
        Means.KICKER,
        _words(
            r"""
            kicker overline over-?title uptitle up-title pre-?title pretitle sup-?title supertitle surtitre eyebrow hat
            top-title toptitle upper-?title above-?title shoulder title-?(?:top|above|up|pre|kicker)
            head-?line-?(?:top|up|kicker) strap small-title minor-title pre-headline preheadline
            """
        ),
    ),
    (
        Means.SUMMARY,
        _words(
            r"""
            summary standfirst lead lede chapo deck dek excerpt sub-?(?:title|headline|heading) subtitle subhead intro
            brief abstract short-?(?:desc|description|text) shortdesc
            article-?(?:intro|summary|lead|excerpt|subtitle|sub-title) post-?(?:excerpt|subtitle|summary)
            entry-?(?:sub-title|subtitle|summary|excerpt) teaser-text news-?(?:brief|summary|intro)
            """
        ),
    ),
    (
        Means.TITLE,
        _words(
            r"""
            title titles headline heading titr titre entry-title post-title article-title news-title newstitle
            articletitle posttitle item-title itemtitle page-title story-title maintitle main-title htitle hdline unwan
            onwan lbltitle single-post-title divtitle divmaintitle
            """
        ),
    ),
    (
        Means.MODIFIED,
        _words(
            r"""
            modified updated? last-?(?:update\w*|modified) update-?(?:date|time)? date-?modified post-modified edited
            lastupdate\w*
            """
        ),
    ),
    (
        Means.DATE,
        _words(
            r"""
            date dates submitted datetime time times timestamp stamp tmstmp strytmstmp publish\w* pub-?(?:date|time)
            pdate posted posted-on postedon created\w* article-created entry-date post-date postdate td-post-date
            meta-date
            date-?(?:published|created|time) writedate newsdate articledate divdate lbldate tarikh tareekh calendar
            clock release-date relative-time day when dateline tie-date date-meta time-?(?:stamp|ago) ago
            news-?(?:date|time) hijri miladi
            """
        ),
    ),
    (
        Means.AUTHOR,
        _words(
            r"""
            author\w* authors submitted byline\w* by by-line writer\w* writers katib kateb journalist\w* reporter\w*
            correspondent editor-name writename articlewriter createdby created-by post-?author\w* meta-author
            entry-author vcard contributor\w* columnist\w* auteur redacteur signature itemauthor by-author athrtmp
            source-name
            """
        ),
    ),
    (
        Means.COUNTER,
        _words(
            r"""
            views? views-?count\w* view-?count\w* viewcount post-?views\w* postviews pageviews? page-?views? hits?
            hit-?count\w* hitcount reads? read-?(?:count\w*|s|number) readcount readers visits? visit-?count\w*
            visitors? visitor-?count\w* count-?(?:views?|reads?|er)? counter counts? tie-views meta-views eye
            article-views news-views viewed num-?views no-?views viewsno visited article-?hits itemhits
            """
        ),
    ),
    (
        Means.FACTS,
        _words(
            r"""
            meta metas metadata post-?meta\w* entry-?meta\w* article-?meta\w* news-?meta article-?info\w* post-?info\w*
            news-?info\w* entry-?(?:info|utility|footer) item-?(?:info|toolbar|header-meta) infos? infobar source
            sources news-?source article-?source details-?(?:info|meta|bar) data-?bar submitted byline-?wrap\w*
            single-post-meta td-module-meta-info postmetadata postinfo writer-?info dateline-wrap
            """
        ),
    ),
    (
        Means.CRUMBS,
        _words(
            r"""
            breadcr?umbs?\w* crumbs? bread pathway path you-are-here rank-math-breadcrumb yoast-breadcrumb trail masar
            """
        ),
    ),
    (
        Means.SECTION,
        _words(
            r"""
            category categories cat cats cat-?(?:link\w*|name|label|title) section section-?(?:name|title|label|link)
            article-?(?:section|category|cat|section-info) post-?(?:cat\w*|category|section)
            entry-?(?:category|cat|categories) rubrique rubric tie-cat td-post-category term-badges? channel topic-name
            aksa-section qism box-?title department field-name-field-(?:section|category) news-?(?:cat|category|section)
            """
        ),
    ),
    (
        Means.TAGS,
        _words(
            r"""
            tags? tag-?(?:s|list|links|cloud|items?|area|wrap\w*|box) taglist tagcloud post-?tags? posttags
            article-?(?:tags?|keywords) article-details-tags entry-?tags? news-?tags? keywords? key-words kwords topics?
            td-post-source-tags meta-tags item-?tags? itemtags\w* td-tags term-list tagdiv wosoum sub-tags
            post-bottom-tags labels
            """
        ),
    ),
)
# Names of whole layouts that carry a furniture word: they say how the page is built, not what the element is.
_LAYOUT = _words(
    r"""
            (?:has|with|no|without|is|not|single|show|hide-on|have|left|right|both)-(?:\w+-){0,2}(?:sidebar\w*|comments?|share|banner|ads?|menu|header|footer|nav|related|thumbnail|tags?|hidden)
            sidebar-(?:left|right|none|off|on|open|collapse|\d) mainbar menu-(?:open|closed) tagdiv-type open
            """
)
# Where a script puts the whole page: "next" there is the framework and not the next article.
_ROOTS = frozenset({"__next", "__nuxt", "__layout", "___gatsby"})
# The head or foot of the article, not of the page.
_PART_OF_ARTICLE = re.compile(
    r"-(?:post|entry|article|story|news|item|single|content|card|panel|modal|section|block|box|amp-wp-article|node)-(?:header|footer|head|foot|hdr|ftr)"
)
_ELEMENTOR = re.compile(r"-elementor-")
_WORDS = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+|[\u0600-\u06ff]+")
_LONGEST_NAME = 300


_TAXONOMY = ("category-", "tag-", "post_tag-", "format-", "status-", "has-", "author-")


@lru_cache(maxsize=20_000)
def meaning(class_: str, id_: str) -> int:
    """What the class and id of an element say that it holds."""
    named = Means.NOTHING
    classes = class_.split()[:24]
    if "hentry" in classes or "type-post" in classes:
        # WordPress says of a post in which categories and under which tags it is: category-breaking-news, tag-video.
        classes = [value for value in classes if not value.startswith(_TAXONOMY)]
    for value in (*classes, id_):
        if value:
            named |= _one(value[:_LONGEST_NAME])
    return named


@lru_cache(maxsize=20_000)
def _one(name: str) -> int:
    """What one class or id means. The split and the unsplit spelling are both looked at."""
    if name in _ROOTS:
        return Means.NOTHING
    spelling = f"-{'-'.join(_WORDS.findall(name)).lower()}-"
    plain = f"-{re.sub(r'[-_]+', '-', name).lower().strip('-')}-"
    if _LAYOUT.search(spelling) or _LAYOUT.search(plain):
        return Means.NOTHING
    both = spelling if plain == spelling else f"{spelling} {plain}"
    named = Means.NOTHING
    for means, rule in _RULES:
        if rule.search(both):
            named |= means
    if named & Means.FRAME and _PART_OF_ARTICLE.search(both):
        named = named & ~Means.FRAME | Means.FACTS
    if named & Means.FURNITURE and _ELEMENTOR.search(both) and named & (Means.BODY | Means.TITLE):
        named &= ~Means.FURNITURE
    return named
