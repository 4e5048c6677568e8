"""What a site declares of its pages: plain data that travels to worker processes."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRules:
    """Where the article pages of one layout keep each field.

    Every rule is a CSS selector, or an XPath expression when it starts with '/', './' or '('. An XPath may end in
    an attribute or text(). The first match with text is taken for single values, all matches for body, tags and remove.
    None leaves the field to the general extraction.
    """

    kicker: str | None = None
    title: str | None = None
    summary: str | None = None
    body: str | None = None
    """Elements that hold the article's text and nothing else after `remove`."""
    byline: str | None = None
    author_initials: str | None = None
    published_at: str | None = None
    """Element with the date: its datetime or content attribute, else its text."""
    modified_at: str | None = None
    read_count: str | None = None
    section: str | None = None
    tags: str | None = None
    image_url: str | None = None
    remove: str | None = None
    """Furniture, taken away before the body is read. Other rules still see it."""
    when: str | None = None
    """The layout applies only to pages that match this; None for the only layout or the fallback."""

    def declared(self) -> dict[str, str]:
        """The rules that are set, by name."""
        return {field.name: rule for field in fields(self) if (rule := getattr(self, field.name)) is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What extraction needs to know of a newspaper; a spider's declarations without the crawling."""

    name: str
    name_ar: str
    country: str
    """ISO 3166-1 alpha-2 in lower case, or 'int'."""
    language: str = "ar"
    timezone: str = "UTC"
    """IANA zone in which the site prints its dates."""
    domains: tuple[str, ...] = ()
    layouts: tuple[PageRules, ...] = ()
    """Page designs over the years; the first whose `when` matches (or is None) is used."""
