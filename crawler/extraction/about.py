"""What else the page says of the article: address, language, section, tags, picture, lines around the headline."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.addresses import address_identity, canonical_address
from crawler.arabic.letters import clean, words
from crawler.arabic.marks import INVISIBLE
from crawler.extraction.evidence import MARKUP, STRUCTURED, Ledger
from crawler.extraction.head import Head
from crawler.extraction.jsonld import text_of, types_of
from crawler.extraction.outlet import host_of, key, parts_of
from crawler.extraction.outline import Outline
from crawler.extraction.phrases import Saying
from crawler.extraction.vocabulary import Means

_LONGEST_NAME = 60
_HOME = re.compile(r"^/?(?:index\.\w+|home|ar|arabic|main)?/?$", re.IGNORECASE)
_HOME_WORDS = frozenset({"الرييسيه", "الصفحه الرييسيه", "home", "رييسيه", "البدايه", "الاولي", "accueil", "main"})
_GENERIC = frozenset(
    {"اخبار عامه", "uncategorized", "غير مصنف", "غير مصنفه", "بدون تصنيف", "default", "article", "news", "general"}
)
_NO_IMAGE = re.compile(
    r"(?i)logo|default|placeholder|blank|spacer|no-?image|noimg|favicon|avatar|sprite|\.svg(?:$|\?)|^data:"
)
_ARABIC, _LATIN = re.compile("[\u0621-\u064a]+"), re.compile("[A-Za-z]+")


def site_of_host(host: str) -> str:
    """The last two labels of a host, three where the last two are a country's second level."""
    labels = host.removeprefix("www.").split(".")
    short = (
        len(labels) > 2
        and len(labels[-1]) == 2
        and labels[-2] in {"com", "co", "net", "org", "gov", "edu", "ac", "press", "news", "tv"}
    )
    return ".".join(labels[-3:] if short else labels[-2:])


def find_canonical(head: Head, url: str, ledger: Ledger) -> str:
    """The address that the page calls its own, if on the same site and not the home page; else its own, normalised."""
    stated = [(href, "link rel=canonical") for href in head.links.get("canonical", ())]
    stated += [(content, f"meta {name}") for name, content in head.meta("og:url", "twitter:url")]
    for href, where in stated:
        try:
            address = urljoin(url, href)
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            why = "it is no address"
        elif host_of(url) and site_of_host(parts.hostname.lower()) != site_of_host(host_of(url)):
            why = "it is another site's"
        elif _HOME.match(parts.path) and not parts.query and address_identity(address) != address_identity(url):
            why = "it is the home page's"
        else:
            ledger.took("canonical_url", address, STRUCTURED, where)
            return canonical_address(address)
        ledger.rejected("canonical_url", address, STRUCTURED, where, why)
    return canonical_address(url)


def find_amp(head: Head, url: str) -> str | None:
    """The absolute address of the page's AMP version, or None."""
    for href in head.links.get("amphtml", ()):
        try:
            address = urljoin(url, href)
            if urlsplit(address).scheme in {"http", "https"} and address != url:
                return address
        except ValueError:
            continue
    return None


def address_in(head: Head) -> str | None:
    """The absolute address that a page states as its own, for pages that came without one."""
    stated = [*head.links.get("canonical", ()), *(content for _, content in head.meta("og:url", "twitter:url"))]
    return next((href for href in stated if href.startswith(("http://", "https://"))), None)


def find_language(head: Head, text: str) -> str | None:
    """The language of the text: the script decides where it is Arabic or plainly is not, then what the page states."""
    stated = (
        head.language
        or text_of(head.article.get("inLanguage"))
        or next((c for _, c in head.meta("content-language", "language", "og:locale")), "")
    )
    match = re.match(r"[a-zA-Z]{2,3}(?![a-zA-Z])", stated or "")
    primary = match.group().lower() if match else None
    arabic, latin = (sum(map(len, letters.findall(text[:2000]))) for letters in (_ARABIC, _LATIN))
    if arabic > latin:
        # Persian, Urdu, Kurdish and others share the script: they say so, and few Arabic pages say they were these.
        return primary if primary in {"fa", "ur", "ku", "ckb", "ps", "ug", "sd"} else "ar"
    return primary if latin and primary != "ar" else None


