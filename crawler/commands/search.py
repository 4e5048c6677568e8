"""`scrapy search`: ask the collection."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from rich.text import Text

from crawler.catalogue import spiders
from crawler.display import marked, print_table
from crawler.filtering import FilteringCommand, add_filters, read_filters, read_number
from crawler.store import Collection, Filters, Found, Page
from crawler.store.orders import SORTS

_BATCH = 500
"""Articles that are asked for at once."""


class Command(FilteringCommand):
    """Searches what is stored."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[WORDS] [--site NAME] [--since 2018-01] [--until 7d] [--sort relevance] [--unique] [--format jsonl]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Search the stored articles by words in any form, site, country, section, people and date"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the filters."""
        super().add_options(parser)
        add_filters(parser)
        parser.add_argument("--sort", choices=SORTS, default="newest", help="default: newest")
        parser.add_argument("--limit", default="20", metavar="N", help="at most so many; 0 for all (default: 20)")
        parser.add_argument("--after", metavar="TOKEN", help="the next page, by the token that the page before it told")
        parser.add_argument("--count", action="store_true", help="print only how many there are")
        parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="default: table")

    def execute(self, opts: argparse.Namespace) -> int:
        """Print what matches; status 0 also when nothing does."""
        assert self.settings is not None
        filters = read_filters(opts, self.settings)
        read_number(opts.limit, "--limit")  # a mistake starts no server
        with Collection.open(settings=self.settings) as collection:
            _warn(collection, filters)
            if opts.count:
                print(collection.count(filters))
            elif opts.format == "jsonl":
                self._print_lines(self._pages(collection, filters, opts))
            else:
                self._print_table(self._pages(collection, filters, opts), collection, filters)
        return 0

    def _pages(self, collection: Collection, filters: Filters, opts: argparse.Namespace) -> Iterator[Page]:
        """The page that was asked for, in pages of what is held at once."""
        left, after = read_number(opts.limit, "--limit") or None, opts.after
        while left is None or left > 0:
            size = _BATCH if left is None else min(left, _BATCH)
            page = collection.search(filters, sort=opts.sort, limit=size, after=after)
            yield page
            left, after = None if left is None else left - len(page), page.next
            if after is None:
                return
        print(f"the next page: --after {after}", file=sys.stderr)

    def _print_lines(self, pages: Iterator[Page]) -> None:
        for page in pages:
            for found in page:
                print(json.dumps(_record(found), ensure_ascii=False))

    def _print_table(self, pages: Iterator[Page], collection: Collection, filters: Filters) -> None:
        shown = [found for page in pages for found in page]
        total = collection.count(filters)
        _print(shown, self._zones(), with_snippets=bool(filters.question.terms()))
        unit = ("story" if total == 1 else "stories") if filters.unique else "article" + "s" * (total != 1)
        print(f"{total} {unit}" + (f", {len(shown)} shown" if len(shown) < total else ""), file=sys.stderr)

    def _zones(self) -> dict[str, tzinfo]:
        assert self.settings is not None
        return {name: ZoneInfo(spider.timezone) for name, spider in spiders(self.settings).items()}


def _warn(collection: Collection, filters: Filters) -> None:
    """Say what a search by words cannot find."""
    if filters.question.terms() and (stale := collection.count_stale()):
        told = f"{stale} article{'' if stale == 1 else 's'} of an earlier version cannot be found by words yet"
        print(f"warning: {told}: run `scrapy db upgrade`", file=sys.stderr)


def _hex(key: bytes | None) -> str | None:
    return key.hex() if key else None


def _record(found: Found) -> dict[str, Any]:
    """The article's record, its and its story's id, since when the site no longer has it (null: it has), snippet."""
    gone_at: datetime | None = found.document.get("gone_at")
    return found.article.record() | {
        "id": found.document["_id"].hex(),
        "gone_at": gone_at.isoformat() if gone_at else None,
        "duplicate_of": _hex(found.document.get("duplicate_of")),
        "story": _hex(found.document.get("story")),
        "snippet": found.snippet.text,
        "snippet_marks": found.snippet.marks,
    }


def _print(shown: Sequence[Found], zones: dict[str, tzinfo], *, with_snippets: bool) -> None:
    """One row an article, its date in its site's zone, and under its headline the place that was found."""

    def row(found: Found) -> tuple[object, ...]:
        article = found.article
        zone = zones.get(article.site or "")
        published = article.published_at.astimezone(zone) if article.published_at and zone else article.published_at
        people = "، ".join(article.authors) or article.author_initials or article.agency
        gone_at: datetime | None = found.document.get("gone_at")
        gone = [f"{gone_at:%Y-%m-%d}" if gone_at else None] if any_gone else []
        headline = marked(found.title.pieces())
        if with_snippets:
            headline = Text("\n").join([headline, marked(found.snippet.pieces())])
        date = f"{published:%Y-%m-%d %H:%M}" if published else None
        return date, *gone, article.site, article.read_count, people, headline

    any_gone = any(found.document.get("gone_at") for found in shown)
    if shown:
        columns = ["published", *(["gone"] if any_gone else []), "site", "reads", "by", "headline"]
        print_table(columns, map(row, shown), arabic=["by", "headline"], numbers=["reads"])
