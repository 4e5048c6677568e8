"""What the timetable says: each site's rule, hours, arguments and limits. Pure."""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.schedule.quiet import Quiet, is_quiet, leave_quiet
from crawler.schedule.rules import Every, Rule, spread
from crawler.spider import NewsSpider

_FEED, _LISTING = 1800.0, 3600.0  # seconds
_AFTER_QUIET = 1800.0
"""Seconds over which the starts are spread that quiet hours held back."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One site's place in the timetable."""

    site: str
    zone: ZoneInfo
    rule: Rule
    why: str
    """Where the rule comes from, for people: `every 30m (default: it has feeds)`."""
    quiet: tuple[Quiet, ...] = ()
    arguments: Mapping[str, str] = field(default_factory=dict)
    """As for `scrapy crawl -a`."""
    groups: tuple[str, ...] = ()
    """Those whose limits count it."""
    enabled: bool = True

    def next_start(self, after: datetime) -> datetime | None:
        """The first start (UTC) later than `after`; what falls into quiet hours is held back, all of it as one start.

        None: the rule names no instant any more.
        """
        due = self.rule.next_after(after)
        if due is None or not self.is_quiet(due):
            return due
        over = leave_quiet(due, self.quiet, self.zone)
        if isinstance(self.rule, Every):  # the sites that one night held back do not start together
            apart = timedelta(seconds=spread(self.site, min(self.rule.seconds, _AFTER_QUIET)))
            over = min(over + apart, self.rule.next_after(over - timedelta(microseconds=1)))
        return leave_quiet(over, self.quiet, self.zone)

    def is_quiet(self, moment: datetime) -> bool:
        """Whether no crawl of the site may start at this instant."""
        return is_quiet(moment, self.quiet, self.zone)


@dataclass(frozen=True, slots=True)
class Timetable:
    """All plans, and how many crawls may run at once."""

    plans: Mapping[str, Plan]
    """By site; those that are switched off too."""
    at_most: int | None = None
    group_limits: Mapping[str, int] = field(default_factory=dict)

    def enabled(self) -> list[Plan]:
        """The plans that are switched on, in order of site."""
        return [self.plans[site] for site in sorted(self.plans) if self.plans[site].enabled]

    def starts(self, now: datetime, after: Mapping[str, datetime] | None = None) -> Iterator[tuple[datetime, Plan]]:
        """The starts to come in order of time, for ever; each as if every crawl began when it is due.

        Args:
            now: nothing starts before.
            after: the instant from which each site's next start counts, where it is not `now`.
        """
        queue: list[tuple[datetime, str]] = []
        for plan in self.enabled():
            if due := plan.next_start((after or {}).get(plan.site, now)):
                heapq.heappush(queue, (max(due, leave_quiet(now, plan.quiet, plan.zone)), plan.site))
        while queue:
            moment, site = heapq.heappop(queue)
            yield moment, self.plans[site]
            if due := self.plans[site].next_start(moment):
                heapq.heappush(queue, (due, site))


def default_interval(spider: type[NewsSpider]) -> tuple[float, str]:
    """How often a site is looked at that the file does not name, in seconds, and why."""
    if spider.feeds:
        return _FEED, "it has feeds"
    if spider.sitemaps:
        return _FEED, "it has sitemaps"
    return _LISTING, "by its sections" if spider.sections else "by its front page"


def is_fictional(spider: type[NewsSpider]) -> bool:
    """Whether its domains are reserved for examples (RFC 2606): there is nothing to crawl."""
    return all(domain.rsplit(".", 1)[-1] in {"example", "test", "invalid"} for domain in spider.domains)
