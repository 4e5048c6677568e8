"""One page read: every part of the extraction, in its order of trust."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from lxml import etree
from pydantic import ValidationError

from crawler.arabic.letters import clean, words
from crawler.extraction import about, kinds
from crawler.extraction.blocks import Line
from crawler.extraction.body import Body, Region, find_region, read_body
from crawler.extraction.dating import Dates, find_dates
from crawler.extraction.declared import Declared, read_declared
from crawler.extraction.decoding import decode, mend
from crawler.extraction.evidence import Ledger
from crawler.extraction.head import Head, read_head
from crawler.extraction.listings import listing_signs
from crawler.extraction.outlet import own_names
from crawler.extraction.outline import INLINE, Outline, outline, parse
from crawler.extraction.people import find_people
from crawler.extraction.readable import readable
from crawler.extraction.reads import find_read_count
from crawler.extraction.result import Extraction
from crawler.extraction.rules import Site
from crawler.extraction.sections import find_section
from crawler.extraction.tags import find_tags
from crawler.extraction.titles import Headline, find_headline
from crawler.extraction.trimming import Known
from crawler.extraction.version import version_of
from crawler.items import Article

_SHORTEST_BODY = 40
"""Characters of the shortest text that is an article's."""
_LONGEST_NOTICE = 250
"""Characters of the line that describes a video, or asks to sign in."""
_LONGEST_SIDE_LINE = 160
_MOST_SIDE_LINES = 12
_MOST_SHOWN = 400_000


@dataclass(slots=True)
class _Page:
    """What the parts of one reading share."""

    url: str
    site: Site | None
    now: datetime
    now_is_given: bool
    root: etree._Element
    head: Head
    page: Outline
    names: frozenset[str]
    declared: Declared
    ledger: Ledger
    feed_text: str | None


def read(
    page: bytes | str,
    url: str,
    site: Site | None,
    *,
    encoding: str | None,
    fetched_at: datetime | None,
    now: datetime | None,
    feed_text: str | None,
    explain: bool,
) -> Extraction:
    """The reading of one page; see `crawler.extraction.extract`."""
    ledger = Ledger(open_=explain)

    def no_article(kind: str, error: str) -> Extraction:
        return Extraction(url, None, error, kind, ledger.entries())

    text = page if isinstance(page, str) else decode(page, encoding)[0]
    if not text.strip():
        return no_article("empty", "the page is empty")
    if _is_binary(page):
        return no_article("not html", "this is no HTML page")
    text, _ = mend(text)
    root = parse(text)
    if root is None:
        return no_article("not html", "this is no HTML page")
    head = read_head(root)
    outlined = outline(root)
    if not outlined.text[0] and not head.nodes and next(root.iter("script"), None) is None:
        return no_article("empty", "the page shows no text")
    clock = now or fetched_at or datetime.now(UTC)
    declared = read_declared(root, site, ledger)
    reading = _Page(
        url,
        site,
        clock,
        now is not None or fetched_at is not None,
        root,
        head,
        outlined,
        own_names(head, url, site),
        declared,
        ledger,
        feed_text,
    )
    return _article(reading, fetched_at)


def _is_binary(page: bytes | str) -> bool:
    """Whether bytes are a picture, a PDF or an archive."""
    start = page[:1024]
    if isinstance(start, str):
        start = start.encode("utf-8", "ignore")
    if start.startswith(
        (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00")
    ):
        return True
    return b"<" not in page[:200_000] if isinstance(page, bytes) else "<" not in page[:200_000]


def _article(reading: _Page, fetched_at: datetime | None) -> Extraction:
    page, head, ledger, declared = reading.page, reading.head, reading.ledger, reading.declared
    headline = _headline(reading)
    index = headline.index if headline else None
    region = find_region(page, index, declared.body, declared.remove)
    side = _side_lines(page, region.lines, region.beside)
    dates = _dates(reading, index, region)
    people = find_people(
        page,
        head,
        headline=index,
        body=region.span,
        lines=side,
        lead=next((line.text for line in region.lines), ""),
        shows=_shows(page),
        own_names=reading.names,
        now=reading.now,
        ledger=ledger,
    )
    title = readable(headline.text) if headline else ""
    kicker = declared.kicker or about.find_kicker(page, index, title, reading.names, ledger)
    known = Known(
        titles=tuple(text for text in (title, kicker, *(t for t, _ in declared.titles)) if text),
        people=tuple(
            text
            for text in (*people.raws, *people.authors, people.initials, declared.byline, declared.initials)
            if text
        ),
        own_names=reading.names,
        zone=dates.zone,
        now=reading.now,
    )
    body = read_body(
        reading.root, len(page.tags), head, region=region, known=known, ledger=ledger, feed_text=reading.feed_text
    )
    body.text = readable(body.text)
    error = _no_article(reading, Headline(title, index) if title else None, region.lines, body)
    if error is not None:
        amp_url = about.find_amp(head, reading.url) if error[0] == "empty" else None
        return Extraction(reading.url, None, error[1], error[0], ledger.entries(), amp_url)
    summary = (
        declared.summary
        or about.find_summary(
            page,
            headline=index,
            body_start=region.span[0] if region.span else None,
            title=title,
            body=body.text,
            ledger=ledger,
        )[0]
    )
    count = (
        declared.read_count
        if declared.read_count is not None
        else find_read_count(page, head, headline=index, body=region.span, ledger=ledger)
    )
    section = declared.section or find_section(
        page, head, url=reading.url, headline=index, title=title, own_names=reading.names, ledger=ledger
    )
    fields = {
        "canonical_url": about.find_canonical(head, reading.url, ledger),
        "site": reading.site.name if reading.site else None,
        "country": reading.site.country if reading.site else None,
        "language": reading.site.language if reading.site else about.find_language(head, body.text),
        "title": title,
        "kicker": kicker,
        "summary": summary,
        "published_at": dates.published_at,
        "modified_at": dates.modified_at,
        "published_raw": dates.published_raw,
        "authors": declared.authors or people.authors,
        "author_initials": declared.initials or (None if declared.authors else people.initials),
        "byline": declared.byline or people.byline,
        "agency": declared.agency or people.agency or body.agency,
        "read_count": count,
        "section": section,
        "tags": declared.tags or find_tags(page, head, after=index or 0, ledger=ledger),
        "image_url": declared.image_url or about.find_image(head, reading.url, ledger),
        "fetched_at": fetched_at,
        "extractor": version_of(reading.site),
    }
    try:
        article = Article(url=reading.url, body=body.text, **{name: readable(value) for name, value in fields.items()})
    except ValidationError as invalid:
        problem = invalid.errors()[0]
        return Extraction(
            reading.url, None, f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}", "invalid", ledger.entries()
        )
    return Extraction(reading.url, article, evidence=ledger.entries(), is_fed=body.is_fed)


