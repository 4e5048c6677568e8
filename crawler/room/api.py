"""The same as the pages, as JSON under /api."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from crawler.room import asked as asking
from crawler.room import models
from crawler.room.changes import Change, changes
from crawler.room.overview import Overview, SiteRow
from crawler.room.shelf import Shelf, now
from crawler.room.shown import run
from crawler.room.sites import SiteCard

Document = dict[str, Any]

_MISTAKES: dict[int | str, dict[str, Any]] = {
    400: {"model": models.Error, "description": "The question cannot be understood."},
    404: {"model": models.Error, "description": "There is no such thing."},
    422: {"model": models.Error, "description": "A parameter has no value that it may have."},
    503: {"model": models.Error, "description": "The database did not answer in time, or not at all."},
}
router = APIRouter(prefix="/api", responses=_MISTAKES)


def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


TheShelf = Annotated[Shelf, Depends(_shelf)]
ArticleId = Annotated[str, Path(description="the article's id, 32 hexadecimal digits", examples=["0" * 32])]


def _article(article_id: ArticleId, shelf: TheShelf) -> Document:
    document = shelf.article(article_id)
    if document is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "no article has this id")
    return document


TheArticle = Annotated[Document, Depends(_article)]


class SearchParameters(BaseModel):
    """The question. All are texts: `crawler.room.asked` reads them, and tells mistakes in a line."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", description='words, "phrases", -exclusions, title: author: section: site: ...')
    site: str = Field("", description="a site's name, as in /api/sites; several with commas between, or repeated")
    country: str = Field("", description="ISO 3166 code; int: international services; several likewise")
    language: str = Field("", description="BCP 47 tag, as stored; several likewise")
    section: str = Field("", description="as the paper names it")
    author: str = Field("", description="words of the author's name")
    initials: str = Field("", description="the author's, as printed")
    agency: str = Field("", description="by its usual short name: APS, AFP")
    since: str = Field(
        "", description="published from 2018-02-13, 2018-02 or 7d (ago) on; in the site's zone, else UTC"
    )
    until: str = Field("", description="published up to the end of this day, month or year")
    min_reads: str = Field("", description="read at least so often")
    gone: str = Field("", description="1: only what its site has taken down; 0: only what it has not")
    unique: str = Field("", description="1: one copy of each story")
    sort: str = Field("", description="newest, oldest, reads, growth, relevance (the default with words)")
    after: str = Field("", description="`next` of the page before")
    limit: str = Field("", description="articles a page, 1 to 100; 20 where none is given")


@router.get("/search")
def search(request: Request, parameters: Annotated[SearchParameters, Query()], shelf: TheShelf) -> models.SearchAnswer:
    """Articles that match, page by page."""
    # The model holds one value of each, and describes them; a parameter may be repeated.
    question = asking.read(parameters.model_dump() | asking.single(request.query_params.multi_items()), shelf.sites)
    found = shelf.search(question)
    articles = [
        models.FoundArticle(
            title=one.title.text,
            title_marks=list(one.title.marks),
            snippet=one.snippet.text,
            snippet_marks=list(one.snippet.marks),
            article=models.StoredArticle.of(one.document),
        )
        for one in found.page.found
    ]
    return models.SearchAnswer(total=found.total, is_counted=found.is_counted, next=found.page.next, articles=articles)


@router.get("/article")
def article_at(
    address: Annotated[
        str, Query(min_length=1, max_length=4000, description="any address of the article, in any spelling")
    ],
    shelf: TheShelf,
) -> models.StoredArticle:
    """The article of an address."""
    document = shelf.find(address)
    if document is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "no article is stored under this address")
    return models.StoredArticle.of(document)


@router.get("/articles/{article_id}")
def article(document: TheArticle) -> models.StoredArticle:
    """One article, whole."""
    return models.StoredArticle.of(document)


@router.get("/articles/{article_id}/history")
def history(document: TheArticle, shelf: TheShelf) -> models.HistoryAnswer:
    """Its versions, the newest first, and what each changed, word by word."""
    versions = shelf.versions(document)
    told = [models.Version.of(one, number) for number, one in enumerate(versions, start=1)]
    changed = [_told(one) for one in changes(versions, shelf.sites, document.get("site"))]
    return models.HistoryAnswer(id=bytes(document["_id"]).hex(), versions=told[::-1], changes=changed)


def _told(change: Change) -> models.VersionChange:
    fields = [
        models.FieldChange(
            field=one.name,
            paragraphs=[
                None if line and line[0][0] == "skipped" else [models.Span(kind=kind, text=text) for kind, text in line]
                for line in one.lines
            ],
        )
        for one in change.fields
    ]
    return models.VersionChange(
        from_number=change.old,
        to_number=change.new,
        changed=[*(one.name for one in change.fields), *(one.name for one in change.swaps)],
        words_added=change.added,
        words_removed=change.removed,
        fields=fields,
    )


