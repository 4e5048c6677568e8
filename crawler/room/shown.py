"""Stored documents as pages show them: nothing unseen in the texts, dates in the site's zone, links that are safe."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from crawler.arabic.letters import clean, words
from crawler.processes import is_dead
from crawler.room.links import outward, shown_address
from crawler.room.sites import Sites
from crawler.watch.health import Health

Document = dict[str, Any]
Pieces = list[tuple[str, bool]]

LONGEST_TEXT = 200_000
"""Characters of a body that a page shows."""
_LONGEST_LINE, _LONGEST_SUMMARY = 300, 3_000
"""Characters of a headline, and of whatever else a page gives: no publisher's is longer, and a hostile one floods."""
_MOST = 50
"""Authors and tags."""
_OPENING = 220
_RIGHT_TO_LEFT = {"ar", "ckb", "fa", "he", "ur"}


def plain(value: object, longest: int = _LONGEST_LINE) -> str | None:
    """A text on one line, without bidirectional overrides and whatever else cannot be seen; cut when it is long."""
    if not isinstance(value, str):
        return None
    text = clean(value[: 2 * longest]).replace("\n", " ")
    return (text if len(text) <= longest else f"{text[:longest]}…") or None


def plain_texts(value: object) -> list[str]:
    """The same of a list."""
    return [text for one in value[:_MOST] if (text := plain(one))] if isinstance(value, list) else []


@dataclass(frozen=True, slots=True)
class Address:
    """An address: how it reads, and where it leads if it may."""

    shown: str
    href: str | None

    @classmethod
    def of(cls, address: object) -> "Address | None":
        """None for nothing."""
        if not isinstance(address, str) or not address.strip():
            return None
        return cls(shown_address(address), outward(address))


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An article in a list."""

    id: str
    title: str
    kicker: str | None
    site: str | None
    language: str
    published_at: datetime | None
    section: str | None
    people: list[str]
    reads: int | None
    growth: float | None
    gone_at: datetime | None
    opening: str | None = None
    marked_title: Pieces = field(default_factory=list)
    snippet: Pieces = field(default_factory=list)

    @property
    def direction(self) -> str:
        """Of its text: that of its language, though a headline may begin with a Latin word."""
        return "rtl" if self.language.split("-")[0] in _RIGHT_TO_LEFT else "auto"


def headline(
    document: Document, sites: Sites, *, title: Pieces | None = None, snippet: Pieces | None = None
) -> Headline:
    """An article as a list shows it.

    Args:
        document: as stored, or as much of it as the list needs.
        sites: the catalogue.
        title: with what was asked for marked.
        snippet: likewise.
    """
    authors = plain_texts(document.get("authors"))
    people = authors or [text for name in ("author_initials", "agency") if (text := plain(document.get(name)))][:1]
    return Headline(
        id=bytes(document["_id"]).hex(),
        title=plain(document.get("title")) or "—",
        kicker=plain(document.get("kicker")),
        site=document.get("site"),
        language=document.get("language") or "ar",
        published_at=published_at(document, sites),
        section=plain(document.get("section")),
        people=people,
        reads=document.get("read_count"),
        growth=document.get("read_growth"),
        gone_at=sites.in_zone(document.get("gone_at"), document.get("site")),
        opening=_opening(document),
        marked_title=_clean_pieces(title),
        snippet=_clean_pieces(snippet),
    )


def _clean_pieces(pieces: Pieces | None) -> Pieces:
    # Spaces at the ends of a piece are what parts it from its neighbour.
    kept: Pieces = []
    left = _LONGEST_LINE
    for text, is_marked in pieces or []:
        if shown := clean(f"|{text[:left]}|")[1:-1]:
            kept.append((shown, is_marked))
        left -= len(text)
        if left <= 0:
            return [*kept, ("…", False)] if left < 0 else kept
    return kept


def _opening(document: Document) -> str | None:
    text = plain(document.get("summary"), _LONGEST_SUMMARY) or plain(str(document.get("body") or "")[: 2 * _OPENING])
    if text is None or len(text) <= _OPENING:
        return text
    return text[:_OPENING].rsplit(" ", 1)[0] + "…"


def _printed(document: Document, name: str, offset_name: str, sites: Sites) -> datetime | None:
    """An instant in the offset that the page gave, or in the site's zone."""
    moment, offset = document.get(name), document.get(offset_name)
    if moment is None or offset is None:
        return sites.in_zone(moment, document.get("site"))
    try:
        shown: datetime = moment.astimezone(timezone(timedelta(minutes=offset)))
    except (OverflowError, ValueError):
        return sites.in_zone(moment, document.get("site"))
    return shown


def published_at(document: Document, sites: Sites) -> datetime | None:
    """When the article was published, by the site's clock."""
    return _printed(document, "published_at", "published_utc_offset", sites)


