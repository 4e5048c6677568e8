"""A fictional newspaper of any size, served over HTTP on loopback; remembers what it was asked.

Twenty-four months of articles, listed as real papers do: a feed of thirty, a news sitemap of two days, a sitemap index
by month, sections of twenty a page. Feed and sitemaps answer conditional requests.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

from benchmarks.loopback import Loopback, Reply

MONTHS = 24
_FEED = 30
_PAGE = 20
WORDS = (
    "المدينة السوق الميناء الطريق المدرسة الحديقة الجسر المكتبة القطار البحر الجبل الوادي النهر المصنع "
    "المزرعة الملعب المسرح المعرض الجمعية البلدية الوزارة المجلس اللجنة الشركة العمال السكان الطلبة الفلاحون "
    "الصيادون الزوار افتتحت أعلنت شهدت نظمت قررت أطلقت أنجزت وزعت رممت جهزت جديدة كبيرة قديمة واسعة حديثة "
    "مشتركة سنوية محلية صباح مساء خلال بعد قبل أمام قرب داخل"
)


@dataclass
class Story:
    """One article."""

    number: int
    published_at: datetime
    modified_at: datetime
    edits: int = 0
    is_deleted: bool = False
    reads: int | None = None
    """What its counter shows; None: the page has none."""

    @property
    def path(self) -> str:
        """Its address on the site."""
        return f"/news/{self.number}"

    def page(self) -> bytes:
        """Its page: small, and different from all others."""
        words = random.Random(self.number)  # noqa: S311 - prose, not secrets
        paragraphs = [" ".join(words.choices(WORDS.split(), k=40)) for _ in range(3)]
        if self.edits:
            paragraphs.append(
                f"وأضافت الصحيفة في تحديث رقم {self.edits} أن الأشغال انتهت قبل موعدها في المدينة القديمة."
            )
        title = f"{' '.join(words.choices(WORDS.split(), k=5))} {self.number}"
        body = "".join(f"<p>{paragraph}.</p>" for paragraph in paragraphs)
        counter = "" if self.reads is None else f'<span class="hits">القراءات: {self.reads}</span>'
        return (
            f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="{self.published_at.isoformat()}"></head>'
            f'<body><article><h1>{title}</h1>{counter}<div class="text">{body}</div></article></body></html>'
        ).encode()


@dataclass
class Newspaper(Loopback):
    """A newspaper's site; a context that serves."""

    size: int
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    asked: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    on_request: Callable[[str], None] | None = None

    def __post_init__(self) -> None:
        self.first_month = _months_before(self.now, MONTHS - 1)
        span = self.now - timedelta(minutes=5) - self.first_month
        step = span / self.size
        self.stories: dict[int, Story] = {}
        for i in range(self.size):
            moment = (self.first_month + step * (i + 1)).replace(microsecond=0)
            self.stories[i + 1] = Story(i + 1, moment, moment)

    # --- what its editors do

    def publish(self, count: int) -> list[Story]:
        """Print so many new articles, now."""
        now = datetime.now(UTC).replace(microsecond=0)
        numbers = range(max(self.stories) + 1, max(self.stories) + 1 + count)
        new = [Story(number, now, now) for number in numbers]
        self.stories |= {story.number: story for story in new}
        return new

    def edit(self, *numbers: int) -> None:
        """Change articles' texts."""
        for number in numbers:
            self.stories[number].edits += 1
            self.stories[number].modified_at = datetime.now(UTC).replace(microsecond=0)

    def delete(self, *numbers: int) -> None:
        """Take articles off the site."""
        for number in numbers:
            self.stories[number].is_deleted = True

    # --- what it serves

    def newest(self) -> list[Story]:
        """All that it has, newest first."""
        stories = (story for story in self.stories.values() if not story.is_deleted)
        return sorted(stories, key=lambda story: (story.published_at, story.number), reverse=True)

    def of_month(self, month: str) -> list[Story]:
        """What was printed in a month (2026-03)."""
        return [story for story in self.newest() if f"{story.published_at:%Y-%m}" == month]

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body."""
        if path == "/robots.txt":
            return 200, "text/plain", b"User-agent: *\nDisallow: /admin/\n"
        kind, _, rest = path.strip("/").partition("/")
        if kind == "news" and rest.isdecimal() and (story := self.stories.get(int(rest))) and not story.is_deleted:
            return 200, "text/html; charset=utf-8", story.page()
        listing = self._listing(kind, rest)
        return (404, "text/html", b"<html><body>404</body></html>") if listing is None else (200, *listing)

    def _listing(self, kind: str, rest: str) -> tuple[str, bytes] | None:
        if kind == "feed":
            return "application/rss+xml", self._feed()
        if kind == "sitemap.xml":
            return "application/xml", self._index()
        if kind == "news-sitemap.xml":
            recent = [story for story in self.newest() if story.published_at > self.now - timedelta(days=2)]
            return "application/xml", self._sitemap(recent, news=True)
        if kind.startswith("sitemap-"):
            return "application/xml", self._sitemap(self.of_month(kind[8:15]), news=False)
        if kind == "latest":
            page = int(rest.removeprefix("page/").strip("/") or 1)
            return "text/html; charset=utf-8", self._section(self.newest()[_PAGE * (page - 1) : _PAGE * page])
        return None

    def _feed(self) -> bytes:
        items = "".join(
            f"<item><title>خبر</title><link>{self.address}{story.path}</link>"
            f"<pubDate>{format_datetime(story.published_at)}</pubDate></item>"
            for story in self.newest()[:_FEED]
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>ج</title>{items}</channel></rss>'.encode()

    def _index(self) -> bytes:
        entries = []
        for back in range(MONTHS):
            month = f"{_months_before(self.now, back):%Y-%m}"
            if stories := self.of_month(month):
                changed = max(story.modified_at for story in stories).isoformat()
                entries.append(
                    f"<sitemap><loc>{self.address}/sitemap-{month}.xml</loc><lastmod>{changed}</lastmod></sitemap>"
                )
        return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</sitemapindex>'.encode()

    def _sitemap(self, stories: Iterable[Story], *, news: bool) -> bytes:
        entries = []
        for story in stories:
            extra = f"<lastmod>{story.modified_at.isoformat()}</lastmod>"
            if news:
                date = story.published_at.isoformat()
                extra = f"<news:news><news:publication_date>{date}</news:publication_date></news:news>"
            entries.append(f"<url><loc>{self.address}{story.path}</loc>{extra}</url>")
        return (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(entries)}</urlset>'
        ).encode()

    def _section(self, stories: Iterable[Story]) -> bytes:
        rows = "".join(
            f'<li><h3><a href="{story.path}">خبر {story.number}</a></h3>'
            f'<time datetime="{story.published_at.isoformat()}"></time></li>'
            for story in stories
        )
        return f'<html lang="ar"><body><ul class="list">{rows}</ul></body></html>'.encode()

    # --- serving

    def respond(self, request: BaseHTTPRequestHandler) -> Reply:
        """Remember what was asked, and answer."""
        self.asked.append(request.path)
        if self.on_request:
            self.on_request(request.path)
        status, kind, body = self.answer(request.path)
        reply = Reply(status, {"Content-Type": kind}, body)
        if "sitemap" in request.path or request.path == "/feed":
            reply = reply.unless_known(request)
        self.answers[reply.status] += 1
        return reply

    def fetched(self) -> list[str]:
        """The articles that it was asked for, in order."""
        return [path for path in self.asked if path.startswith("/news/")]

    def forget(self) -> None:
        """Begin to count anew."""
        self.asked.clear()
        self.answers.clear()


def _months_before(moment: datetime, months: int) -> datetime:
    """The beginning of the month so many months before."""
    count = moment.year * 12 + moment.month - 1 - months
    return datetime(count // 12, count % 12 + 1, 1, tzinfo=UTC)
