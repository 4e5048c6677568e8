"""The pages: each asks the shelf and fills a template."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from crawler.room import asked as asking
from crawler.room import charts
from crawler.room.asked import Asked, QuestionError
from crawler.room.changes import changes
from crawler.room.links import link
from crawler.room.overview import Overview
from crawler.room.reference import calls, models
from crawler.room.rendering import Room, language_of, room_of
from crawler.room.shelf import Found, now
from crawler.room.shown import LONGEST_TEXT, Address, Headline, Run, full_article, headline, run
from crawler.room.texts import Texts
from crawler.store.history import Version
from crawler.watch.health import Health

Document = dict[str, Any]

router = APIRouter(include_in_schema=False)

_LONGEST_ADDRESS = 4_000
"""Characters."""
_SITES = 12
"""Of which the front page tells the state."""


@router.get("/")
def home(request: Request) -> Response:
    """The front page."""
    room = room_of(request)
    with room.shelf.bounded(2 * room.shelf.patience):  # of all its parts together
        return room.render(request, "home.html", overview=_Front(room))


class _Front:
    """The overview with its articles and runs as pages show them."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._overview = Overview(room.shelf)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._overview, name)
        if found is None:
            return None
        if name in {"newest", "most_read", "growing"}:
            return [headline(one, self._room.sites) for one in found]
        if name == "health":
            return _latest(self._room, found[:_SITES])
        return found


def _latest(room: Room, found: Sequence[Health]) -> list[Run]:
    """The last run of each site, with the site's state."""
    return [run(one.crawl, room.sites, now(), one) for one in found if one.crawl is not None]


@router.get("/search")
def search(request: Request) -> Response:
    """Search; an address that is typed into it leads to its article."""
    room, given = room_of(request), asking.single(request.query_params.multi_items())
    context: dict[str, Any] = {"sorts": asking.SORTS, "choices": _Choices(room), "mistake": None, "found": []}
    try:
        if (article_id := _named(room, given.get("q", ""))) is not None:
            return RedirectResponse(link(language_of(request), f"/articles/{article_id}"), HTTPStatus.SEE_OTHER)
        question = asking.read(given, room.sites)
        found = room.shelf.search(question)
    except QuestionError as mistake:
        context |= {"asked": asking.as_given(given), "mistake": mistake}
        return room.render(request, "search.html", status=HTTPStatus.BAD_REQUEST, title_key="search.title", **context)
    context |= _results(room, question, found, room.texts(request))
    return room.render(request, "search.html", title_key="search.title", **context)


def _named(room: Room, text: str) -> str | None:
    """The id of the article whose address was typed.

    Raises:
        QuestionError: when it is an address, and no article is stored there.
    """
    if len(text) > _LONGEST_ADDRESS or not ("/" in text or "." in text):
        return None
    document = room.shelf.find(text)
    if document is None and "://" in text:
        raise QuestionError("address")
    return bytes(document["_id"]).hex() if document is not None else None


def _results(room: Room, question: Asked, found: Found, texts: Texts) -> dict[str, Any]:
    shown: list[Headline] = [
        headline(one.document, room.sites, title=one.title.pieces(), snippet=one.snippet.pieces())
        for one in found.page.found
    ]
    if found.total is None:
        told = texts("search.results")
    elif found.is_counted:
        told = texts.count("articles", found.total) if found.total else texts("search.nothing")
    else:
        told = texts("more_than", n=texts.count("articles_of", found.total - 1))
    return {"asked": question, "found": shown, "following": found.page.next, "told_total": told}


class _Choices:
    """What the form's lists offer."""

    def __init__(self, room: Room) -> None:
        self._room = room

    @property
    def by_country(self) -> list[tuple[str, list[str]]]:
        """Sites with articles; every site of the catalogue when that is not known."""
        stored = Overview(self._room.shelf).site_names()
        known = [name for name in stored or [] if self._room.sites.of(name)]
        return self._room.sites.by_country(known or self._room.sites.cards, "ar")


@router.get("/articles/{article_id}")
def article(request: Request, article_id: str) -> Response:
    """One article, with its copies, versions and curve."""
    room = room_of(request)
    document = room.shelf.article(article_id)
    if document is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "article")
    shelf, sites = room.shelf, room.sites
    copies, total = shelf.copies(document)
    earlier = shelf.earlier(document)
    versions = shelf.versions(document)
    one = full_article(document, sites)
    return room.render(
        request,
        "article.html",
        title=one.headline.title,
        one=one,
        longest_text=LONGEST_TEXT,
        earlier=headline(earlier, sites) if earlier else None,
        copies={"shown": [{"headline": headline(c.document, sites), "beside": c} for c in copies], "total": total},
        version_count=len(versions),
        changes=changes(versions, sites, document.get("site")),
        curves=_curves(room, request, document),
    )


