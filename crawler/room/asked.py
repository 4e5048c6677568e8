"""What a reader asked for: the parameters of an address as filters, in the language of `scrapy search`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any, get_args

from crawler.arabic.digits import to_western
from crawler.errors import UserError
from crawler.periods import parse_moment
from crawler.room.sites import Sites
from crawler.room.texts import Texts
from crawler.store.filters import Filters
from crawler.store.orders import Sort

LONGEST_QUESTION = 300
"""Characters."""
PAGE = 20
LARGEST_PAGE = 100
_LONGEST_VALUE = 200
SORTS: tuple[Sort, ...] = get_args(Sort)
FILTERS = ("site", "country", "section", "author", "agency", "since", "until", "min_reads", "unique")


class QuestionError(UserError):
    """A question that cannot be answered as it was asked.

    Args:
        key: of the text that says so, under `mistakes`.
        detail: what the collection says of it, in English.
        values: of the text.
    """

    def __init__(self, key: str, detail: str | None = None, **values: object) -> None:
        super().__init__(key)
        self.key, self.detail, self.values = key, detail, values

    def told(self, texts: Texts) -> str:
        """The mistake in one line."""
        return texts(f"mistakes.{self.key}", **self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question, as given and as understood."""

    given: dict[str, str]
    """Parameters that were not empty, those of FILTERS all."""
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "newest"
    after: str | None = None
    limit: int = PAGE

    @property
    def text(self) -> str:
        """The words."""
        return self.given.get("q", "")

    @property
    def is_filtered(self) -> bool:
        """Whether more than words was asked for."""
        return any(self.given[name] for name in FILTERS) or bool(self.given.get("sort"))

    @property
    def active(self) -> bool:
        """Whether there is a filter to remove."""
        return any(self.given[name] for name in FILTERS)

    def parameters(self, *, after: str | None = None) -> dict[str, str | None]:
        """The question as parameters of a link."""
        kept: dict[str, str | None] = {name: value for name, value in self.given.items() if name != "after"}
        return kept | {"after": after}

    def active_for(self, texts: Texts, sites: Sites) -> list[tuple[str, str, str, dict[str, str | None]]]:
        """Each filter that is on: its name, its label, its value as people say it, and the question without it."""
        told: Mapping[str, Callable[[str], str]] = {
            "site": lambda value: sites.name(value, texts.language),
            "country": lambda value: texts.named("countries", value),
            "unique": lambda _: "",
        }
        return [
            (
                name,
                texts(f"search.{name}"),
                told.get(name, str)(self.given[name]),
                self.parameters() | {name: None},
            )
            for name in FILTERS
            if self.given[name]
        ]


def read(parameters: Mapping[str, str], sites: Sites, *, now: datetime | None = None) -> Asked:
    """Understand a question.

    Args:
        parameters: of the address; unknown ones are passed over.
        sites: in whose zone dates are read, when one site is asked for; UTC otherwise, as on the command line.
        now: the instant that times ago are counted from; None: the present one.

    Raises:
        QuestionError: when it cannot be understood; its `asked` is the question as given.
    """
    given = {name: " ".join(parameters.get(name, "").split()) for name in ("q", *FILTERS, "sort", "after")}
    given["unique"] = "1" if given["unique"].lower() in {"1", "true", "on", "yes"} else ""
    given["site"], given["country"] = given["site"].lower(), given["country"].lower()
    if len(given["q"]) > LONGEST_QUESTION or any(len(given[name]) > _LONGEST_VALUE for name in FILTERS):
        raise QuestionError("long", n=LONGEST_QUESTION)
    sort = given["sort"] or ("relevance" if given["q"] else "newest")
    if sort not in SORTS:
        raise QuestionError("sort", value=sort)
    return Asked(
        given=given,
        filters=_filters(given, sites, now or datetime.now(UTC)),
        sort=sort,
        after=given["after"] or None,
        limit=_limit(parameters.get("limit")),
    )


def as_given(parameters: Mapping[str, str]) -> Asked:
    """The question that was not understood: what the form shows again."""
    given = {name: parameters.get(name, "").strip()[:LONGEST_QUESTION] for name in ("q", *FILTERS)}
    sort = parameters.get("sort", "")
    return Asked(given=given, sort=sort if sort in SORTS else "newest")


def _filters(given: Mapping[str, str], sites: Sites, now: datetime) -> Filters:
    if given["site"] and sites.of(given["site"]) is None:
        raise QuestionError("site", value=given["site"])
    if given["country"] and given["country"] not in {card.country for card in sites.cards.values()}:
        raise QuestionError("country", value=given["country"])
    zone = sites.zone(given["site"] or None)
    since = _moment(given["since"], "since", zone, now)
    until = _moment(given["until"], "until", zone, now, end=True)
    if since and until and since >= until:
        raise QuestionError("period")
    filters = Filters(
        text=given["q"],
        sites=(given["site"],) if given["site"] else (),
        countries=(given["country"],) if given["country"] else (),
        section=given["section"] or None,
        author=given["author"] or None,
        agency=given["agency"] or None,
        since=since,
        until=until,
        min_reads=_number(given["min_reads"]),
        unique=bool(given["unique"]),
    )
    try:
        filters.query()
    except UserError as error:
        raise QuestionError("query", detail=str(error)) from error
    return filters


def _moment(text: str, name: str, zone: tzinfo, now: datetime, *, end: bool = False) -> datetime | None:
    if not text:
        return None
    try:
        moment = parse_moment(text, zone=zone, now=now, end=end, name=name)
        return moment.astimezone(UTC)
    except (UserError, OverflowError, ValueError):
        raise QuestionError(name, value=text[:60]) from None


def _number(text: str) -> int | None:
    if not text:
        return None
    western = to_western(text).replace(",", "").replace("٬", "")
    if not (western.isascii() and western.isdigit() and len(western) < 19):
        raise QuestionError("min_reads", value=text[:40])
    return int(western)


def _limit(text: str | None) -> int:
    if not text:
        return PAGE
    western: Any = to_western(text)
    if not (western.isascii() and western.isdigit() and 1 <= len(western) <= 4 and 1 <= int(western) <= LARGEST_PAGE):
        raise QuestionError("limit", n=LARGEST_PAGE)
    return int(western)
