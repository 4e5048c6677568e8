"""Keeping what was considered for each field, for people who ask why."""

from crawler.extraction.result import Evidence

SITE_RULES = "site rules"
STRUCTURED = "structured data"
MARKUP = "markup"
TRAFILATURA = "trafilatura"
HEURISTIC = "heuristic"

_SHOWN = 300  # characters of a value that people are shown


class Ledger:
    """What was considered, in order. Keeps nothing unless it is open, so that a crawl does not pay for it."""

    def __init__(self, *, open_: bool) -> None:
        self._open = open_
        self._entries: list[Evidence] = []

    def took(self, field: str, value: object, origin: str, where: str) -> None:
        """Note the value that became the field's."""
        self._note(field, value, origin, where, None)

    def rejected(self, field: str, value: object, origin: str, where: str, why: str) -> None:
        """Note a value that was not believed, and why."""
        self._note(field, value, origin, where, why)

    def _note(self, field: str, value: object, origin: str, where: str, why: str | None) -> None:
        if not self._open:
            return
        shown = " ".join(str(value).split())
        shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
        entry = Evidence(field, shown, origin, where, why)
        if entry not in self._entries:
            self._entries.append(entry)

    def entries(self) -> tuple[Evidence, ...]:
        """All that was noted."""
        return tuple(self._entries)