@router.get("/articles/{article_id}/against/{other_id}")
def against(request: Request, article_id: str, other_id: str) -> Response:
    """What one printing of a story made of another's text."""
    room = room_of(request)
    documents = [room.shelf.article(one) for one in (other_id, article_id)]
    if None in documents:
        raise HTTPException(HTTPStatus.NOT_FOUND, "article")
    other, document = (one for one in documents if one is not None)
    found = changes([Version(one, None, None) for one in (other, document)], room.sites, None)
    return room.render(
        request,
        "against.html",
        title_key="article.against",
        one=headline(document, room.sites),
        other=headline(other, room.sites),
        change=found[0],
    )


def _curves(room: Room, request: Request, document: Document) -> list[dict[str, Any]]:
    """The curves of its counters that were read more than once, each with its picture."""
    mirrored, site = room.texts(request).direction == "rtl", document.get("site")
    found = []
    for address, points in room.shelf.curves(document).items():
        told = [(room.sites.in_zone(point.at, site) or point.at, point.count) for point in points]
        if len(told) > 1:
            drawn = charts.curve(told, mirrored=mirrored)
            rows = [{"at": at, "point": point} for (at, _), point in zip(told, points, strict=True)]
            own = address == document.get("url")
            found.append({"address": None if own else Address.of(address), "rows": rows, "drawn": drawn})
    return found


@router.get("/sites")
def sites(request: Request) -> Response:
    """The newspapers."""
    room = room_of(request)
    overview = Overview(room.shelf)
    latest = {one.site: one for one in _latest(room, overview.health or [])}
    stored = [
        {
            "site": row.site,
            "country": row.country,
            "articles": row.articles,
            "newest": room.sites.in_zone(row.newest, row.site),
            "crawl": latest.get(row.site),
        }
        for row in overview.sites() or []
    ]
    silent = set(room.sites.cards) - {row["site"] for row in stored}
    return room.render(
        request,
        "sites.html",
        title_key="sites.title",
        stored=stored,
        most=max((int(str(row["articles"])) for row in stored), default=1),
        known=len(room.sites),
        silent=room.sites.by_country(silent, language_of(request)),
    )


@router.get("/sites/{name}")
def site(request: Request, name: str) -> Response:
    """One newspaper."""
    room = room_of(request)
    card = room.shelf.site(name)
    if card is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "site")
    overview = Overview(room.shelf)
    row = next((row for row in overview.sites() or [] if row.site == name), None)
    told = None
    if row is not None:
        told = {
            "articles": row.articles,
            "oldest": room.sites.in_zone(row.oldest, name),
            "newest": room.sites.in_zone(row.newest, name),
        }
    return room.render(
        request,
        "site.html",
        title=room.sites.name(name, language_of(request)),
        site=card,
        row=told,
        fill=overview.fill_of(name) if row else None,
        newest=[headline(one, room.sites) for one in overview.newest_of(name) or []] if row else [],
        runs=[run(crawl, room.sites, now()) for crawl in room.shelf.crawls(site=name, limit=10)],
    )


@router.get("/crawls")
def crawls(request: Request) -> Response:
    """The runs."""
    room, given = room_of(request), request.query_params
    site, failed = _site(room, given), given.get("failed", "").lower() in asking.YES
    return room.render(
        request,
        "crawls.html",
        title_key="crawls.title",
        site=site,
        failed=failed,
        latest=_latest(room, Overview(room.shelf).health or []),
        runs=[run(crawl, room.sites, now()) for crawl in room.shelf.crawls(site=site, failed=failed)],
    )


def _site(room: Room, given: Mapping[str, str]) -> str | None:
    name = given.get("site")
    if name and room.shelf.site(name[:100]) is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "site")
    return name or None


@router.get("/crawls/{crawl_id}")
def crawl(request: Request, crawl_id: str) -> Response:
    """One run."""
    room = room_of(request)
    found = room.shelf.crawl(crawl_id)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "crawl")
    return room.render(request, "crawl.html", title_key="crawls.run", run=run(found, room.sites, now()))


@router.get("/api/docs")
def reference(request: Request) -> Response:
    """The JSON interface, written from its own description."""
    room, schema = room_of(request), request.app.openapi()
    base = str(request.base_url).rstrip("/")
    return room.render(
        request, "api.html", title_key="api.title", calls=calls(schema), models=models(schema), base=base
    )
