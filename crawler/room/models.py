"""What the JSON answers: the record with what the collection knows of it. Names are the collection's own."""

from datetime import date, datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, Field

from crawler.items import Article
from crawler.store import history
from crawler.store.documents import to_article

Document = dict[str, Any]


def _id(value: Any) -> str | None:
    return bytes(value).hex() if value is not None else None


class StoredArticle(Article):
    """One article, with what the collection knows of it. A field that the page does not give is null."""

    id: str = Field(description="in hexadecimal")
    number: int = Field(description="1, and one for each change that was seen; not for what archives brought")
    words: int | None = Field(default=None, description="of the body")
    read_growth: float | None = Field(default=None, description="reads an hour between the counter's last two readings")
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    gone_at: datetime | None = Field(default=None, description="when it was noticed that the site no longer has it")
    story: str | None = Field(default=None, description="id of the story that it is a copy of, if others printed it")
    duplicate_of: str | None = Field(
        default=None, description="id of the article of its story that was published first"
    )
    aliases: list[str] = Field(default_factory=list, description="other addresses of the same article")
    warc: dict[str, Any] | None = Field(default=None, description="where its page is kept: file and offset")
    extractor_version: str | None = None

    @classmethod
    def of(cls, document: Document) -> Self:
        """From a stored document."""
        record = {name: value for name, value in dict(to_article(document)).items() if name in Article.field_names()}
        return cls(
            **record,
            **{name: document.get(name) for name in ("words", "read_growth", "first_seen", "last_seen", "gone_at")},
            id=bytes(document["_id"]).hex(),
            number=document.get("number") or 1,
            story=_id(document.get("story")),
            duplicate_of=_id(document.get("duplicate_of")),
            aliases=[alias["url"] for alias in document.get("aliases") or []],
            warc=document.get("archived"),
            extractor_version=document.get("extractor"),
        )


class FoundArticle(BaseModel):
    """An article that matches, and where."""

    title: str = Field(description="on one line")
    title_marks: list[tuple[int, int]] = Field(description="places of words asked for: first character, the one after")
    snippet: str
    snippet_marks: list[tuple[int, int]]
    article: StoredArticle


class SearchAnswer(BaseModel):
    """One page of what matches."""

    total: int | None = Field(description="how many match, counted up to 10,001; null: counting took too long")
    is_counted: bool = Field(description="whether `total` is all of them")
    next: str | None = Field(description="`after` of the next page; null: there is none")
    articles: list[FoundArticle]


class Version(BaseModel):
    """What an article said from one reading to another."""

    number: int = Field(description="in order of time; 1: the first that was read")
    is_current: bool
    first_seen: datetime | None
    last_seen: datetime | None
    title: str
    kicker: str | None
    summary: str | None
    body: str
    published_at: datetime | None
    modified_at: datetime | None
    authors: list[str]
    author_initials: str | None
    byline: str | None
    agency: str | None
    section: str | None
    tags: list[str]
    image_url: str | None

    @classmethod
    def of(cls, version: history.Version, number: int) -> Self:
        """From a stored version."""
        lists = {name: version.fields.get(name) or [] for name in ("authors", "tags")}
        return cls(
            **version.fields | lists,
            number=number,
            is_current=version.is_current,
            first_seen=version.first_seen,
            last_seen=version.last_seen,
        )


class Span(BaseModel):
    """A run of text that both versions have, or one of them."""

    kind: Literal["kept", "added", "removed"]
    text: str


class FieldChange(BaseModel):
    """What changed in one field: paragraphs of spans; null stands where paragraphs without a change are left out."""

    field: str
    paragraphs: list[list[Span] | None]


class VersionChange(BaseModel):
    """What one version changed."""

    from_number: int
    to_number: int
    changed: list[str] = Field(description="names of the fields that differ")
    words_added: int
    words_removed: int
    fields: list[FieldChange] = Field(description="of texts, word by word")


class HistoryAnswer(BaseModel):
    """The versions, the newest first, and what each of the newest 20 changed."""

    id: str
    versions: list[Version]
    changes: list[VersionChange]


class Copy(BaseModel):
    """One printing of a story."""

    id: str
    site: str | None
    url: str
    title: str
    published_at: datetime | None
    is_first: bool
    kept: float = Field(description="share of the first one's text that it has")
    own: float = Field(description="share of its text that the first has not")


class StoryAnswer(BaseModel):
    """The printings of a story in order of publication; none but the article's own is an empty list."""

    id: str
    story: str | None
    total: int
    copies: list[Copy]


class ReadCount(BaseModel):
    """One reading of a counter."""

    at: datetime
    count: int
    gained: int | None = Field(description="since the reading before; null for the first, and where the counter fell")
    growth: float | None = Field(description="the same an hour")
    is_reset: bool = Field(description="the counter fell: the site began to count anew")


class Curve(BaseModel):
    """The readings of one counter, in order of time (the newest 2,000)."""

    url: str
    readings: list[ReadCount]


class ReadsAnswer(BaseModel):
    """The curves of an article: of its own counter, then of second addresses that count by themselves."""

    id: str
    read_count: int | None
    read_growth: float | None = Field(description="reads an hour between the last two readings")
    curves: list[Curve]


class SiteAnswer(BaseModel):
    """A newspaper."""

    site: str
    name_ar: str | None
    name_en: str | None
    country: str | None
    timezone: str | None
    domains: list[str]
    about: str | None
    verified: str | None
    articles: int
    oldest: datetime | None
    newest: datetime | None


class DayCount(BaseModel):
    """Articles of one site on one day, by the site's own clock."""

    day: date
    site: str | None = Field(description="null: all sites that are not named")
    articles: int


class StatsAnswer(BaseModel):
    """The collection in numbers; null: counting took too long."""

    articles: int | None
    sites: int | None
    edited: int | None
    copies: int | None
    gone: int | None
    days: list[DayCount] | None
    fill: dict[str, float] | None = Field(description="share of the newest articles that carry each field")
    fill_of: int | None = Field(description="how many articles `fill` is of")


class CrawlAnswer(BaseModel):
    """One run."""

    id: str
    site: str
    started_at: datetime
    ended_at: datetime | None
    end: str = Field(description="why it ended: finished, pages_limit, shutdown, ...; running; died")
    is_bad: bool
    counts: dict[str, int]
    reasons: dict[str, dict[str, int]] = Field(description="counts by reason, of kinds that have reasons")


class NotedAddress(BaseModel):
    """An address that gave no article."""

    address: str
    reason: str | None
    detail: str | None


class CrawlDetail(CrawlAnswer):
    """One run with the addresses that gave no article."""

    arguments: dict[str, str]
    notes: list[NotedAddress]


class Alarm(BaseModel):
    """Something that is wrong with a site."""

    check: str
    message: str
    since: datetime


class HealthAnswer(BaseModel):
    """A site's state."""

    site: str
    state: Literal["alarmed", "died", "overdue", "running", "ok", "never"]
    is_bad: bool
    since: datetime | None
    last_crawl: str | None = Field(description="id of its last run")
    alarms: list[Alarm]


class Error(BaseModel):
    """A mistake, in one line."""

    error: str
