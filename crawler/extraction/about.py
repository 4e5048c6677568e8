"""What else the page says of the article: address, language, section, tags, picture, lines around the headline."""

import re
from urllib.parse import urljoin, urlsplit

from crawler.addresses import address_identity, canonical_address
from crawler.arabic.byline_names import is_likely
from crawler.arabic.bylines import parse_byline
from crawler.arabic.letters import clean, words
from crawler.arabic.marks import INVISIBLE
from crawler.extraction.evidence import MARKUP, STRUCTURED, Ledger
from crawler.extraction.head import Head
from crawler.extraction.jsonld import text_of
from crawler.extraction.outlet import host_of, key
from crawler.extraction.outline import HEADINGS, Outline
from crawler.extraction.vocabulary import Means

_HOME = re.compile(r"^/?(?:index\.\w+|home|ar|arabic|main)?/?$", re.IGNORECASE)
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
        if page.means[index] & Means.KICKER and not page.around[index] & (Means.OTHERS | Means.FRAME | Means.HIDDEN):
            inside = index > headline and page.inside(index, headline)
            text = _kicker_text(page, index, title, own_names, shortest=1 if inside else 2)
            if text and not page.inside(headline, index):
                ledger.took("kicker", text, MARKUP, f"<{page.tags[index]}> {page.elements[index].get('class')}")
                return text
    above = _heading_above(page, headline)
    text = _kicker_text(page, above, title, own_names, shortest=_SHORTEST_KICKER) if above is not None else None
    if above is not None and text and not _names_somebody(text, own_names):
        ledger.took("kicker", text, MARKUP, f"<{page.tags[above]}> right above the headline")
        return text
    return None


_SHORTEST_KICKER = 3
"""Words in a heading above the headline that no name calls a kicker: fewer may be a section."""


def _names_somebody(text: str, own_names: frozenset[str]) -> bool:
    """Whether a line is a byline: the writer's name may stand above the headline of a column."""
    return any(is_likely(words(name)) for name in parse_byline(text, own_names=own_names).authors)


def _kicker_text(page: Outline, index: int, title: str, own_names: frozenset[str], *, shortest: int) -> str | None:
    """The text of an element where it may be a kicker: no link, neither the paper's name nor the headline."""
    if not 0 < page.text[index] <= 160 or page.linked[index] >= page.text[index]:
        return None
    text = clean(page.words_of(index))
    folded = key(text)
    return text if folded not in own_names and folded != key(title) and len(words(text)) >= shortest else None


def _heading_above(page: Outline, headline: int) -> int | None:
    """A heading that is the headline's sibling right before it."""
    before = headline - 1
    while (
        before > 0 and page.parents[before] != page.parents[headline] and page.parents[before] > page.parents[headline]
    ):
        before = page.parents[before]
    if before <= 0 or page.parents[before] != page.parents[headline] or page.tags[before] not in HEADINGS:
        return None
    return None if page.around[before] & (Means.OTHERS | Means.FRAME | Means.HIDDEN | Means.FURNITURE) else before


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
