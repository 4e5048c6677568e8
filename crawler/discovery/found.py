"""An article's address as discovery found it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Found:
    """One address, with what the place that lists it says of the article."""

    address: str
    """Absolute."""
    source: str
    """The section, feed or sitemap that lists it."""
    published_at: datetime | None = None
    """Aware; None when the listing shows no date that can be read."""
