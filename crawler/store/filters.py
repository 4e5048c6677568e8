"""Which articles somebody asks for, as one MongoDB query: what search, statistics and export have in common."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bson.binary import Binary

from crawler.arabic.letters import words
from crawler.arabic.spellings import phrase_pattern
from crawler.errors import UserError
from crawler.store.asking import Question, parse, whole

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles; all that are given must hold.

    Sections, agencies, authors and initials are compared as words are: spelling variants, harakat and, of Latin, upper
    case make no difference. `unique` is not part of `query`: `Collection` sees to it.
    """

    text: str = ""
    """Words, "phrases", -exclusions and prefixes: the language of `crawler.store.asking.parse`."""
    sites: tuple[str, ...] = ()
    """Any of these, by the names in `scrapy sites`."""
    countries: tuple[str, ...] = ()
    """Any of these ISO 3166 codes, in lower case."""
    languages: tuple[str, ...] = ()
    """Any of these BCP 47 tags, as stored."""
    section: str | None = None
    """As the paper names it."""
    author: str | None = None
    """Words that all occur in the authors' names."""
    initials: str | None = None
    """As printed, punctuation and spaces aside: ق/ د."""
    agency: str | None = None
    """By its usual short name: APS, AFP."""
    since: datetime | None = None
    """Published at this aware instant or later."""
    until: datetime | None = None
    """Published before this aware instant."""
    min_reads: int | None = None
    is_gone: bool | None = None
    """Whether the site has taken it down."""
    story: bytes | None = None
    """One story's id: its copies."""
    unique: bool = False
    """One article of each story: the first, in the order asked for, of those that match."""

    def __post_init__(self) -> None:
        """Refuse what a program easily writes and MongoDB would answer with something else.

        Raises:
            UserError: for a text where several belong, and an instant without a time zone.
        """
        for name in ("sites", "countries", "languages"):
            if isinstance(given := getattr(self, name), str):
                raise UserError(f"{name}={given!r} is one text, write {name}=({given!r},)")
        for name in ("since", "until"):
            moment = getattr(self, name)
            if moment is not None and moment.utcoffset() is None:
                raise UserError(f"{name}={moment} has no time zone: write datetime(..., tzinfo=UTC) or another")

    @property
    def question(self) -> Question:
        """The text's parts.

        Raises:
            UserError: when it cannot be read.
        """
        return parse(self.text)

    def query(self) -> Document:
        """The MongoDB filter of `articles`.

        Raises:
            UserError: when the text cannot be read.
        """
        query: Document = {}
        further: list[Document] = []
        for condition in [*self.question.conditions(), *self._fields()]:
            for name, value in condition.items():
                if name not in query:
                    query[name] = value
                elif all(isinstance(one, dict) and one.keys() == {"$all"} for one in (value, query[name])):
                    query[name] = {"$all": sorted({*query[name]["$all"], *value["$all"]})}
                else:
                    further.append({name: value})
        return query | ({"$and": further} if further else {})

    def _fields(self) -> list[Document]:
        """One condition a field."""
        conditions: list[Document] = []
        for name, values in (("site", self.sites), ("country", self.countries), ("language", self.languages)):
            if values:
                conditions.append({name: values[0] if len(values) == 1 else {"$in": sorted(set(values))}})
        conditions += [whole(name, text) for name in ("section", "agency") if (text := getattr(self, name))]
        if self.author:
            conditions.append({"author_terms": {"$all": sorted(set(words(self.author)))}})
        if self.initials:
            letters = [letter for word in words(self.initials) for letter in word]
            conditions.append({"author_initials": {"$regex": phrase_pattern(letters, whole=True, may_touch=True)}})
        published = {"$gte": self.since, "$lt": self.until}
        if period := {operator: moment for operator, moment in published.items() if moment is not None}:
            conditions.append({"published_at": period})
        if self.min_reads is not None:
            conditions.append({"read_count": {"$gte": self.min_reads, "$type": "number"}})  # as its index says
        if self.is_gone is not None:
            conditions.append({"gone_at": {"$type": "date"} if self.is_gone else None})
        if self.story is not None:
            conditions.append({"story": Binary(self.story)})
        return conditions
