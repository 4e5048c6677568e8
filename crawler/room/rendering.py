"""Pages in a reader's language: templates, always escaping, with the texts, links and names of that language."""

import hashlib
from functools import partial
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from crawler.room.links import link
from crawler.room.shelf import Shelf
from crawler.room.texts import DEFAULT, Language, Texts, texts

_LONGEST_TYPED = 2_000
"""Characters: an address of Arabic letters is long when it is percent-encoded."""
STATIC = files("crawler.room") / "static"


class Room:
    """What every page needs."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.sites = shelf.sites
        self._environment = Environment(
            loader=PackageLoader("crawler.room"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._versions = {file.name: _version(file.read_bytes()) for file in STATIC.iterdir() if file.is_file()}

    def texts(self, request: Request) -> Texts:
        """The texts of the reader's language."""
        return texts(language_of(request))

    def static(self, name: str) -> str:
        """Address of a file of ours; it changes when the file does, so browsers may keep it."""
        return f"/static/{name}?v={self._versions[name]}"

    def render(
        self,
        request: Request,
        template: str,
        *,
        status: HTTPStatus = HTTPStatus.OK,
        title: str = "",
        title_key: str | None = None,
        **context: Any,
    ) -> Response:
        """Fill a template.

        Args:
            request: whose language is answered in.
            template: its file.
            status: of the answer.
            title: of the page.
            title_key: of the text that is its title, instead.
            context: what the template shows.
        """
        told = self.texts(request)
        common = {
            "t": told,
            "title": told(title_key) if title_key else title,
            "link": partial(link, told.language),
            "link_path": partial(link, DEFAULT),
            "static": self.static,
            "sites": self.sites,
            "switched": _switched(request, told.other),
            "section_path": _section(request.url.path),
            "longest_typed": _LONGEST_TYPED,
            "show_growth": False,
        }
        page = self._environment.get_template(template).render(common | context)
        return HTMLResponse(page, status, headers={"Content-Language": told.language})


def room_of(request: Request) -> Room:
    """The room that a request came to."""
    room: Room = request.app.state.room
    return room


def language_of(request: Request) -> Language:
    """The reader's language: `lang=en` in the address, which every link keeps; Arabic otherwise. No cookie is set."""
    return "en" if request.query_params.get("lang") == "en" else DEFAULT


def _switched(request: Request, other: Language) -> str:
    """This page in the other language."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    if other != DEFAULT:
        kept.append(("lang", other))
    return link(DEFAULT, request.url.path) + (f"?{urlencode(kept)}" if kept else "")


def _section(path: str) -> str:
    """Which entry of the menu a page is under."""
    if path.startswith("/api"):
        return "/api/docs"
    first = "/" + path.split("/")[1]
    return "/search" if first == "/articles" else first


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
