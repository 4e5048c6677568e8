"""The tags that a page lists for its article."""

import re
from bisect import bisect_left

from lxml import etree

from crawler.arabic.letters import clean
from crawler.extraction.evidence import MARKUP, STRUCTURED, Ledger
from crawler.extraction.head import Head
from crawler.extraction.outline import HEADINGS, Outline
from crawler.extraction.phrases import Saying
from crawler.extraction.vocabulary import Means

_LONGEST_TAGS, _LONGEST_TAG, _MOST_IN_LIST, _MOST_TAGS = 1_500, 60, 250, 60
_TAG_ADDRESS = re.compile(
    r"(?i)/(?:topics?|tags?|keywords?|hashtags?|labels?|wosoum|search|وسم|وسوم|كلمات)(?:/|\?|=|$)|[?&](?:tag|keyword)=|[?&]q=(?!node/|taxonomy/)|%D9%88%D8%B3%D9%85/"
)


_LABEL = re.compile(
    r"\A\W*(?:ال)?(?:كلمات (?:ال)?(?:دلالية|مفتاحية|دليلية|مفتاحيه|دلاليه)|كلمات البحث|"
    r"كلمات (?:ال)?دالة|وسوم|أوسمة|اوسمة|سمات|تاغات|تاجات|تاجز|هاشتاغ|هاشتاج|tags|keywords)\W*",
    re.IGNORECASE,
)
_LABEL_START = re.compile(r"\A\W*(?:ا|ك|و|أ|س|ت|ه|t|k)", re.IGNORECASE)
"""The first letter of a label: what most elements' texts are turned away by."""
_ELSEWHERE = Means.OTHERS | Means.FRAME
_CLOUD = re.compile(r"(?i)tagadelic|tag[-_]?cloud[-_]?widget|widget[-_]tag[-_]?cloud|popular[-_]?tags|trending")
_ARTICLE_WORDS = 6
"""Words in a link from which on it is another article's headline, no tag."""


def find_tags(page: Outline, head: Head, *, after: int, ledger: Ledger) -> list[str]:
    """Tags that the page lists for the article, as links; else those that its content system states (article:tag).

    A cloud of the whole site's tags, and a list of other articles under a tag's name, are none.
    """
    best: list[str] = []
    links = [index for index in range(after, len(page.tags)) if page.tags[index] == "a"]
    for index in range(after, len(page.tags)):
        if not 0 < page.text[index] <= _LONGEST_TAGS or page.around[index] & Means.HIDDEN:
            continue
        if not (page.means[index] & Means.TAGS or page.tags[index] in {"ul", "ol", "div", "section", "p", "li"}):
            continue
        names = _listed_tags(page, index, links[bisect_left(links, index) : bisect_left(links, page.end[index])])
        if len(names) > len(best):
            best = names
    origin, where = (MARKUP, "list of tags") if best else (STRUCTURED, "meta article:tag")
    best = best or [content for _, content in head.meta("article:tag")]
    tags = [tag for tag in dict.fromkeys(best) if tag and len(tag) <= 80 and not Saying(tag).box_label()]
    if tags:
        ledger.took("tags", "، ".join(tags), origin, where)
    return tags


def _listed_tags(page: Outline, index: int, links: list[int]) -> list[str]:
    """The names in a list of tags: an element that names or its label call so, or whose links all lead to tags."""
    if page.end[index] - index > _MOST_IN_LIST or not 0 < len(links) <= _MOST_TAGS:
        return []
    # A label is no link, stands before them, and most of what follows are links: looked at first, since a page has
    # hundreds of such elements.
    unlinked = page.text[index] - page.linked[index]
    may_have_label = 3 < unlinked < 2 * page.linked[index] + _LONGEST_TAG and _may_be_label(page, index, links[0])
    if not page.means[index] & Means.TAGS and not may_have_label and not _all_lead_to_tags(page, links):
        return []
    outer = page.around[page.parents[index]] if page.parents[index] >= 0 else Means.NOTHING
    # The foot of the article is none of the page's frame.
    elsewhere = Means.OTHERS if any(page.tags[i] == "article" for i in page.ancestors(index, 6)) else _ELSEWHERE
    named = bool(page.means[index] & Means.TAGS) and not outer & elsewhere
    labelled = _LABEL.match(page.words_of(index)) if may_have_label and not page.around[index] & elsewhere else None
    if not named and labelled is None and not _all_lead_to_tags(page, links):
        return []
    if _is_cloud(page, index):
        return []
    names = []
    for link in links:
        owner = link if page.text[link] else page.parents[link]
        name = clean(page.words_of(owner)).lstrip("# ").strip("،, ")
        if len(name) <= _LONGEST_TAG:
            names.append(name)
    if sum(len(name.split()) >= _ARTICLE_WORDS for name in names) > len(names) // 2:
        return []
    label = len(labelled.group()) if labelled else 0
    return names if sum(map(len, names)) >= 0.5 * (page.text[index] - label) else []


def _is_cloud(page: Outline, index: int) -> bool:
    """Whether the tags are the whole site's: by the names around, or by the heading above."""
    around = (index, *page.ancestors(index, 3))
    if any(_CLOUD.search(f"{page.elements[i].get('class') or ''} {page.elements[i].get('id') or ''}") for i in around):
        return True
    above = [i for i in range(max(0, index - 3), index) if page.tags[i] in HEADINGS]
    return any("سحابة" in page.words_of(i) or "الأكثر" in page.words_of(i) for i in above)


def _may_be_label(page: Outline, index: int, link: int) -> bool:
    """Whether the text in an element before the first link in it begins as a label does."""
    for inner in range(index, link):
        element = page.elements[inner]
        tail = element.tail if inner > index and page.end[inner] <= link else None
        for text in (element.text, tail):
            if text and any(map(str.isalnum, text)):
                return _LABEL_START.match(text) is not None
    return False


def _all_lead_to_tags(page: Outline, links: list[int]) -> bool:
    return len(links) > 1 and all(_leads_to_tag(page.elements[link]) for link in links)


def _leads_to_tag(link: etree._Element) -> bool:
    return link.get("rel") == "tag" or _TAG_ADDRESS.search(link.get("href") or "") is not None
