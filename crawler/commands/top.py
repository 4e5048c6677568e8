"""`scrapy top`: what was read most, and what is read faster and faster."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import tzinfo
from itertools import takewhile
from zoneinfo import ZoneInfo

from scrapy.settings import BaseSettings

from crawler.catalogue import spiders
from crawler.display import print_table
from crawler.filtering import FilteringCommand, add_filters, read_filters, read_number
from crawler.store.collection import Collection, Found
from crawler.store.filters import Filters

_FIELDS = {"reads": "read_count", "growth": "read_growth"}
_BATCH = 100


class Command(FilteringCommand):
    """Shows the most read articles, or the fastest growing ones."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return '["WORDS"] [--since 7d] [--site NAME] [--by reads|growth] [--limit 20] [--format jsonl]'

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Show the most read articles of a time, or those whose counters grow fastest"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the filters."""
        super().add_options(parser)
        add_filters(parser)
        by = "by reads in all, or by reads an hour between the last two readings (default: reads)"
        parser.add_argument("--by", choices=sorted(_FIELDS), default="reads", help=by)
        parser.add_argument("--limit", default="20", metavar="N", help="at most so many; 0 for all (default: 20)")
        parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="default: table")

    def execute(self, opts: argparse.Namespace) -> int:
        """Print them, the greatest first; status 0 also when there is none."""
        assert self.settings is not None
        filters = read_filters(opts, self.settings)
        limit = read_number(opts.limit, "--limit") or sys.maxsize
        with Collection.open(settings=self.settings) as collection:
            found = _greatest(collection, filters, opts.by, limit)
            if opts.format == "jsonl":
                for one in found:
                    print(json.dumps(_record(one), ensure_ascii=False))
                return 0
            shown = list(found)
        if shown:
            _print(shown, opts.by, self.settings)
        else:
            told = {"reads": "shows a read counter", "growth": "was counted twice"}[opts.by]
            print(f"no article that matches {told}", file=sys.stderr)
        return 0


def _greatest(collection: Collection, filters: Filters, by: str, limit: int) -> Iterator[Found]:
    """Those that have a value, in order."""
    after, left = None, limit
    while left > 0:
        page = collection.search(
            filters, sort="growth" if by == "growth" else "reads", limit=min(left, _BATCH), after=after
        )
        counted = list(takewhile(lambda one: one.document.get(_FIELDS[by]) is not None, page))
        yield from counted
        left, after = left - len(counted), page.next
        if after is None or len(counted) < len(page):
            return


def _record(found: Found) -> dict[str, object]:
    """The article's record, and of its counter when it was read last and how it grew."""
    counted_at = found.document.get("counted_at") or found.document.get("fetched_at")
    return found.article.record() | {
        "id": found.document["_id"].hex(),
        "counted_at": counted_at.isoformat() if counted_at else None,
        "read_growth": found.document.get("read_growth"),
    }


def _print(shown: list[Found], by: str, settings: BaseSettings) -> None:
    zones: dict[str, tzinfo] = {name: ZoneInfo(spider.timezone) for name, spider in spiders(settings).items()}

    def row(found: Found) -> tuple[object, ...]:
        article = found.article
        zone = zones.get(article.site or "")
        published = article.published_at.astimezone(zone) if article.published_at and zone else article.published_at
        growth = found.document.get("read_growth")
        values = {
            "reads": f"{article.read_count:,}" if article.read_count is not None else None,
            "growth": f"{growth:,.1f}" if growth is not None else None,
        }
        date = f"{published:%Y-%m-%d %H:%M}" if published else None
        return (*(values[name] for name in order), date, article.site, article.title)

    order = [by, *(name for name in _FIELDS if name != by)]
    headings = {"reads": "reads", "growth": "an hour"}
    columns = [*(headings[name] for name in order), "published", "site", "headline"]
    print_table(columns, map(row, shown), arabic=["headline"], numbers=columns[:2])
