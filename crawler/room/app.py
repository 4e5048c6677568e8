"""The application: the door, the pages, the JSON and what is said when something goes wrong."""

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pymongo.database import Database
from pymongo.errors import PyMongoError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from crawler import __version__
from crawler.room import api, pages
from crawler.room.asked import QuestionError
from crawler.room.guard import Guard
from crawler.room.rendering import Room, room_of
from crawler.room.shelf import Shelf, is_slow
from crawler.room.sites import Sites
from crawler.room.texts import texts
from crawler.store.connection import brief

logger = logging.getLogger(__name__)

_ABOUT = "What a collection of Arabic news holds: articles, their versions, copies and read counts. Read-only."
_RETRY_SECONDS = "5"


class _Static(StaticFiles):
    """Our own files; their addresses carry their version, so a browser asks once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create_app(
    database: Database[dict[str, Any]],
    sites: Sites,
    *,
    names: Iterable[str] = (),
    any_address: bool = False,
    patience: float = 5.0,
) -> ASGIApp:
    """The reading room.

    Args:
        database: the collection's; nothing is written to it.
        sites: the catalogue.
        names: host names that it is reached under, beside those of loopback.
        any_address: let in whoever asks for it by an address of numbers: for one bound beyond loopback.
        patience: seconds that one question to the database may take.
    """
    app = FastAPI(
        title="Naba",
        version=__version__,
        description=_ABOUT,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.shelf = Shelf(database, sites, patience=patience)
    app.state.room = Room(app.state.shelf)
    app.include_router(pages.router)
    app.include_router(api.router)
    app.add_api_route("/healthz", _healthz, include_in_schema=False)
    app.add_api_route("/robots.txt", _robots, include_in_schema=False)
    app.mount("/static", _Static(packages=[("crawler.room", "static")]))
    app.add_exception_handler(QuestionError, _mistaken)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(PyMongoError, _away)
    app.add_exception_handler(Exception, _broken)
    return Guard(app, names=names, any_address=any_address)


def _healthz(request: Request) -> Response:
    """For probes: whether the room and its database answer."""
    shelf: Shelf = request.app.state.shelf
    is_there = shelf.is_there()
    status = HTTPStatus.OK if is_there else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"status": "ok" if is_there else "the database does not answer"}, status)


def _robots() -> Response:
    """The texts belong to their papers: no search engine need copy them from here."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


# --- what is said when something goes wrong


def _told(
    request: Request, status: HTTPStatus, key: str, *, text: str | None = None, detail: str | None = None
) -> Response:
    """A page for people, a line of JSON for programs."""
    english = texts("en")
    if request.url.path.startswith("/api/"):
        told_in_english = ". ".join(english(f"errors.{one}") for one in (key, text) if one)
        response: Response = JSONResponse({"error": detail or told_in_english}, status)
    else:
        room = room_of(request)
        told = room.texts(request)
        response = room.render(
            request,
            "error.html",
            status=status,
            title_key=f"errors.{key}",
            text=told(f"errors.{text}") if text else "",
            detail=detail,
        )
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def _mistaken(request: Request, error: Exception) -> Response:
    assert isinstance(error, QuestionError)
    line = error.told(texts("en")) + (f" {error.detail}" if error.detail else "")
    return _told(request, HTTPStatus.BAD_REQUEST, "bad_request", detail=line)


_UNKNOWN = {"extra_forbidden": "no parameter has this name, see /api/docs"}


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    lines = [f"{'.'.join(map(str, one['loc'][1:]))}: {_UNKNOWN.get(one['type'], one['msg'])}" for one in error.errors()]
    return _told(request, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_request", detail="; ".join(lines))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    if status != HTTPStatus.NOT_FOUND:
        return _told(request, status, "bad_request", detail=status.phrase)
    if request.url.path.startswith("/api/"):
        detail = error.detail if error.detail != status.phrase else "there is nothing here: see /api/docs"
        return _told(request, status, "not_found", detail=detail)
    return _told(
        request, status, "not_found", text="article_not_found" if error.detail == "article" else "not_found_text"
    )


def _away(request: Request, error: Exception) -> Response:
    assert isinstance(error, PyMongoError)
    key = "slow" if is_slow(error) else "away"
    logger.log(logging.INFO if is_slow(error) else logging.WARNING, "%s: %s", request.url.path, brief(error))
    return _told(request, HTTPStatus.SERVICE_UNAVAILABLE, key, text=f"{key}_text")


def _broken(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette logs it
    return _told(request, HTTPStatus.INTERNAL_SERVER_ERROR, "broken", text="broken_text")
