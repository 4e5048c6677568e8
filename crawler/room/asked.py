"""What a reader asked for: the parameters of an address as filters, in the language of `scrapy search`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any, get_args

from crawler.arabic.digits import to_western
from crawler.arabic.letters import clean, words
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
SORTS: tuple[Sort, ...] = get_args(Sort)
FILTERS = (
    "site",
    "country",
    "language",
    "section",
    "author",
    "initials",
    "agency",
    "since",
    "until",
    "min_reads",
    "gone",
    "unique",
)
_SEVERAL = ("site", "country", "language")
YES, _NO = frozenset({"1", "true", "on", "yes"}), frozenset({"0", "false", "off", "no"})


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
        return kept | {"after": after, "limit": str(self.limit) if self.limit != PAGE else None}

    def told(self, name: str, texts: Texts, sites: Sites) -> str:
        """A filter's value as people say it; nothing for one that is on or off."""
        told: Mapping[str, Callable[[str], str]] = {
            "site": lambda value: texts("comma").join(sites.name(one, texts.language) for one in _several(value)),
            "country": lambda value: texts("comma").join(texts.named("countries", one) for one in _several(value)),
            "gone": lambda value: texts("search.gone_only" if value == "1" else "search.gone_not"),
            "unique": lambda _: "",
        }
        return told.get(name, str)(self.given[name])

    def active_for(self, texts: Texts, sites: Sites) -> list[tuple[str, str, str, dict[str, str | None]]]:
        """Each filter that is on: its name, its label, its value as people say it, and the question without it."""
        return [
            (name, texts(f"search.{name}"), self.told(name, texts, sites), self.parameters() | {name: None})
            for name in FILTERS
            if self.given[name]
        ]


def single(parameters: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parameters of an address: of one that is repeated, all values with commas where it may have several."""
    found: dict[str, str] = {}
    for name, value in parameters:
        found[name] = f"{found[name]},{value}" if name in _SEVERAL and found.get(name) else value
    return found


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
    if any(len(given[name]) > LONGEST_QUESTION for name in ("q", *FILTERS)):
        raise QuestionError("long", n=LONGEST_QUESTION)
    given |= {name: ",".join(_several(given[name].lower())) for name in ("site", "country")}
    given |= {name: _switch(name, given[name]) for name in ("gone", "unique")}
    given["unique"] = "1" if given["unique"] == "1" else ""
    sort = given["sort"] or ("relevance" if given["q"] else "newest")
    if sort not in SORTS:
        raise QuestionError("sort", value=sort[:40])
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
    zone = sites.zone(given["site"] or None)
    since = _moment(given["since"], "since", zone, now)
    until = _moment(given["until"], "until", zone, now, end=True)
    if since and until and since >= until:
        raise QuestionError("period")
    for name in ("section", "author", "initials", "agency"):
        if given[name] and not words(given[name]):  # it would be no condition at all
            raise QuestionError(name, value=given[name][:40])
    filters = Filters(
        text=given["q"],
        sites=_several(given["site"]),
        countries=_several(given["country"]),
        languages=tuple(map(clean, _several(given["language"]))),
        section=given["section"] or None,
        author=given["author"] or None,
        initials=given["initials"] or None,
        agency=given["agency"] or None,
        since=since,
        until=until,
        min_reads=_number(given["min_reads"]),
        is_gone=given["gone"] == "1" if given["gone"] else None,
        unique=bool(given["unique"]),
    )
    try:
        filters.query()
    except UserError as error:
        raise QuestionError("query", detail=str(error)) from error
    _check_names(filters, sites)
    return filters


def _check_names(filters: Filters, sites: Sites) -> None:
    """Refuse sites and countries that the catalogue does not have, in the filters and in the question."""
    for name in (*filters.sites, *map(str.lower, filters.question.values("site"))):
        # An imported page of an outlet that the catalogue does not have is of the outlet's domain.
        if sites.of(name) is None and "." not in name:
            raise QuestionError("site", value=name)
    countries = {card.country for card in sites.cards.values()}
    for code in (*filters.countries, *map(str.lower, filters.question.values("country"))):
        if code not in countries:
            raise QuestionError("country", value=code)


def _several(text: str) -> tuple[str, ...]:
    """What stands between commas, each once."""
    names = (name.strip() for name in text.replace("،", ",").split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def _switch(name: str, text: str) -> str:
    """'1' for yes, '0' for no, nothing for nothing."""
    if text.lower() in YES:
        return "1"
    if text.lower() in _NO:
        return "0"
    if text:
        raise QuestionError(name, value=text[:40])
    return ""


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
