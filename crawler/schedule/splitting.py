"""Bulk work as jobs: a backfill by months, an import by files, a re-extraction by sites and months."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from crawler.errors import UserError
from crawler.periods import parse_moment
from crawler.store.jobs import Job


def months(since: str, until: str | None, *, zone: ZoneInfo, now: datetime) -> list[str]:
    """The months that a period touches, newest first: `["2018-02", "2018-01"]`.

    Args:
        since: as for `scrapy crawl -a since=`.
        until: the same; None: now. The period that it names is included.
        zone: in which a month begins.
        now: the instant that times ago are counted from.

    Raises:
        UserError: when one is no date, or nothing lies between.
    """
    first = parse_moment(since, zone=zone, now=now, name="since").astimezone(zone)
    last = parse_moment(until, zone=zone, now=now, end=True, name="until") if until else now
    if first >= last:
        raise UserError(f"since={since} is not before until={until or 'now'}: nothing lies between")
    month = datetime(first.year, first.month, 1, tzinfo=zone)
    found = []
    while month < last:
        found.append(f"{month:%Y-%m}")
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return found[::-1]


class Batch:
    """Jobs that are asked for together; `why` and `part_of` tell them from others."""

    def __init__(self, kind: str, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)
        self.kind = kind
        self.id = f"{kind}-{self.now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"
        self.jobs: list[Job] = []

    def add(self, command: Sequence[str], what: str, *, site: str | None, alone: bool) -> None:
        """A job.

        Args:
            command: what follows `scrapy`.
            what: tells it from the batch's others.
            site: that it crawls or reads.
            alone: no two jobs of the site at once: it asks the site.
        """
        job_id = f"{self.id}/{what}"
        lease = site if site and alone else job_id
        self.jobs.append(Job(job_id, command, lease, self.id, site, part_of=self.id, to_the_end=True))


def crawls(sites: Sequence[str], arguments: Mapping[str, str], settings: Sequence[str]) -> Batch:
    """A crawl of each site."""
    batch = Batch("crawl")
    for site in sites:
        batch.add(["crawl", site, *_arguments(arguments), *settings], site, site=site, alone=True)
    return batch


def backfill(zones: Mapping[str, ZoneInfo], arguments: Mapping[str, str], settings: Sequence[str]) -> Batch:
    """A crawl of each month of each site: the newest months first, of all sites in turn.

    Raises:
        UserError: without `since`, or for a period that is none.
    """
    batch = Batch("backfill")
    if "since" not in arguments:
        raise UserError("a backfill has a beginning: scrapy enqueue backfill SITE -a since=2018-01")
    rest = {name: value for name, value in arguments.items() if name not in {"since", "until"}}
    by_site = {
        site: months(arguments["since"], arguments.get("until"), zone=zone, now=batch.now)
        for site, zone in zones.items()
    }
    for number in range(max(map(len, by_site.values()), default=0)):
        for site, found in by_site.items():
            if number < len(found):
                period = {"since": found[number], "until": found[number]}
                command = ["crawl", site, *_arguments(period | rest), *settings]
                batch.add(command, f"{site}/{found[number]}", site=site, alone=True)
    return batch


def imports(files: Sequence[Path], arguments: Mapping[str, str], settings: Sequence[str]) -> Batch:
    """An import of each file; it asks nothing of any site. Workers must see the files under the same names."""
    batch = Batch("archive")
    for file in files:
        command = ["crawl", "archive", *_arguments({"files": str(file), **arguments}), *settings]
        batch.add(command, str(file), site=None, alone=False)
    return batch


def reextractions(sites: Sequence[str], arguments: Mapping[str, str], settings: Sequence[str]) -> Batch:
    """A re-extraction of each site, or of each month of it where `since` is given (UTC, as its filters are).

    Raises:
        UserError: for a period that is none, or another argument.
    """
    batch = Batch("reextract")
    if unknown := sorted(set(arguments) - {"since", "until"}):
        raise UserError(f"unknown argument {unknown[0]!r}: a re-extraction takes since and until")
    for site in sites:
        if "since" not in arguments:
            batch.add(["reextract", "--site", site, *settings], site, site=site, alone=False)
            continue
        zone = ZoneInfo("UTC")
        for month in months(arguments["since"], arguments.get("until"), zone=zone, now=batch.now):
            command = ["reextract", "--site", site, "--since", month, "--until", month, *settings]
            batch.add(command, f"{site}/{month}", site=site, alone=False)
    return batch


def _arguments(arguments: Mapping[str, str]) -> list[str]:
    return [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]
