"""Section pages: which articles they list and where they go on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from parsel import Selector, SelectorList
from scrapy.http import TextResponse

from crawler.arabic.dates import parse_date
from crawler.discovery.found import Found, absolute

_PLACEHOLDER = re.compile(r"\{(?:offset|page)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRules:
    """What a site declares of its section pages."""

    links: str
    """CSS of the links to articles, within a row."""
    address: re.Pattern[str] | None = None
    """What an article's address holds and other links' do not; None: every link that `links` names is an article's."""
    rows: str | None = None
    """CSS of one listed article; None: the whole page is one row."""
    dates: str | None = None
    """CSS of a row's date."""
    next_page: str | None = None
    """A pattern with {offset} or {page}, or the CSS of a link."""
    zone: tzinfo
    """For dates that state no offset."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What one section page gives."""

    found: tuple[Found, ...]
    next_page: str | None
    """Absolute address; None at the section's end. A pattern names a next page even after the last: it lists
    nothing."""


def read_section(
    response: TextResponse, rules: SectionRules, *, section: str, page: int, listed: int, now: datetime
) -> Listing:
    """Read a section page.

    Args:
        response: the page.
        rules: the site's declarations.
        section: address of the section's first page, which patterns of next pages are appended to.
        page: number of this page, from 1.
        listed: how many articles the section's earlier pages listed.
        now: clock for relative dates ("3 hours ago").
    """
    found = tuple(dict.fromkeys(_found(response, rules, section, now)))
    return Listing(found, _next_page(response, rules, section=section, page=page, listed=listed + len(found)))


def _found(response: TextResponse, rules: SectionRules, section: str, now: datetime) -> Iterator[Found]:
    rows: SelectorList[Selector] | list[TextResponse] = response.css(rules.rows) if rules.rows else [response]
    for row in rows:
        published_at = _date(row, rules, now) if rules.rows and rules.dates else None
        for href in row.css(rules.links).xpath("@href").getall():
            address = absolute(response.url, href)
            if address and (rules.address is None or rules.address.search(address)):
                yield Found(address, section, published_at)


def _date(row: Selector | TextResponse, rules: SectionRules, now: datetime) -> datetime | None:
    assert rules.dates is not None
    for element in row.css(rules.dates):
        text = element.xpath("@datetime").get() or " ".join(element.xpath(".//text()").getall())
        if reading := parse_date(text, zone=rules.zone, now=now):
            return reading.instant
    return None


def _next_page(response: TextResponse, rules: SectionRules, *, section: str, page: int, listed: int) -> str | None:
    if not rules.next_page:
        return None
    if _PLACEHOLDER.search(rules.next_page):
        tail = rules.next_page.format(offset=listed, page=page + 1)
        if tail.startswith(("http://", "https://")):
            return tail
        return section.rstrip("/") + tail if tail.startswith("/") else section + tail
    href = response.css(rules.next_page).xpath("@href").get()
    return absolute(response.url, href) if href else None
