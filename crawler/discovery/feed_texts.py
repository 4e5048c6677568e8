"""The full texts that a crawl's feeds gave, until the pages of their articles come."""

from collections.abc import Iterable
from typing import NamedTuple

from crawler.addresses import address_identity
from crawler.discovery.found import Found
from crawler.items import WarcReference

_MOST_TEXTS = 1_000
_MOST_CHARACTERS = 20_000_000


class FeedText(NamedTuple):
    """An article's text as a feed gives it."""

    text: str | None
    """Markup; None where no feed gave one."""
    archived: WarcReference | None = None
    """Where the feed is kept."""


class FeedTexts:
    """Texts by address, in any of its spellings. Bounded: beyond its size the oldest are let go."""

    def __init__(self) -> None:
        self._texts: dict[str, FeedText] = {}
        self._characters = 0

    def keep(self, found: Iterable[Found], archived: WarcReference | None = None) -> None:
        """Keep the texts of what a feed named; `archived` is where the feed itself is kept."""
        for one in found:
            if one.text:
                self.take(one.address)
                self._texts[address_identity(one.address)] = FeedText(one.text, archived)
                self._characters += len(one.text)
        while len(self._texts) > _MOST_TEXTS or self._characters > _MOST_CHARACTERS:
            oldest = next(iter(self._texts))
            self._characters -= len(self._texts.pop(oldest).text or "")

    def take(self, address: str) -> FeedText:
        """The text of an article, let go with it."""
        kept = self._texts.pop(address_identity(address), FeedText(None))
        self._characters -= len(kept.text or "")
        return kept