@dataclass(frozen=True, slots=True, kw_only=True)
class FullArticle:
    """One article on its own page."""

    headline: Headline
    summary: str | None
    paragraphs: list[str]
    is_cut: bool
    modified_at: datetime | None
    fetched_at: datetime | None
    first_seen: datetime | None
    last_seen: datetime | None
    published_raw: str | None
    byline: str | None
    authors: list[str]
    initials: str | None
    agency: str | None
    tags: list[str]
    words: int
    number: int
    address: Address | None
    image: Address | None
    others: list[Address]
    archived: Document | None
    extractor: str | None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.headline, name)


def full_article(document: Document, sites: Sites) -> FullArticle:
    """An article as its page shows it."""
    body = str(document.get("body") or "")
    site = document.get("site")
    paragraphs = [text for text in clean(body[:LONGEST_TEXT]).split("\n\n") if text.strip()]
    archived = document.get("archived")
    given = document.get("canonical_url") or document.get("url")
    address = Address.of(given)
    shown = given
    if address is not None and address.href is None:  # a page may name any address as its own
        shown = document.get("url")
        address = Address.of(shown)
    others = [document.get("url"), *(alias.get("url") for alias in document.get("aliases") or [])]
    told = dict.fromkeys(other for other in others if isinstance(other, str) and other not in {given, shown})
    return FullArticle(
        headline=headline(document, sites),
        summary=plain(document.get("summary"), _LONGEST_SUMMARY),
        paragraphs=paragraphs,
        is_cut=len(body) > LONGEST_TEXT,
        modified_at=_printed(document, "modified_at", "modified_utc_offset", sites),
        fetched_at=sites.in_zone(document.get("fetched_at"), site),
        first_seen=sites.in_zone(document.get("first_seen"), site),
        last_seen=sites.in_zone(document.get("last_seen"), site),
        published_raw=plain(document.get("published_raw")),
        byline=plain(document.get("byline")),
        authors=plain_texts(document.get("authors")),
        initials=plain(document.get("author_initials")),
        agency=plain(document.get("agency")),
        tags=plain_texts(document.get("tags")),
        words=document["words"] if document.get("words") is not None else len(words(body[:LONGEST_TEXT])),
        number=document.get("number") or 1,
        address=address,
        image=Address.of(document.get("image_url")),
        others=[one for one in map(Address.of, told) if one is not None][:20],
        archived={"file": str(archived["file"]), "offset": archived["offset"]} if archived else None,
        extractor=plain(document.get("extractor")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl."""

    id: str
    site: str
    started_at: datetime
    ended_at: datetime | None
    seconds: float | None
    end: str
    """Scrapy's reason, 'running' or 'died'."""
    kind: str
    """'ok', 'bad' or 'running'."""
    counts: Document
    """How many of each kind; 0 where the run counted none."""
    reasons: dict[str, dict[str, int]]
    """Of kinds that are told apart by reason."""
    arguments: str | None = None
    notes: list[Document] = field(default_factory=list)
    health: Health | None = None
    """The site's state, where this is its last run."""

    @property
    def counted(self) -> list[tuple[str, int, list[tuple[str, int]]]]:
        """Kinds of outcome: name, number, and its reasons with theirs."""
        return [(kind, n, sorted(self.reasons.get(kind, {}).items())) for kind, n in self.counts.items()]


_COUNTS = ("found", "fetched", "new", "updated", "unchanged", "duplicate", "dropped", "failed", "known")
_GOOD_ENDS = {"finished", "pages_limit", "closespider_timeout", "shutdown"}


def run(crawl: Document, sites: Sites, now: datetime, health: Health | None = None) -> Run:
    """A crawl's record as pages show it.

    Args:
        crawl: the record.
        sites: the catalogue.
        now: the present.
        health: the site's state, where this is its last run.
    """
    site = str(crawl.get("site"))
    counts: Document = crawl.get("counts") or {}
    end = crawl.get("reason") or ("died" if is_dead(crawl.get("process") or "") else "running")
    until = crawl.get("ended_at") or (now if end == "running" else None)
    whole = {name: int(counts.get(name) or 0) for name in _COUNTS if name in counts or name in _COUNTS[2:8]}
    reasons = {
        name.removesuffix("_by_reason"): value
        for name, value in counts.items()
        if name.endswith("_by_reason") and isinstance(value, dict)
    }
    notes = [
        {
            "address": Address.of(note.get("address")),
            "reason": plain(note.get("reason")),
            "detail": plain(note.get("detail")),
        }
        for note in crawl.get("notes") or []
    ]
    started_at = sites.in_zone(crawl["started_at"], site) or crawl["started_at"]
    return Run(
        id=str(crawl["_id"]),
        site=site,
        started_at=started_at,
        ended_at=sites.in_zone(crawl.get("ended_at"), site),
        seconds=(until - crawl["started_at"]).total_seconds() if until else None,
        end=str(end),
        kind="running" if end == "running" else "ok" if end in _GOOD_ENDS else "bad",
        counts=whole,
        reasons=reasons,
        arguments=" ".join(f"{name}={value}" for name, value in (crawl.get("arguments") or {}).items()) or None,
        notes=[note for note in notes if note["address"]],
        health=health,
    )