def find_section(
    page: Outline, head: Head, *, headline: int | None, title: str, own_names: frozenset[str], ledger: Ledger
) -> str | None:
    """The section: as the head names it, else the leaf of the breadcrumbs, else the label beside the headline."""
    stated = [
        (content, f"meta {name}")
        for name, content in head.meta(
            "article:section", "parsely-section", "articlesection", "section", "cxenseparse:category", "category"
        )
    ]
    stated += [(text_of(head.article.get("articleSection")), "JSON-LD articleSection")]
    candidates = [(text, STRUCTURED, where) for text, where in stated]
    candidates += [(text, STRUCTURED, "JSON-LD BreadcrumbList") for text in _breadcrumb_leaf(head, title)]
    candidates += [(text, MARKUP, "breadcrumbs") for text in _crumbs(page, title)]
    candidates += [(text, MARKUP, where) for text, where in _labels(page, headline)]
    crumbs = [key(text) for text, _, where in candidates if "readcrumb" in where]
    if crumbs and any(key(text) in crumbs[1:] for text, _, where in candidates[: len(stated)]):
        candidates.sort(key=lambda candidate: "readcrumb" not in candidate[2])  # the head states a parent of the leaf
    for raw, origin, where in chain(candidates, _current_menu_item(page)):
        text = clean(raw)
        folded = key(text)
        if (
            not folded
            or len(text) > _LONGEST_NAME
            or folded in own_names
            or folded in _HOME_WORDS
            or folded in _GENERIC
            or folded == key(title)
        ):
            continue
        if (
            Saying(text).box_label()
            or text.isdigit()
            or "/" in text
            or (_LATIN.search(text) and not _ARABIC.search(text))
        ):
            continue
        ledger.took("section", text, origin, where)
        return text
    return None


def _breadcrumb_leaf(head: Head, title: str) -> list[str]:
    """Names in a JSON-LD breadcrumb list, the leaf first, without the article itself."""
    for node in head.nodes:
        entries = node.get("itemListElement")
        if "BreadcrumbList" in types_of(node) and isinstance(entries, list):
            names = []
            for entry in entries[:12]:
                if isinstance(entry, dict):
                    item = entry.get("item")
                    names.append(clean(text_of(entry.get("name")) or (text_of(item) if isinstance(item, dict) else "")))
            return [name for name in reversed(names) if name and key(name) not in key(title)]
    return []


def _crumbs(page: Outline, title: str) -> list[str]:
    """Names in visible breadcrumbs, the leaf first."""
    for index, means in enumerate(page.means):
        if means & Means.CRUMBS and 0 < page.text[index] <= 400 and not page.around[index] & Means.OTHERS:
            names = [
                clean(page.words_of(inner))
                for inner in range(index + 1, page.end[index])
                if page.tags[inner] == "a" and page.text[inner]
            ]
            names = [name for name in names if name and key(name) != key(title) and key(name) not in _HOME_WORDS]
            if names:
                return list(reversed(names))
    return []


def _labels(page: Outline, headline: int | None) -> list[tuple[str, str]]:
    """Texts of elements that names call a section's, close before or after the headline, the nearest first."""
    if headline is None:
        return []
    found = []
    for index in range(max(1, headline - 60), min(len(page.tags), headline + 40)):
        if (
            page.means[index] & Means.SECTION
            and 0 < page.text[index] <= _LONGEST_NAME
            and not page.around[index] & (Means.OTHERS | Means.FRAME | Means.HIDDEN)
        ):
            links = [i for i in range(index, page.end[index]) if page.tags[i] == "a" and page.text[i]]
            if links and not any(page.inside(links[0], i) for i in (headline,)):
                found.append(
                    (
                        abs(index - headline),
                        clean(page.words_of(links[0])),
                        f"<{page.tags[index]}> {page.elements[index].get('class')}",
                    )
                )
    found.sort(key=lambda entry: entry[0])
    return [(text, where) for _, text, where in found]


_CURRENT = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav-on|current|active|selected|current-menu-(?:item|parent)|current-post-parent)(?:$|[\s_-])"
)


def _current_menu_item(page: Outline) -> Iterator[tuple[str, str, str]]:
    """The one menu item, the innermost, that its class marks as the reader's place. Looked for when it is asked for."""
    found: list[tuple[int, str]] = []
    links = [index for index, tag in enumerate(page.tags) if tag == "a"]
    for index, tag in enumerate(page.tags):
        if tag not in {"a", "li"} or not _CURRENT.search(page.elements[index].get("class") or ""):
            continue
        first = bisect_left(links, index)
        link = links[first] if first < len(links) else len(page.tags)
        if (
            link >= page.end[index]
            or not 0 < page.text[link] <= _LONGEST_NAME
            or (page.elements[link].get("href") or "#").startswith(("#", "javascript"))
        ):
            continue
        if parts_of(page.elements[link].get("href") or "").path.strip("/"):
            if found and page.inside(index, found[-1][0]):
                found.pop()  # no earlier one can hold this one: it would hold the last one too
            found.append((index, clean(page.words_of(link))))
    if len({text for _, text in found}) == 1:
        yield found[0][1], MARKUP, "menu item marked as current"


def find_tags(page: Outline, head: Head, *, after: int, section: str | None, ledger: Ledger) -> list[str]:
    """Tags that the page lists for the article, as links; else those that its content system states (article:tag)."""
    best: list[str] = []
    links = [index for index in range(after, len(page.tags)) if page.tags[index] == "a"]
    for index in range(after, len(page.tags)):
        if not 0 < page.text[index] <= _LONGEST_TAGS or page.around[index] & Means.HIDDEN:
            continue
        if not (page.means[index] & Means.TAGS or page.tags[index] in {"ul", "ol", "div", "section", "p"}):
            continue
        names = _listed_tags(page, index, links[bisect_left(links, index) : bisect_left(links, page.end[index])])
        if len(names) > len(best):
            best = names
    if best:
        where, origin = "list of tags", MARKUP
    else:
        best = [content for _, content in head.meta("article:tag")]
        where, origin = "meta article:tag", STRUCTURED
    del section
    tags = [tag for tag in dict.fromkeys(best) if tag and len(tag) <= 80 and not Saying(tag).box_label()]
    if tags:
        ledger.took("tags", "، ".join(tags), origin, where)
    return tags


