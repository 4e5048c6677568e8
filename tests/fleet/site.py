"""What serves the fleet: a feed and articles a newspaper; tells whether two crawls ever asked one at the same time."""

import socket
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

from benchmarks.loopback import Loopback, Reply

_TEXT = "أعلنت البلدية افتتاح الحديقة الجديدة قرب الميناء القديم بعد أشغال دامت سنتين وشارك سكان الحي في الحفل. "


@dataclass
class Fleet(Loopback):
    """Newspapers of `articles` articles each; a context that serves."""

    articles: int = 4
    seconds: float = 0.0
    """How long each answer takes: two crawls of one newspaper then meet."""
    on_request: Callable[[str], None] | None = None
    asked: Counter[str] = field(default_factory=Counter)
    together: Counter[str] = field(default_factory=Counter)
    """The most clients that waited for one newspaper's answer at a time; one that was killed waits no more."""

    def __post_init__(self) -> None:
        self.now = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
        self._open: defaultdict[str, set[socket.socket]] = defaultdict(set)
        self._lock = threading.Lock()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body."""
        paper, _, rest = path.strip("/").partition("/")
        if path == "/robots.txt":
            return 200, "text/plain", b""
        if rest == "feed":
            items = "".join(
                f"<item><title>خبر</title><link>{self.address}/{paper}/news/{number}</link>"
                f"<pubDate>{format_datetime(self.now)}</pubDate></item>"
                for number in range(1, self.articles + 1)
            )
            rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>ج</title>{items}</channel></rss>'
            return 200, "application/rss+xml", rss.encode()
        title = f"خبر {paper} رقم {rest.rpartition('/')[2]}"
        body = "".join(f"<p>{title}: {_TEXT * 3}</p>" for _ in range(3))
        page = (
            f'<html lang="ar"><head><meta charset="utf-8"><title>{title}</title><meta property="og:title" '
            f'content="{title}"><meta property="article:published_time" content="{self.now.isoformat()}"></head>'
            f"<body><article><h1>{title}</h1>{body}</article></body></html>"
        )
        return 200, "text/html; charset=utf-8", page.encode()

    def respond(self, request: BaseHTTPRequestHandler) -> Reply:
        """Answer in `seconds`, and see who waits for the same newspaper."""
        paper = request.path.strip("/").partition("/")[0]
        with self._lock:
            self.asked[request.path] += 1
            self._open[paper].add(request.connection)
            self.together[paper] = max(self.together[paper], sum(map(_is_awaited, self._open[paper])))
        try:
            if self.on_request:
                self.on_request(request.path)
            time.sleep(self.seconds)
            status, kind, body = self.answer(request.path)
        finally:
            with self._lock:
                self._open[paper].discard(request.connection)
        return Reply(status, {"Content-Type": kind}, body)

    def crawled(self) -> dict[str, int]:
        """How often each newspaper's feed was asked for."""
        return {path.split("/")[1]: count for path, count in self.asked.items() if path.endswith("/feed")}


def _is_awaited(connection: socket.socket) -> bool:
    """Whether the client is there: the system closes the connections of a process that is killed."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False
