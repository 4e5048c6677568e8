"""The sample newspaper as a site: every address, what is answered there, and the record expected of it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from samples.layouts import HOST, NAME, listing, page_of, path_of
from samples.stories import Story, edited, stories

BASE = f"https://{HOST}"
FIRST_VISIT = datetime(2021, 8, 1, 6, tzinfo=UTC)
SECOND_VISIT = FIRST_VISIT + timedelta(days=1)
_PER_PAGE = {1: 5, 2: 6, 3: 50}
SECTIONS = {1: "/dz/الأخيرة", 2: "/أخبار/", 3: "/latest"}
_HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Answer:
    """What the site answers at one address at one time."""

    path: str
    """Decoded."""
    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: dict(_HTML))
    visit: datetime = SECOND_VISIT


class Newspaper:
    """All of the site; the same seed gives the same bytes."""

    def __init__(self, seed: int = 1) -> None:
        self.stories = stories(seed)
        self.by_case = {story.case: story for story in self.stories}

    def answers(self) -> list[Answer]:
        """Every answer, of the first visit and of the second, in the order of the visits."""
        result = [*self._listings(), *self._stories(), *self._odd_ones(), *self._machine_readable()]
        return sorted(result, key=lambda answer: answer.visit)

    def expected(self) -> list[dict[str, Any]]:
        """The records that a crawl of the second visit gives, in the order of the stories."""
        return [record(story, BASE) for story in self.stories]

    def _listings(self) -> list[Answer]:
        result = []
        for layout, path in SECTIONS.items():
            shown = [story for story in self.stories if story.layout == layout]
            size = _PER_PAGE[layout]
            for start in range(0, len(shown), size):
                following = start + size if start + size < len(shown) else None
                others = self._other_addresses() if layout == 3 else ()
                body = listing(
                    layout,
                    path.strip("/").split("/")[-1],
                    shown[start : start + size],
                    next_page=_next_link(layout, following, size),
                    others=others,
                )
                result += self._on_visits(layout, Answer(_listing_path(layout, start, size), body))
        return result

    def _other_addresses(self) -> tuple[str, ...]:
        """Addresses that the newest listing names besides the stories."""
        twice, tracked = (
            self.by_case["printed under a second address"],
            self.by_case["reached with a tracking parameter"],
        )
        return (
            f"/print/{twice.number}",
            f"{quote(path_of(tracked))}?utm_source=facebook&amp;utm_medium=social",
            quote(path_of(tracked)).lower() + "#comments",
            "/article/old/77",
            "/gallery/3",
            "/article/withdrawn",
            "/article/overloaded",
            "/article/cut-off",
            "/search?q=test",
            "https://elsewhere.example/1",
        )

    def _stories(self) -> list[Answer]:
        result = []
        for story in self.stories:
            body = page_of(story)
            if story.case == "broken markup":
                body = _broken(body)
            first = page_of(edited(story)) if story.case == "edited after printing" else body
            result += self._on_visits(story.layout, Answer(path_of(story), body), first)
        return result

    @staticmethod
    def _on_visits(layout: int, answer: Answer, first: bytes | None = None) -> list[Answer]:
        """The answer as recorded: the first visit saw only the oldest design, and perhaps another text."""
        if layout != 1:
            return [answer]
        return [replace(answer, body=first or answer.body, visit=FIRST_VISIT), answer]

    def _odd_ones(self) -> list[Answer]:
        twice, moved = self.by_case["printed under a second address"], self.by_case["moved"]
        gallery = _odd("صور من السوق الأسبوعية", '<div class="gallery"><img src="/1.jpg"><img src="/2.jpg"></div>')
        return [
            Answer(f"/print/{twice.number}", page_of(twice)),
            Answer("/article/old/77", b"", 301, {"Location": quote(path_of(moved))}),
            Answer("/gallery/3", gallery),
            Answer("/article/withdrawn", _odd("الصفحة غير موجودة", "<p>404</p>"), 404),
            Answer("/article/overloaded", b"<h1>500</h1>", 500),
            Answer("/article/cut-off", page_of(moved)[:300]),
        ]

    def _machine_readable(self) -> list[Answer]:
        robots = f"User-agent: *\nDisallow: /search\nSitemap: {BASE}/sitemap.xml\n"
        modern = [story for story in self.stories if story.layout == 3]
        wordpress = [story for story in self.stories if story.layout == 2]
        xml = {"Content-Type": "application/xml; charset=utf-8"}
        return [
            Answer("/robots.txt", robots.encode(), 200, {"Content-Type": "text/plain"}),
            Answer("/feed/", _rss(wordpress), 200, xml),
            Answer("/atom.xml", _atom(modern), 200, xml),
            Answer("/sitemap.xml", _sitemap_index(), 200, xml),
            Answer("/sitemap-news.xml", _news_sitemap(modern), 200, xml),
        ]


def record(
    story: Story, base: str, *, site: str = "sample", fetched_at: datetime | None = SECOND_VISIT
) -> dict[str, Any]:
    """The record expected of a story's page, with the field names of crawler.items.Article."""
    address = f"{base}{quote(path_of(story), safe='/-')}"
    modern = story.layout == 3
    return {
        "url": address,
        "canonical_url": address,
        "site": site,
        "country": "dz",
        "language": "ar",
        "title": story.title,
        "kicker": story.kicker,
        "summary": story.summary,
        "body": story.body,
        "published_at": _shown(story),
        "modified_at": None,
        "authors": list(story.authors),
        "author_initials": story.initials,
        "agency": story.agency_name,
        "read_count": story.reads,
        "section": story.section if story.layout != 1 else None,
        "tags": list(story.tags) if modern else [],
        "fetched_at": fetched_at.isoformat() if fetched_at else None,
    }


