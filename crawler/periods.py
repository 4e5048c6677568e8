"""The instants that people type: `2018-01-01`, `2018-02`, `7d`, `٢٠١٨-٠١-٠١`."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from crawler.arabic.digits import to_western
from crawler.errors import UserError

_AGO = re.compile(r"(\d{1,6})\s?([hdwmy])")
_AGO_UNITS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}  # days
_DAY = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """What a crawl was asked for; None: without bound."""

    since: datetime | None = None
    until: datetime | None = None

    def excludes(self, published_at: datetime | None) -> bool:
        """Whether an article of this instant is outside; one without a date never is."""
        if published_at is None:
            return False
        too_old = self.since is not None and published_at < self.since
        return too_old or (self.until is not None and published_at >= self.until)


def _calendar(match: re.Match[str], zone: tzinfo, *, end: bool) -> datetime:
    """Start of the named year, month or day; with `end`, start of the one after it."""
    year = int(match[1])
    month, day = (int(group) if group else None for group in match.groups()[1:])
    start = datetime(year, 1 if month is None else month, 1 if day is None else day, tzinfo=zone)
    if not end:
        return start
    if day:
        return start + timedelta(days=1)
    if month:
        return start.replace(year=start.year + month // 12, month=month % 12 + 1)
    return start.replace(year=start.year + 1)


def parse_moment(text: str, *, zone: tzinfo, now: datetime, end: bool = False, name: str = "date") -> datetime:
    """Read an instant as a user types it; always aware.

    Args:
        text: a year, month or day (`2018`, `2018-02`, `2018-02-13`), an ISO 8601 date and time, or a time ago:
        `12h`, `7d`, `4w`,
            `6m` (30 days each), `1y`. Digits may be Arabic.
        zone: in which a day begins, and for times without an offset.
        now: the instant that times ago are counted from.
        end: read a calendar period as its end (exclusive): `until=2018-02` means all of February.
        name: what the value is called in the error.

    Raises:
        UserError: when the text is none of these.
    """
    western = to_western(text).strip().lower()
    try:
        if ago := _AGO.fullmatch(western):
            return now - timedelta(days=int(ago[1]) * _AGO_UNITS[ago[2]])
        if day := _DAY.fullmatch(western):
            return _calendar(day, zone, end=end)
        moment = datetime.fromisoformat(western.upper())
    except (ValueError, OverflowError):
        raise UserError(
            f"{name}={text!r} is not a date: write 2018-01-31, 2018-01, 2018-01-31T14:00 or a time ago such as 7d"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
