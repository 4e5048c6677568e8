"""What a probe found: plain data, for people and for programs."""

from collections import Counter
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from crawler.discovery.found import Found
from crawler.items import Article

# Every record has these, or they are not the page's to give.
_NOT_COUNTED = frozenset(
    {"url", "canonical_url", "site", "country", "language", "fetched_at", "published_raw", "byline"}
)
_EXAMPLES = 2


@dataclass(slots=True)
class Place:
    """A place that lists articles, and its answer."""

    way: str
    """'feed', 'sitemap', 'section' or 'home'."""
    address: str
    named_by: str
    """'declared', 'robots.txt', 'home page', 'found' (by a spider's front page), 'sitemap' (an index) or 'guess'."""
    status: int | None = None
    problem: str | None = None
    """Why it gave nothing, or not all; one line."""
    entries: int = 0
    articles: int = 0
    """Entries of the site whose addresses may be articles'."""
    newest: datetime | None = None
    oldest: datetime | None = None
    found: list[Found] = field(default_factory=list, repr=False)

    @property
    def works(self) -> bool:
        """Whether it names articles."""
        return self.articles > 0

    def take(self, found: list[Found], articles: list[Found], entries: int) -> None:
        """Note what the place names."""
        self.found, self.entries, self.articles = articles, entries, len(articles)
        if moments := [moment for one in found if (moment := one.published_at or one.modified_at)]:
            self.newest, self.oldest = max(moments), min(moments)


@dataclass(slots=True)
class PageRead:
    """One article page."""

    address: str
    way: str
    status: int | None = None
    article: Article | None = None
    problem: str | None = None
    text_from: str | None = None
    """Where the body stood: 'markup', 'site rules', 'JSON-LD articleBody', 'script state', ...; None without one."""
    scripted: tuple[str, ...] = ()
    """Signs of pages that scripts build: 'Next', 'Nuxt', ..."""
    amp_url: str | None = None


@dataclass(slots=True)
class Robots:
    """What robots.txt says to this crawler."""

    status: int | None = None
    crawl_delay: float | None = None
    """Seconds."""
    sitemaps: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    """Addresses that were needed and not asked for."""


@dataclass(slots=True)
class Report:
    """All of it."""

    address: str
    spider: str | None
    """Name of the site's spider; None when it has none."""
    user_agent: str
    robots: Robots = field(default_factory=Robots)
    places: list[Place] = field(default_factory=list)
    pages: list[PageRead] = field(default_factory=list)
    requests: int = 0
    seconds: float = 0.0
    name_ar: str | None = None
    language: str | None = None
    system: str | None = None
    """What the front page says that made it (meta generator)."""
    draft: str | None = None
    """A spider's file, for a site that has none."""

    @property
    def articles(self) -> list[Article]:
        """The records of the pages that gave one."""
        return [page.article for page in self.pages if page.article]

    def fields(self) -> list[tuple[str, int, list[str]]]:
        """(field, records that have it, addresses of some that lack it)."""
        names = [name for name in Article.field_names() if name not in _NOT_COUNTED]
        rows = []
        for name in names:
            lacking = [article.url for article in self.articles if getattr(article, name) in (None, [])]
            rows.append((name, len(self.articles) - len(lacking), lacking[:_EXAMPLES]))
        return rows

    def javascript(self) -> tuple[str, str]:
        """(verdict, why): 'not needed', 'data carried', 'needed' or 'unknown'."""
        origins = Counter(page.text_from for page in self.pages if page.text_from)
        empty = [page for page in self.pages if page.status == 200 and page.article is None and page.scripted]
        where = ", ".join(f"{count} {origin}" for origin, count in origins.most_common())
        shown = origins["markup"] + origins["site rules"] + origins["trafilatura"]
        if len(empty) > len(self.articles):
            systems = sorted({sign for page in empty for sign in page.scripted})
            amp = f"; {count} have an AMP version" if (count := sum(bool(page.amp_url) for page in empty)) else ""
            return "needed", f"{len(empty)} of {len(self.pages)} pages show no text ({', '.join(systems)}){amp}"
        if not origins:
            return "unknown", "no page gave a text"
        return ("not needed" if shown * 2 >= origins.total() else "data carried"), f"the text stands in: {where}"

    def undeclared(self) -> dict[str, list[str]]:
        """What a site's spider might declare and does not: feeds and sitemaps that answer, by attribute."""
        found: dict[str, list[str]] = {}
        for place in self.places if self.spider else ():
            if place.named_by in {"robots.txt", "home page"} and place.entries and place.problem is None:
                found.setdefault(f"{place.way}s", []).append(place.address)
        return found

    def ways(self) -> dict[str, int]:
        """Articles that each way names."""
        counts: Counter[str] = Counter()
        for place in self.places:
            counts[place.way] += place.articles
        return dict(counts)

    def as_json(self) -> dict[str, Any]:
        """For programs: instants as ISO 8601."""
        verdict, why = self.javascript()
        plain = {
            one.name: getattr(self, one.name) for one in fields(self) if one.name not in {"places", "pages", "robots"}
        }
        return plain | {
            "robots": asdict(self.robots),
            "places": [_place(place) for place in self.places],
            "articles_found": self.ways(),
            "undeclared": self.undeclared(),
            "pages": [_page(page) for page in self.pages],
            "fields": {name: {"filled": count, "missing": lacking} for name, count, lacking in self.fields()},
            "articles_read": len(self.articles),
            "javascript": {"verdict": verdict, "why": why},
        }


def _place(place: Place) -> dict[str, Any]:
    names = ("way", "address", "named_by", "status", "problem", "entries", "articles")
    moments = {name: moment.isoformat() if (moment := getattr(place, name)) else None for name in ("newest", "oldest")}
    return {name: getattr(place, name) for name in names} | moments


def _page(page: PageRead) -> dict[str, Any]:
    names = ("address", "way", "status", "problem", "text_from", "scripted", "amp_url")
    return {name: getattr(page, name) for name in names} | {"title": page.article.title if page.article else None}