def _shown(story: Story) -> str | None:
    """The instant that the page shows: the second design prints only the day."""
    moment = story.published_at
    if moment is None:
        return None
    if story.layout == 2:
        moment = moment.replace(hour=0, minute=0, second=0)
    return moment.isoformat()


def _listing_path(layout: int, start: int, size: int) -> str:
    path = SECTIONS[layout]
    if not start:
        return path
    return f"{path}?start={start}" if layout == 1 else f"{path}page/{start // size + 1}/"


def _next_link(layout: int, following: int | None, size: int) -> str | None:
    return None if following is None else quote(_listing_path(layout, following, size), safe="/?=")


def _broken(page: bytes) -> bytes:
    """Unclosed and crossed tags, a stray end tag, a bare '<': as old editors leave them."""
    text = page.decode()
    return text.replace("</p>", "").replace("</div>\n <div", "</span></div></div>\n <div", 1).encode()


def _odd(title: str, content: str) -> bytes:
    return (
        f"<!DOCTYPE html><html lang=ar dir=rtl><head><meta charset=utf-8><title>{title} | {NAME}</title></head>"
        f"<body><h1>{title}</h1>{content}</body></html>"
    ).encode()


def _rss(shown: list[Story]) -> bytes:
    items = "".join(
        f"<item><title>{story.title}</title><link>{BASE}{quote(path_of(story), safe='/-')}</link>"
        f"<pubDate>{story.published_at:%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
        for story in shown
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{NAME}</title>{items}</channel></rss>'.encode()


def _atom(shown: list[Story]) -> bytes:
    entries = "".join(
        f'<entry><title>{story.title}</title><link href="{BASE}{quote(path_of(story), safe="/-")}"/>'
        + (f"<published>{story.published_at.isoformat()}</published>" if story.published_at else "")
        + "</entry>"
        for story in shown
    )
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{NAME}</title>{entries}</feed>'.encode()
    )


def _sitemap_index() -> bytes:
    return (
        '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{BASE}/sitemap-news.xml</loc></sitemap></sitemapindex>"
    ).encode()


def _news_sitemap(shown: list[Story]) -> bytes:
    urls = "".join(
        f"<url><loc>{BASE}{quote(path_of(story), safe='/-')}</loc><news:news><news:publication_date>"
        f"{story.published_at.isoformat()}</news:publication_date><news:title>{story.title}</news:title></news:news></url>"
        for story in shown
        if story.published_at
    )
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    ).encode()
