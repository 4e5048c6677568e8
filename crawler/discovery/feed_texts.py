"""The full texts that a crawl's feeds gave, until the pages of their articles come."""

from collections.abc import Iterable

from crawler.addresses import address_identity
from crawler.discovery.found import Found

_MOST_TEXTS = 1_000
_MOST_CHARACTERS = 20_000_000


class FeedTexts:
    """Texts by address, in any of its spellings. Bounded: beyond its size the oldest are let go."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._characters = 0

    def keep(self, found: Iterable[Found]) -> None:
        """Keep the texts of what a feed named."""
        for one in found:
            if one.text:
                self.take(one.address)
                self._texts[address_identity(one.address)] = one.text
                self._characters += len(one.text)
        while len(self._texts) > _MOST_TEXTS or self._characters > _MOST_CHARACTERS:
            oldest = next(iter(self._texts))
            self._characters -= len(self._texts.pop(oldest))

    def take(self, address: str) -> str | None:
        """The text of an article, let go with it; None where no feed gave one."""
        text = self._texts.pop(address_identity(address), None)
        self._characters -= len(text or "")
        return text
