"""What a user asks of one crawl with `-a NAME=VALUE`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Self

from crawler.arabic.digits import to_western
from crawler.errors import UserError
from crawler.periods import Period, parse_moment

_NAMES = ("since", "until", "limit", "refresh")


@dataclass(frozen=True, slots=True)
class CrawlArguments:
    """All optional."""

    since: datetime | None = None
    """Articles published from this instant on."""
    until: datetime | None = None
    """Articles published before this instant."""
    limit: int | None = None
    """At most so many article pages are fetched."""
    refresh: bool = False
    """Read anew what is stored."""

    @classmethod
    def parse(cls, site: str, zone: tzinfo, arguments: dict[str, str], *, also: Sequence[str] = ()) -> Self:
        """Read the arguments.

        Args:
            site: the spider's name, for messages.
            zone: in which a date without an offset is meant.
            arguments: as typed.
            also: names of further arguments that the caller takes, for messages.

        Raises:
            UserError: for an unknown argument, a bad date, limit or refresh, or an empty period.
        """
        # Scrapyd gives every crawl `_job`: what begins so is a launcher's.
        if unknown := sorted({name for name in arguments if not name.startswith("_")} - set(_NAMES)):
            *names, last = (*also, *_NAMES)
            raise UserError(f"unknown argument {unknown[0]!r}: {site} takes {', '.join(names)} and {last}")
        now = datetime.now(UTC)
        since, until = (
            parse_moment(arguments[name], zone=zone, now=now, end=name == "until", name=name)
            if name in arguments
            else None
            for name in ("since", "until")
        )
        if since and until and since >= until:
            raise UserError(
                f"since={arguments['since']} is not before until={arguments['until']}: nothing lies between"
            )
        if (refresh := arguments.get("refresh")) not in {None, "all"}:
            raise UserError(f"refresh={refresh!r} is not known: write refresh=all to read what is stored anew")
        limit = _limit(arguments["limit"]) if "limit" in arguments else None
        return cls(since, until, limit, refresh is not None)

    @property
    def period(self) -> Period:
        """Since and until."""
        return Period(self.since, self.until)

    def excludes(self, published_at: datetime | None) -> bool:
        """Whether an article of this instant is outside the period; one without a date never is."""
        return self.period.excludes(published_at)


def _limit(text: str) -> int:
    digits = to_western(text)
    if not digits.isdecimal() or int(digits) < 1:
        raise UserError(f"limit={text!r} is not a number of articles: write a whole number from 1")
    return int(digits)
