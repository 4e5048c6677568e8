"""An article's address as discovery found it."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

_LONGEST = 8000
"""Characters of an address: more than servers take."""


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


def absolute(base: str, address: str) -> str | None:
    """The http(s) address that a link on the page `base` leads to; None for any other (`mailto:`, `http://[`)."""
    address = address.strip()
    try:
        # Most are absolute already, and a sitemap has many.
        joined = address if address.startswith(("http://", "https://")) else urljoin(base, address)
        joined.encode()  # a lone surrogate can be neither asked for nor kept
        parts = urlsplit(joined)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # one broken link must not cost the page's others
        return None
    return joined if is_address and len(joined) <= _LONGEST else None
