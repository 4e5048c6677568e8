"""Serves the script's newspapers over HTTP on loopback, each under its name, as they are at the kiosk's own time.

A paper has a feed of its sixty newest articles and their pages. In trouble its pages lose their fields (layout), it
prints nothing more (silent), answers late (slow) or with 403 (refusing); robots.txt allows all.
"""

import random
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

from benchmarks.discovery.newspaper import WORDS
from benchmarks.loopback import Loopback, Reply
from benchmarks.schedule.press import Paper, Story

_FEED = 60
_NAMES = ["أمين سالم", "ليلى حداد", "كريم منصور", "هدى عمران", "رشيد صالح", "نور الهاشمي", "سمير بركات"]


class Kiosk(Loopback):
    """A context that serves; `now` is the time in its papers' world.

    Args:
        papers: their scripts.
        now: aware instant.
        slow: seconds that a slow paper takes for an answer.
    """

    def __init__(self, papers: Sequence[Paper], now: datetime, *, slow: float = 1.3) -> None:
        self.papers = {paper.name: paper for paper in papers}
        self.now = now
        self.slow = slow
        self.well: set[str] = set()
        """Papers whose trouble is over."""
        self.answers: Counter[tuple[str, int]] = Counter()

    def is_troubled(self, paper: Paper, trouble: str) -> bool:
        """Whether the paper has this trouble now."""
        return paper.name not in self.well and paper.is_troubled(trouble, self.now)

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body."""
        name, _, rest = path.strip("/").partition("/")
        paper = self.papers.get(name)
        if paper is None:
            return 404, "text/plain", b"no such paper"
        if self.is_troubled(paper, "slow"):
            time.sleep(self.slow)
        if self.is_troubled(paper, "refusing"):
            return 403, "text/html", b"<html><body>403</body></html>"
        if rest == "feed":
            return 200, "application/rss+xml", self._feed(paper)
        number = int(rest.removeprefix("news/") or 0)
        story = next((one for one in paper.newest(self.now, len(paper.stories)) if one.number == number), None)
        if story is None or story.is_broken:
            return 404, "text/html", b"<html><body>404</body></html>"
        fields = story.fields & {"published_at"} if self.is_troubled(paper, "layout") else story.fields
        return 200, "text/html; charset=utf-8", page(paper, story, fields)

    def _feed(self, paper: Paper) -> bytes:
        items = "".join(
            f"<item><title>خبر {story.number}</title><link>{self.address}/{paper.name}/news/{story.number}</link>"
            f"<pubDate>{format_datetime(story.published_at)}</pubDate></item>"
            for story in paper.newest(self.now, _FEED)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>ج</title>{items}</channel></rss>'.encode()

    def respond(self, request: BaseHTTPRequestHandler) -> Reply:
        """Answer, and count how each paper answered."""
        status, kind, body = self.answer(request.path)
        reply = Reply(status, {"Content-Type": kind}, body)
        if request.path.endswith("/feed"):
            reply = reply.unless_known(request)
        self.answers[request.path.split("/")[1], reply.status] += 1
        return reply


def page(paper: Paper, story: Story, fields: frozenset[str]) -> bytes:
    """An article's page: small, fictional, different from all others, with the fields it is to show."""
    chance = random.Random(f"{paper.name} {story.number}")  # noqa: S311 - prose, not secrets
    words = WORDS.split()
    title = f"{' '.join(chance.choices(words, k=5))} {paper.name} {story.number}"
    body = "".join(f"<p>{' '.join(chance.choices(words, k=40))}.</p>" for _ in range(3))
    kicker, author = " ".join(chance.choices(words, k=3)), chance.choice(_NAMES)
    parts = {
        "kicker": f'<div class="kicker">{kicker}</div>',
        "authors": f'<div class="author">بقلم: {author}</div>',
        "read_count": f'<span class="reads">القراءات: {chance.randrange(20, 900)}</span>',
        "tags": f'<ul class="tags"><li><a rel="tag" href="/t">{chance.choice(words)}</a></li></ul>',
    }
    shown = {name: markup if name in fields else "" for name, markup in parts.items()}
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{story.published_at.isoformat()}"></head>'
        f"<body><article>{shown['kicker']}<h1>{title}</h1>{shown['authors']}{shown['read_count']}"
        f'<div class="text">{body}</div>{shown["tags"]}</article></body></html>'
    ).encode()
