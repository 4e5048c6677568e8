"""A WARC file as a news crawl leaves it: fictional Arabic newspapers among pages of everybody else, from a seed.

The Arabic pages are stories of the sample newspaper's writers in its three designs, under the names of papers that do
not exist. The others are pages of random words in invented templates: Latin, Cyrillic and Persian letters.
"""

import gzip
import io
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from samples.layouts import HOST, NAME, page_of, path_of
from samples.prose import TOPICS, Writer
from samples.stories import CASES, ZONE, Story, tell

KNOWN = HOST
PAPERS = {
    KNOWN: NAME,
    "www.alwaha.example": "الواحة",
    "www.almarsa.example": "المرسى",
    "akhbar.aljisr.example": "الجسر",
}
"""Host and name; the first is of the catalogue."""
HOSTS = tuple(PAPERS)
FIRST = datetime(2019, 5, 1, 6, tzinfo=UTC)
_LETTERS = {
    "en": "etaoinshrdlucmfwypvbgk",
    "fr": "esaitnrulodcpmévqfàèêç",
    "ru": "оеаинтсрвлкмдпуяыьгзбч",
    "fa": "ایرندهمتسوکپچگژیلبش",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One recorded answer."""

    url: str
    body: bytes
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    fetched_at: datetime = FIRST
    story: Story | None = None
    """What it tells, of an Arabic paper's article."""


def story_of(number: int) -> Story:
    """The story of this number; each is another."""
    case = CASES[number % len(CASES)]
    published = datetime(2018, 1, 1, 8, tzinfo=ZONE) + timedelta(hours=number % 10_000)
    return tell(case, number, published, seed=7)


def article(number: int, host: str, cards: int = 0) -> Page:
    """An article of an Arabic paper; `cards` teasers of others at its end bring it to the size that such pages have."""
    story = story_of(number)
    name = PAPERS[host]
    body = page_of(story)
    if cards:
        aside = _cards(number, cards).encode(story.encoding, "xmlcharrefreplace")
        body = body.replace(b"</body>", aside + b"</body>")
    for old, new in ((HOST, host), (NAME, name)):
        encoding = story.encoding
        body = body.replace(old.encode(encoding), new.encode(encoding))
    kind = f"text/html; charset={story.encoding}"
    return Page(f"https://{host}{quote(path_of(story))}", body, 200, kind, FIRST + timedelta(seconds=number), story)


def _cards(number: int, count: int) -> str:
    """Teasers of other articles, each with its picture and share buttons."""
    writer = Writer(number)
    cards = []
    for place in range(count):
        topic = TOPICS[(number + place) % len(TOPICS)]
        headline, href = writer.pick(topic.headlines), f"/more/{number * 1000 + place}"
        cards.append(
            f'<li class="widget-post"><a class="thumb" href="{href}"><img class="lazy" src="/media/blank.gif" '
            f'data-src="/media/{number}/{place}-300x200.jpg" srcset="/media/{number}/{place}-600x400.jpg 600w" '
            f'alt="{headline}"></a><div class="widget-text"><span class="cat">{topic.section}</span><h4><a '
            f'href="{href}">{headline}</a></h4><span class="share"><a href="https://t.example/s?u={href}">'
            f'<i class="icon icon-t"></i></a><a href="https://f.example/s?u={href}"><i class="icon icon-f"></i></a>'
            f"</span></div></li>\n"
        )
    return f'<div class="widget-area sidebar"><h3>آخر الأخبار</h3><ul>{"".join(cards)}</ul></div>'


class Elsewhere:
    """Pages of everybody else; the same seed gives the same ones."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 - fiction, not cryptography
        self.words = {
            language: ["".join(self.random.choices(letters, k=self.random.randint(2, 9))) for _ in range(4000)]
            for language, letters in _LETTERS.items()
        }

    def page(self, number: int, language: str | None = None) -> Page:
        """A page of 30 to 150 KB with a head, menus, text and teasers."""
        language = language or self.random.choices(("en", "fr", "ru", "fa"), (70, 15, 13, 2))[0]
        words = self.words[language]

        def say(count: int) -> str:
            return " ".join(self.random.choices(words, k=count))

        style = "".join(f".c{self.random.randrange(9999)}{{margin:{i}px;color:#{i:06x}}}\n" for i in range(200))
        menu = "".join(f'<li class="menu-item-{i}"><a href="/s/{i}">{say(2)}</a></li>' for i in range(30))
        text = "".join(f"<p>{say(60)}.</p>\n" for _ in range(self.random.randint(8, 30)))
        teasers = "".join(
            f'<article class="card" data-id="{self.random.randrange(10**8)}"><a href="/a/{i}"><h3>{say(8)}</h3></a>'
            f'<img src="https://img.host.example/{self.random.randrange(10**12)}.jpg" alt="{say(5)}"></article>\n'
            for i in range(self.random.randint(30, 150))
        )
        title = say(9)
        body = (
            f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="og:title" content="{title}"><style>{style}</style></head><body><nav><ul>{menu}</ul></nav>'
            f"<main><h1>{title}</h1>{text}</main><aside>{teasers}</aside></body></html>"
        )
        return Page(f"https://site{number % 97}.example/{language}/{number}", body.encode(), fetched_at=FIRST)


def pages(count: int, share: float = 0.03, seed: int = 1) -> Iterator[Page]:
    """So many pages, of which this share are Arabic articles, evenly among the others."""
    elsewhere = Elsewhere(seed)
    arabic = 0
    for number in range(count):
        if int((number + 1) * share) > arabic:
            arabic += 1
            yield article(arabic, HOSTS[arabic % len(HOSTS)], cards=30 + 17 * arabic % 120)
        elif number % 50 == 7:
            yield Page(f"https://site{number % 97}.example/{number}.jpg", b"\xff\xd8\xff" * 9000, 200, "image/jpeg")
        elif number % 50 == 8:
            yield Page(f"https://site{number % 97}.example/old/{number}", b"", 404)
        else:
            yield elsewhere.page(number)


def write_warc(path: Path, content: Iterator[Page], *, compressed: bool = True) -> int:
    """Write pages with their requests, each record its own member; answers the file's size in bytes."""
    with path.open("wb") as file:
        for page in content:
            for record in records_of(page):
                file.write(gzip.compress(record, 6, mtime=0) if compressed else record)
        return file.tell()


def records_of(page: Page) -> Iterator[bytes]:
    """The response and the request of one page, as WARC records."""
    date = {"WARC-Date": f"{page.fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    headers = [("Content-Type", page.content_type), ("Content-Length", str(len(page.body)))]
    answer = StatusAndHeaders(f"{page.status} -", headers, protocol="HTTP/1.1")
    asked = StatusAndHeaders("GET / HTTP/1.1", [("User-Agent", "CCBot")])
    for kind, http, payload in (("response", answer, page.body), ("request", asked, b"")):
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=False)
        own = date | {"WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{page.url} {kind}')}>"}
        writer.write_record(
            writer.create_warc_record(
                page.url, kind, payload=io.BytesIO(payload), http_headers=http, warc_headers_dict=own
            )
        )
        yield buffer.getvalue()
