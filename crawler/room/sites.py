"""The newspapers as the reading room names them, in either language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import groupby
from zoneinfo import ZoneInfo

from crawler.room.texts import Language
from crawler.spider import NewsSpider

# A spider's docstring begins `Name in Latin (الاسم), place: what it is.`
_LATIN_NAME = re.compile(r"([^(:,]{2,60}?)\s*[(:,]")


@dataclass(frozen=True, slots=True)
class SiteCard:
    """What is known of one newspaper."""

    name: str
    """In commands and in the collection."""
    country: str | None = None
    name_ar: str | None = None
    name_en: str | None = None
    about: str | None = None
    zone: str | None = None
    domains: tuple[str, ...] = ()
    verified: str | None = None
    ways: Mapping[str, int] = field(default_factory=dict)
    """How many places of each kind list its articles."""
    is_listed: bool = True
    """In the catalogue; False: only in the collection."""

    @classmethod
    def of(cls, spider: type[NewsSpider]) -> "SiteCard":
        """From a spider's declarations."""
        about = " ".join((spider.__doc__ or "").split())
        latin = _LATIN_NAME.match(about)
        return cls(
            name=spider.name,
            country=spider.country,
            name_ar=spider.name_ar,
            name_en=latin[1] if latin else None,
            about=about or None,
            zone=spider.timezone,
            domains=tuple(spider.domains),
            verified=spider.verified,
            ways={"feeds": len(spider.feeds), "sections": len(spider.sections), "sitemaps": len(spider.sitemaps)},
        )


class Sites:
    """The catalogue."""

    def __init__(self, cards: Iterable[SiteCard]) -> None:
        self.cards = {card.name: card for card in cards}
        self._zones = {name: ZoneInfo(card.zone) for name, card in self.cards.items() if card.zone}

    def __len__(self) -> int:
        return len(self.cards)

    def of(self, name: str | None) -> SiteCard | None:
        """The site of this name, if the catalogue has it."""
        return self.cards.get(name or "")

    def name(self, name: str | None, language: Language) -> str:
        """What readers of this language call the site; its name in commands where the catalogue has none."""
        card = self.of(name)
        if card is None:
            return name or "—"
        return (card.name_ar if language == "ar" else card.name_en) or card.name

    def zone(self, name: str | None) -> tzinfo:
        """In which the site prints its dates; UTC where that is not known."""
        return self._zones.get(name or "", UTC)

    def in_zone(self, moment: datetime | None, name: str | None) -> datetime | None:
        """The instant in the site's zone."""
        if moment is None:
            return None
        try:
            return moment.astimezone(self.zone(name))
        except (OverflowError, ValueError):  # the first and last day that a date can be
            return moment

    def by_country(self, names: Iterable[str], language: Language) -> list[tuple[str, list[str]]]:
        """Names of sites, in groups of a country, each in order."""

        def country(name: str) -> str:
            card = self.of(name)
            return (card.country if card else None) or ""

        ordered = sorted(names, key=lambda name: (country(name), self.name(name, language).casefold()))
        return [(code, list(group)) for code, group in groupby(ordered, key=country)]
