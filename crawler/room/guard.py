"""The door: who may ask, how, and what a browser may do with the answer. Plain ASGI, before everything else."""

import ipaddress
from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_METHODS = {"GET", "HEAD"}

HEADERS = {
    # Nothing from elsewhere, nothing inline: a headline that slips through escaping still cannot run.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def host_of(header: str) -> str:
    """The name in a Host header, without its port, in lower case; an IPv6 address without brackets."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.rpartition(":")[0].lower() if ":" in header else header.lower()


def is_loopback(host: str) -> bool:
    """Whether what is bound to this name is out of reach for other machines."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refusal(scope: Scope, told: str, status: HTTPStatus) -> Response:
    """A line, as JSON where programs ask."""
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": told}, status)
    return PlainTextResponse(f"{told}\n", status)


class Guard:
    """Lets GET and HEAD in, under names that are the room's own, and adds the headers.

    A page of another site may have its own name answered with 127.0.0.1 and so read what is served here (DNS
    rebinding): the browser then sends that name as Host. An address of numbers cannot be rebound.

    Args:
        app: what is behind the door.
        names: further names that the room is reached under.
        any_address: let in whoever asks for an address of numbers: for a room that is bound beyond loopback.
    """

    def __init__(self, app: ASGIApp, *, names: Iterable[str] = (), any_address: bool = False) -> None:
        self._app = app
        self._names = LOOPBACK | {name.lower() for name in names}
        self._any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":  # the application's start and end; there are no websockets
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        host = Headers(scope=scope).get("host", "")
        if not self._is_own(host_of(host)):
            told = "This reading room is not served under this name: see `scrapy serve --help`, --name."
            await _refusal(scope, told, HTTPStatus.MISDIRECTED_REQUEST)(scope, receive, send_guarded)
        elif scope["method"] not in _METHODS:
            refusal = _refusal(scope, "The reading room only reads.", HTTPStatus.METHOD_NOT_ALLOWED)
            refusal.headers["Allow"] = "GET, HEAD"
            await refusal(scope, receive, send_guarded)
        else:
            # The server leaves out the body of a HEAD itself; routes need not know of it.
            await self._app({**scope, "method": "GET"}, receive, send_guarded)

    def _is_own(self, host: str) -> bool:
        if host in self._names:
            return True
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        return self._any_address or address.is_loopback
