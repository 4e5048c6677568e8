"""What extraction answers."""

from dataclasses import dataclass

from crawler.items import Article


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value that was considered for one field, and what became of it."""

    field: str
    value: str
    """The value as read, shortened for people."""
    origin: str
    """Kind of source, in order of trust: 'site rules', 'structured data', 'markup', 'trafilatura', 'heuristic'."""
    where: str
    """The selector, path or pattern that gave it."""
    rejected: str | None = None
    """Why it was not taken; None for the value that was."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The reading of one page: an article, or the reason why there is none."""

    url: str
    article: Article | None
    error: str | None = None
    """One line: why the page gives no article. None when `article` is set."""
    kind: str = "article"
    """'article', or what the page is instead: 'listing', 'video', 'error page', 'empty', 'not html'."""
    evidence: tuple[Evidence, ...] = ()
    amp_url: str | None = None
    """Address of the page's AMP version, told when the page has no text of its own."""
    is_fed: bool = False
    """Whether the text is the feed's."""
    seconds: float = 0.0
    """How long the worker process that read the page took."""
