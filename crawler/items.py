"""The record: one article of one newspaper, typed and validated."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

# Half of a UTF-16 pair is no character: no UTF-8, and so no file and no database, can hold it.
_SURROGATE = re.compile("[\ud800-\udfff]")


def _text(value: Any) -> Any:
    """NFC, no white space at the ends, U+FFFD for what is no character, and None for nothing."""
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", value)).strip() or None


def _texts(value: Any) -> Any:
    """A list of texts without the empty ones and without repeats, in order."""
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        return value
    return list(dict.fromkeys(text for text in map(_text, value) if text is not None))


Text = Annotated[str | None, BeforeValidator(_text)]
RequiredText = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[list[str], BeforeValidator(_texts)]


class WarcReference(BaseModel):
    """Where a page is kept: the record at byte `offset` of `file`, a path relative to the archive, or absolute."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    offset: Annotated[int, Field(ge=0)]


class Article(BaseModel):
    """One news article (schema.org NewsArticle) as its page gives it.

    A field that the page does not give is None (an empty list for `authors` and `tags`), never a guess. All text is
    Unicode NFC; a text of white space alone is None. Datetimes are aware, in the site's zone or the page's own offset.

    Raises:
        pydantic.ValidationError: for an empty title, body or url, a naive datetime, a negative count, an unknown field.
    """

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    url: RequiredText = Field(description="address as fetched")
    canonical_url: Text = Field(default=None, description="address as the page or normalisation says")
    site: Text = Field(default=None, description="name of the spider")
    country: Text = Field(
        default=None, description="ISO 3166-1 alpha-2 in lower case; 'int' for international services"
    )
    language: Text = Field(default=None, description="BCP 47 tag")
    title: RequiredText = Field(description="headline, without the site's name")
    kicker: Text = Field(default=None, description="the line above the headline")
    summary: Text = Field(default=None, description="standfirst")
    body: RequiredText = Field(description="paragraphs joined by a blank line; text only, no furniture")
    published_at: AwareDatetime | None = Field(default=None, description="instant of first publication")
    modified_at: AwareDatetime | None = Field(default=None, description="instant of the last edit that the page states")
    published_raw: Text = Field(default=None, description="the date text that published_at was read from")
    authors: Texts = Field(default_factory=list, description="people's names")
    author_initials: Text = Field(default=None, description="initials as printed")
    byline: Text = Field(default=None, description="the raw byline")
    agency: Text = Field(default=None, description="wire agency by its usual short name: APS, AFP, Reuters, ...")
    read_count: Annotated[int, Field(ge=0, lt=2**63)] | None = Field(
        default=None, description="the page's own read counter"
    )
    section: Text = None
    tags: Texts = Field(default_factory=list)
    image_url: Text = None
    fetched_at: AwareDatetime | None = Field(default=None, description="when the page was fetched")

    # Bookkeeping that is stored beside the record and is no part of it.
    archived: WarcReference | None = Field(default=None, exclude=True, repr=False)
    fed_from: WarcReference | None = Field(
        default=None, exclude=True, repr=False, description="where the feed is kept that gave the text"
    )
    asked_as: bytes | None = Field(default=None, exclude=True, repr=False, description="key that the queue knows it by")
    extractor: str | None = Field(default=None, exclude=True, repr=False, description="version of the extraction")

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """Names of the record's fields, in the order of the design; bookkeeping is not among them."""
        return tuple(name for name, field in cls.model_fields.items() if not field.exclude)

    def record(self) -> dict[str, Any]:
        """The record for JSON: every field present, datetimes as ISO 8601 with their offset."""
        fields = self.model_dump()
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in fields.items()}
