"""The paper's own names, as the page and its site rules give them: they are no headline's part and no author."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from crawler.arabic.letters import words
from crawler.extraction.head import Head
from crawler.extraction.jsonld import text_of, types_of
from crawler.extraction.outline import squeeze
from crawler.extraction.rules import Site

SEPARATOR = re.compile(r"\s*[|»«›‹•·:]+\s*|\s+[-–—‐ـ/\\]+\s+|\s*[–—]\s*|\s*::\s*")
_ORGANISATIONS = frozenset(
    {"Organization", "NewsMediaOrganization", "WebSite", "Corporation", "LocalBusiness", "Brand"}
)
_LONGEST_NAME = 60
_FEW_WORDS = 4
_NOT_ARABIC, _NOT_LATIN = re.compile("[^\u0600-\u06ff ]+"), re.compile("[^A-Za-z0-9 ]+")
_PREFIXES = (
    "صحيفة",
    "جريدة",
    "موقع",
    "وكالة",
    "شبكة",
    "بوابة",
    "قناة",
    "موسسة",
    "مجلة",
    "صحيفه",
    "جريده",
    "وكاله",
    "شبكه",
    "بوابه",
    "قناه",
    "مجله",
)


def key(text: str) -> str:
    """A name as names are compared here."""
    return " ".join(words(text))


@lru_cache(maxsize=512)
def _of_host(host: str) -> frozenset[str]:
    """The words of a host that a paper may be called by: almadenahnews.com -> almadenahnews, almadenahnews com."""
    labels = [label for label in host.lower().split(".") if label not in {"www", "m", "amp", "mobile"}]
    found = set()
    for length in range(1, len(labels) + 1):
        found.add("".join(labels[:length]))
        found.add(" ".join(labels[:length]))
    if labels:
        found.add(labels[0].replace("-", " "))
        found.add(labels[0].replace("-", ""))
    return frozenset(found)


def parts_of(url: str) -> SplitResult:
    """The parts of an address, all empty where it is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def host_of(url: str) -> str:
    """The host of an address in lower case, '' where there is none."""
    return (parts_of(url).hostname or "").lower()


def own_names(head: Head, url: str, site: Site | None) -> frozenset[str]:
    """Every name of the paper that the page tells, folded."""
    stated: list[str] = []
    if site is not None:
        stated += [site.name, site.name_ar]
    stated += [
        content
        for _, content in head.meta(
            "og:site_name",
            "application-name",
            "apple-mobile-web-app-title",
            "publisher",
            "dc.publisher",
            "al:ios:app_name",
            "al:android:app_name",
            "twitter:app:name:iphone",
            "copyright",
        )
    ]
    stated += [content.lstrip("@") for _, content in head.meta("twitter:site", "twitter:creator")]
    for node in head.nodes[:200]:
        if types_of(node) & _ORGANISATIONS:
            stated += [text_of(node.get("name")), text_of(node.get("alternateName"))]
        if "publisher" in node:
            stated.append(text_of(node["publisher"]))
    if head.title.partition(" ")[0] in _PREFIXES and len(head.title.split()) <= _FEW_WORDS:
        stated.append(head.title)  # old pages' titles are the paper's name, whatever they show
    names = {key(name) for text in stated if text for name in _variants(squeeze(text))}
    names |= _of_host(host_of(url))
    names |= {key(name) for name in _names_in_title(head, names)}
    names |= {key(name) for stated_name in _names_around_titles(head) for name in _variants(stated_name)}
    return frozenset(name for name in names if name)


def _variants(name: str) -> list[str]:
    """The name, its parts ("البيان - Al Bayan"), and with and without what kind of paper it is."""
    if len(name) > _LONGEST_NAME * 2:
        return []
    found = [name, *(part for part in SEPARATOR.split(name) if len(part) > 2)]
    for part in list(found):
        # One name in two scripts: "Hespress هسبريس".
        found += [
            squeeze(by_script)
            for by_script in (_NOT_ARABIC.sub(" ", part), _NOT_LATIN.sub(" ", part))
            if len(by_script.strip()) > 2
        ]
        first, _, rest = part.partition(" ")
        if first in _PREFIXES and len(rest) > 2:
            found.append(rest)
    return [part for part in found if len(part) <= _LONGEST_NAME]


def _names_in_title(head: Head, names: set[str]) -> list[str]:
    """Parts of the title element that say a known name and a little more ("الموقع الرسمي لجريدة عمان")."""
    found = []
    for part in SEPARATOR.split(head.title)[1:]:
        folded = key(part)
        if folded and len(part) <= _LONGEST_NAME and any(len(name) > 3 and name in folded for name in names):
            found.append(part)
    return found


def _names_around_titles(head: Head) -> list[str]:
    """What one statement of the title has before or after a separator, and another has not."""
    titles = {head.title, *(content for _, content in head.meta("og:title", "twitter:title", "title"))}
    titles |= {text_of(head.article.get("headline"))}
    titles = {squeeze(title) for title in titles if title}
    found = []
    for longer in titles:
        parts = list(SEPARATOR.finditer(longer))
        if not parts:
            continue
        for name, rest in (
            (longer[parts[-1].end() :], longer[: parts[-1].start()]),
            (longer[: parts[0].start()], longer[parts[0].end() :]),
        ):
            if (
                1 < len(name) <= _LONGEST_NAME
                and len(name.split()) <= 6
                and any(key(other) and key(rest).startswith(key(other)) for other in titles if len(other) > 12)
            ):
                found.append(name)
    return found