@router.get("/articles/{article_id}/story")
def story(document: TheArticle, shelf: TheShelf) -> models.StoryAnswer:
    """The copies of its story in order of publication (the first 50)."""
    copies, total = shelf.copies(document)
    told = [
        models.Copy(
            id=bytes(one.document["_id"]).hex(),
            site=one.document.get("site"),
            url=one.document["url"],
            title=one.document["title"],
            published_at=one.article.published_at,
            is_first=i == 0,
            kept=one.kept,
            own=one.own,
        )
        for i, one in enumerate(copies)
    ]
    of = document.get("story")
    return models.StoryAnswer(
        id=bytes(document["_id"]).hex(), story=bytes(of).hex() if of is not None else None, total=total, copies=told
    )


@router.get("/articles/{article_id}/reads")
def reads(document: TheArticle, shelf: TheShelf) -> models.ReadsAnswer:
    """What its read counter showed, in order of time."""
    curves = [
        models.Curve(url=url, readings=[models.ReadCount(**asdict(point)) for point in points])
        for url, points in shelf.curves(document).items()
    ]
    return models.ReadsAnswer(
        id=bytes(document["_id"]).hex(),
        read_count=document.get("read_count"),
        read_growth=document.get("read_growth"),
        curves=curves,
    )


@router.get("/stats")
def stats(shelf: TheShelf) -> models.StatsAnswer:
    """The collection in numbers, as on the front page; a minute old at the most."""
    overview = Overview(shelf)
    days, fill = overview.days, overview.fill
    counts = None
    if days is not None:
        counts = [
            models.DayCount(day=day, site=series.site, articles=series.counts[day])
            for series in days.series
            for day in days.days
            if series.counts.get(day)
        ]
    return models.StatsAnswer(
        articles=overview.total,
        sites=overview.site_count,
        edited=overview.edited,
        copies=overview.copies,
        gone=overview.gone,
        days=counts,
        fill=fill.shares if fill else None,
        fill_of=fill.articles if fill else None,
    )


@router.get("/sites")
def sites(shelf: TheShelf) -> list[models.SiteAnswer]:
    """The catalogue, and what is stored of each site."""
    rows = {row.site: row for row in Overview(shelf).sites() or []}
    names = [*shelf.sites.cards, *(name for name in rows if name and name not in shelf.sites.cards)]
    return [_site(shelf.sites.of(name) or SiteCard(name, is_listed=False), rows.get(name)) for name in names]


@router.get("/sites/{name}")
def site(
    name: Annotated[str, Path(max_length=100, description="as in commands", examples=["elmassa"])], shelf: TheShelf
) -> models.SiteAnswer:
    """One newspaper."""
    card = shelf.site(name)
    if card is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "no site has this name")
    rows = Overview(shelf).sites() or []
    return _site(card, next((row for row in rows if row.site == name), None))


def _site(card: SiteCard, row: SiteRow | None) -> models.SiteAnswer:
    return models.SiteAnswer(
        site=card.name,
        name_ar=card.name_ar,
        name_en=card.name_en,
        country=card.country,
        timezone=card.zone,
        domains=list(card.domains),
        about=card.about,
        verified=card.verified,
        articles=row.articles if row else 0,
        oldest=row.oldest if row else None,
        newest=row.newest if row else None,
    )


@router.get("/health")
def health(shelf: TheShelf) -> list[models.HealthAnswer]:
    """The state of each site that was ever crawled, the worst first; a minute old at the most."""
    return [
        models.HealthAnswer(
            site=one.site,
            state=one.state,
            is_bad=one.is_bad,
            since=one.since,
            last_crawl=str(one.crawl["_id"]) if one.crawl else None,
            alarms=[models.Alarm(**{name: alarm[name] for name in models.Alarm.model_fields}) for alarm in one.alarms],
        )
        for one in Overview(shelf).health or []
    ]


@router.get("/crawls")
def crawls(
    shelf: TheShelf,
    site: Annotated[str | None, Query(max_length=100, description="runs of this site only")] = None,
    failed: Annotated[bool, Query(description="only what ended badly, or in which something failed")] = False,
    limit: Annotated[int, Query(ge=1, le=500, description="at most so many")] = 50,
) -> list[models.CrawlAnswer]:
    """Runs, newest first."""
    if site and shelf.site(site) is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "no site has this name")
    found = shelf.crawls(site=site or None, failed=failed, limit=limit)
    return [models.CrawlAnswer(**_run(one, shelf)) for one in found]


@router.get("/crawls/{crawl_id}")
def crawl(
    crawl_id: Annotated[str, Path(max_length=100, description="the run's id")], shelf: TheShelf
) -> models.CrawlDetail:
    """One run, with the addresses that gave no article."""
    found = shelf.crawl(crawl_id)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "no run has this id")
    notes = [
        models.NotedAddress(address=str(note.get("address")), reason=note.get("reason"), detail=note.get("detail"))
        for note in found.get("notes") or []
    ]
    arguments = {name: str(value) for name, value in (found.get("arguments") or {}).items()}
    return models.CrawlDetail(**_run(found, shelf), arguments=arguments, notes=notes)


def _run(found: Document, shelf: Shelf) -> dict[str, Any]:
    shown = run(found, shelf.sites, now())
    names = ("id", "site", "started_at", "ended_at", "end", "counts", "reasons")
    return {name: getattr(shown, name) for name in names} | {"is_bad": shown.kind == "bad"}
