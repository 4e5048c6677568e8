"""An article's address as discovery found it."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Found:
    """One address, with what the place that lists it says of the article. Instants are aware; None where not said."""

    address: str
    """Absolute."""
    source: str
    """The section, feed or sitemap that lists it."""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    """A sitemap's lastmod: the article cannot be younger than this."""
    text: str | None = field(default=None, repr=False)
    """A feed's full text of the article, as markup: for a page that shows none."""
