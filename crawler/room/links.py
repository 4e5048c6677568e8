"""Links: those within the room keep its language; those out of it are http(s) or no links at all."""

from collections.abc import Mapping
from urllib.parse import quote, unquote, urlencode, urlsplit

from crawler.arabic.letters import clean
from crawler.room.texts import DEFAULT, Language

_SHOWN = 90
"""Characters of an address that are shown."""


def link(language: Language, path: str, parameters: Mapping[str, object | None] | None = None) -> str:
    """An address within the room; parameters that are None, False or empty are left out."""
    given = {
        name: "1" if value is True else str(value)
        for name, value in (parameters or {}).items()
        if value not in {None, "", False}
    }
    if language != DEFAULT:
        given["lang"] = language
    query = urlencode(given)
    # One slash: //name would be another machine's address, and a request may ask for any path.
    return quote(f"/{path.lstrip('/')}", safe="/%") + (f"?{query}" if query else "")


def outward(address: str | None) -> str | None:
    """The address if a browser may be sent there; None for `javascript:`, `data:` and whatever is no http(s)."""
    if not address:
        return None
    address = address.strip()
    try:
        parts = urlsplit(address)
        # Browsers drop tabs and line ends within an address, urlsplit too: what is shown must be what is asked.
        is_plain = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and address.isprintable()
    except ValueError:
        return None
    return address if is_plain else None


def shown_address(address: str) -> str:
    """An address as people read it: its letters decoded, without what cannot be seen, cut when it is long."""
    readable = clean(unquote(address, errors="replace")).replace("\n", " ")
    readable = readable.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return readable if len(readable) <= _SHOWN else readable[: _SHOWN - 1] + "…"