_LONGEST_TAGS = 1_500
_MOST_IN_LIST = 250
_TAG_ADDRESS = re.compile(
    r"(?i)/(?:topics?|tags?|keywords?|hashtags?|labels?|wosoum|search|وسم|وسوم|كلمات)(?:/|\?|=|$)|[?&](?:tag|keyword)=|[?&]q=(?!node/|taxonomy/)|%D9%88%D8%B3%D9%85/"
)


def _listed_tags(page: Outline, index: int, links: list[int]) -> list[str]:
    """The names in a list of tags: an element that names call so, or one whose links all lead to tags."""
    if page.end[index] - index > _MOST_IN_LIST or not 0 < len(links) <= 60:
        return []
    named = bool(page.means[index] & Means.TAGS) and not page.around[index] & (Means.OTHERS | Means.FRAME)
    if not named and (len(links) < 2 or not all(_leads_to_tag(page.elements[link]) for link in links)):
        return []
    names = []
    for link in links:
        owner = link if page.text[link] else page.parents[link]
        text = clean(page.words_of(owner)).lstrip("# ").strip("،, ")
        if len(text) <= 60:
            names.append(text)
    total = sum(len(name) for name in names)
    return names if total >= 0.5 * page.text[index] else []


def _leads_to_tag(link: etree._Element) -> bool:
    return link.get("rel") == "tag" or _TAG_ADDRESS.search(link.get("href") or "") is not None


def find_image(head: Head, url: str, ledger: Ledger) -> str | None:
    """The picture that the page gives to those who share it, when it is no logo."""
    stated = [
        (content, f"meta {name}")
        for name, content in head.meta(
            "og:image",
            "og:image:url",
            "og:image:secure_url",
            "twitter:image",
            "twitter:image:src",
            "image",
            "thumbnailurl",
        )
    ]
    image = head.article.get("image")
    image = image[0] if isinstance(image, list) and image else image
    if isinstance(image, dict):
        image = image.get("url") or image.get("@id")
    if isinstance(image, str):
        stated.append((image, "JSON-LD image"))
    stated += [(href, "link rel=image_src") for href in head.links.get("image_src", ())]
    for href, where in stated:
        try:
            address = urljoin(url, href.strip())
        except ValueError:
            continue
        if not address.startswith(("http://", "https://")) or _NO_IMAGE.search(address) or INVISIBLE.search(address):
            ledger.rejected("image_url", href, STRUCTURED, where, "it is a logo or no address")
            continue
        ledger.took("image_url", address, STRUCTURED, where)
        return address
    return None


def find_kicker(
    page: Outline, headline: int | None, title: str, own_names: frozenset[str], ledger: Ledger
) -> str | None:
    """The line above the headline, where names call it that or it stands in the headline's own element."""
    if headline is None:
        return None
    for index in range(max(1, headline - 12), min(len(page.tags), page.end[headline] + 6)):
        if not page.means[index] & Means.KICKER or not 0 < page.text[index] <= 160:
            continue
        if page.around[index] & (Means.OTHERS | Means.FRAME | Means.HIDDEN) or page.inside(headline, index):
            continue
        text = clean(page.words_of(index))
        folded = key(text)
        if (
            folded
            and folded not in own_names
            and folded != key(title)
            and len(words(text)) > 1
            and page.linked[index] < page.text[index]
        ):
            ledger.took("kicker", text, MARKUP, f"<{page.tags[index]}> {page.elements[index].get('class')}")
            return text
    return None


def find_summary(
    page: Outline, *, headline: int | None, body_start: int | None, title: str, body: str, ledger: Ledger
) -> tuple[str | None, int | None]:
    """The standfirst that stands between headline and text and is no part of the text, and its element."""
    if headline is None or body_start is None:
        return None, None
    body_words: list[str] = []
    for index in range(headline + 1, min(len(page.tags), body_start + 3)):
        if not page.means[index] & Means.SUMMARY or page.around[index] & (
            Means.OTHERS | Means.FRAME | Means.HIDDEN | Means.FURNITURE
        ):
            continue
        if not 30 <= page.text[index] <= 600 or page.end[index] > body_start + 3:
            continue
        text = clean(page.words_of(index))
        spoken = words(text)
        body_words = body_words or words(body[:1_500])
        if key(text) == key(title) or not spoken or _same_start(spoken, body_words):
            continue
        ledger.took("summary", text, MARKUP, f"<{page.tags[index]}> {page.elements[index].get('class')}")
        return text, index
    return None, None


def _same_start(some: list[str], others: list[str]) -> bool:
    """Whether a summary is but the head of the text."""
    length = min(len(some), len(others), 12)
    return length > 0 and some[:length] == others[:length]
