"""A website on loopback, for tests: real HTTP, pages from a dictionary."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import unquote


@dataclass
class Page:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


class _Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Say nothing of a crawler that was killed while it was answered."""


@dataclass
class Website:
    """Serves `pages` by decoded path and query on 127.0.0.1; remembers what it was asked."""

    pages: dict[str, Page]
    on_request: Callable[[str], None] | None = None
    asked: list[str] = field(default_factory=list)
    user_agents: set[str] = field(default_factory=set)

    def __enter__(self) -> Self:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                path = unquote(self.path)
                site.asked.append(path)
                site.user_agents.add(self.headers.get("User-Agent", ""))
                if site.on_request:
                    site.on_request(path)
                page = site.pages.get(path) or Page(b"<html><body>404</body></html>", 404)
                etag = page.headers.get("ETag")
                if etag and self.headers.get("If-None-Match") == etag:
                    page = Page(status=304)
                self.send_response(page.status)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(page.body)))
                self.end_headers()
                self.wfile.write(page.body)

            def log_message(self, *arguments):
                """Say nothing."""

        self.server = _Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        """Without a slash at the end."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"
