"""Real HTTP on loopback for benchmarks and tests: who serves says what is answered, the rest is here."""

import hashlib
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Self


class Reply(NamedTuple):
    """One answer; its length is told by who sends it."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def unless_known(self, request: BaseHTTPRequestHandler) -> "Reply":
        """The same with its ETag, or 304 for who has it (RFC 9110, 13.1.2)."""
        etag = f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'
        known = request.headers.get("If-None-Match") == etag
        return Reply(304 if known else self.status, {**self.headers, "ETag": etag}, b"" if known else self.body)


class Loopback(ABC):
    """A context that serves on 127.0.0.1; each request has a thread of its own."""

    @abstractmethod
    def respond(self, request: BaseHTTPRequestHandler) -> Reply:
        """Answer a GET or POST of `request.path`; who is told something reads it from `request.rfile`."""

    def __enter__(self) -> Self:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                reply = site.respond(self)
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            do_POST = do_GET  # noqa: N815 - the standard library's name

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except ConnectionError:  # a crawl that was killed
                    self.close_connection = True

            def log_message(self, *arguments: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        """Without a slash at the end."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"