def _headline(reading: _Page) -> Headline | None:
    declared = reading.declared
    if declared.title is not None:
        element, text = declared.title
        index = (
            next((i for i, e in enumerate(reading.page.elements) if e is element), None)
            if element is not None
            else None
        )
        return Headline(text, index)
    return find_headline(reading.page, reading.head, reading.names, reading.ledger)


def _dates(reading: _Page, headline: int | None, region: Region) -> Dates:
    lines = (*region.beside[:_MOST_SIDE_LINES], *region.lines[:5], *region.lines[-4:])
    return find_dates(
        reading.page, reading.head, headline=headline, body=region.span, url=reading.url, site=reading.site,
        lines=list(dict.fromkeys((line.text, line.owner) for line in lines)), now=reading.now,
        now_is_given=reading.now_is_given, declared=reading.declared.dates, ledger=reading.ledger,
    )  # fmt: skip


def _side_lines(page: Outline, lines: list[Line], beside: list[Line]) -> list[str]:
    """Short lines at the text's head and end, where bylines and dates stand without mark-up, and their parts."""
    texts: list[str] = []
    for line in beside[:_MOST_SIDE_LINES]:
        parts = [
            i
            for i in range(line.owner + 1, page.end[line.owner])
            if page.parents[i] == line.owner and page.text[i] and page.tags[i] in INLINE
        ]
        texts += [page.words_of(i) for i in parts if page.text[i] <= _LONGEST_SIDE_LINE] if len(parts) > 1 else []
        texts.append(line.text)
    texts += [line.text for line in (*lines[:5], *lines[-4:])]
    return [clean(text) for text in dict.fromkeys(texts) if len(text) <= _LONGEST_SIDE_LINE and not text.endswith(".")]


def _shows(page: Outline) -> Callable[[str], bool]:
    """Answers whether the page shows a name, in any spelling; elements part words here, as boxes do on the page."""

    @cache
    def text() -> str:
        texts = (text for element in page.elements for text in (element.text, element.tail) if text)
        return " ".join(texts)[:_MOST_SHOWN]

    @cache
    def folded() -> frozenset[str]:
        return frozenset(words(text()))

    return lambda name: name in text() or set(words(name)) <= folded()  # folding the whole page is what costs


def _no_article(reading: _Page, headline: Headline | None, lines: list[Line], body: Body) -> tuple[str, str] | None:
    """(kind, one line) of a page that gives no article; None for one that does."""
    title = headline.text if headline else None
    if kinds.names_error(reading.head, title, lines):
        return "error page", "the page says that there is nothing here"
    if len(body.text) < _LONGEST_NOTICE and kinds.asks_to_sign_in(title, lines):
        return "error page", "the page asks its reader to sign in"
    if len(body.text) < _LONGEST_NOTICE and "\n\n" not in body.text and kinds.names_video(reading.head):
        return "video", "the page shows a video and no text"
    listing = listing_signs(reading.page, reading.head, reading.url, headline, lines)
    if listing is not None:
        return "listing", f"the page lists articles: {listing}"
    if len(body.text) < _SHORTEST_BODY and kinds.shows_video(reading.page):
        return "video", "the page shows a video and no text"
    missing = "article text" if len(body.text) < _SHORTEST_BODY else "headline" if not title else None
    return ("empty", f"the page has no {missing}") if missing else None
