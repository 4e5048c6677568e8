"""A website on loopback, for tests: real HTTP, pages from a dictionary."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from benchmarks.loopback import Loopback, Reply


@dataclass
class Page:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Website(Loopback):
    """Serves `pages` by decoded path and query on 127.0.0.1; remembers what it was asked."""

    pages: dict[str, Page]
    on_request: Callable[[str], None] | None = None
    asked: list[str] = field(default_factory=list)
    user_agents: set[str] = field(default_factory=set)

    def respond(self, request):
        path = unquote(request.path)
        self.asked.append(path)
        self.user_agents.add(request.headers.get("User-Agent", ""))
        if self.on_request:
            self.on_request(path)
        page = self.pages.get(path) or Page(b"<html><body>404</body></html>", 404)
        etag = page.headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            page = Page(status=304)
        return Reply(page.status, page.headers, page.body)
