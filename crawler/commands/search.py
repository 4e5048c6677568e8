"""`scrapy search`: ask the collection."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

from crawler.catalogue import spiders, unknown_site
from crawler.cli import NabaCommand
from crawler.display import one_line, print_table
from crawler.errors import UserError
from crawler.periods import parse_moment
from crawler.store.connection import open_database
from crawler.store.documents import to_article
from crawler.store.queries import SORTS, Filters, count, search

_HEADLINE = 70


class Command(NabaCommand):
    """Searches what is stored."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return '["WORDS"] [--site NAME] [--country dz] [--since 2018-01] [--until 7d] [--format jsonl]'

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Search the stored articles by words, site, country, section and date"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the filters."""
        super().add_options(parser)
        parser.add_argument("words", nargs="*", metavar="WORDS", help="words that all occur, in any spelling variant")
        parser.add_argument("--site", metavar="NAME", help="one newspaper, by the name in `scrapy sites`")
        parser.add_argument("--country", metavar="CODE", help="ISO 3166 code, e.g. dz")
        parser.add_argument("--since", metavar="DATE", help="published from 2018-01-31, 2018-01 or 7d (ago) on, UTC")
        parser.add_argument("--until", metavar="DATE", help="published up to the end of this day, month or year, UTC")
        parser.add_argument("--section", metavar="NAME", help="as the paper names it")
        parser.add_argument("--min-reads", type=int, metavar="N", help="read at least so often")
        parser.add_argument("--sort", choices=sorted(SORTS), default="newest", help="default: newest")
        parser.add_argument(
            "--limit", type=int, default=20, metavar="N", help="at most so many; 0 for all (default: 20)"
        )
        parser.add_argument("--count", action="store_true", help="print only how many there are")
        parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="default: table")

    def execute(self, opts: argparse.Namespace) -> int:
        """Print what matches; status 0 also when nothing does."""
        assert self.settings is not None
        filters = self._filters(opts)
        with open_database(self.settings) as connection:
            database = connection.database()
            if opts.count:
                print(count(database, filters))
                return 0
            documents = search(database, filters, sort=opts.sort, limit=opts.limit or None)
            if opts.format == "jsonl":
                for document in documents:
                    print(json.dumps(_record(document), ensure_ascii=False))
                return 0
            shown = list(documents)
            total = count(database, filters)
        _print(shown)
        told = f"{total} article{'' if total == 1 else 's'}" + (f", {len(shown)} shown" if len(shown) < total else "")
        print(told, file=sys.stderr)
        return 0

    def _filters(self, opts: argparse.Namespace) -> Filters:
        assert self.settings is not None
        names = list(spiders(self.settings))
        if opts.site is not None and opts.site not in names:
            raise UserError(unknown_site(opts.site, names))
        if opts.limit < 0:
            raise UserError(f"--limit {opts.limit} is negative: write a number of articles, or 0 for all")
        now = datetime.now(UTC)
        since = parse_moment(opts.since, zone=UTC, now=now, name="--since") if opts.since else None
        until = parse_moment(opts.until, zone=UTC, now=now, end=True, name="--until") if opts.until else None
        if since and until and since >= until:
            raise UserError(f"--since {opts.since} is not before --until {opts.until}: nothing lies between")
        return Filters(
            text=" ".join(opts.words),
            site=opts.site,
            country=opts.country.lower() if opts.country else None,
            since=since,
            until=until,
            section=opts.section,
            min_reads=opts.min_reads,
        )


def _record(document: dict[str, Any]) -> dict[str, Any]:
    """The article's record, and since when the site no longer has it (null: it has)."""
    gone_at: datetime | None = document.get("gone_at")
    return to_article(document).record() | {"gone_at": gone_at.isoformat() if gone_at else None}


def _print(documents: list[dict[str, Any]]) -> None:
    def row(document: dict[str, Any]) -> tuple[object, ...]:
        article = to_article(document)
        date = f"{article.published_at:%Y-%m-%d %H:%M}" if article.published_at else None
        people = "، ".join(article.authors) or article.author_initials or article.agency
        gone_at: datetime | None = document.get("gone_at")
        gone = [f"{gone_at:%Y-%m-%d}" if gone_at else None] if any_gone else []
        return date, *gone, article.site, article.read_count, people, one_line(article.title, _HEADLINE)

    any_gone = any(document.get("gone_at") for document in documents)
    if documents:
        print_table(
            ["published", *(["gone"] if any_gone else []), "site", "reads", "by", "headline"],
            map(row, documents),
            arabic=["by", "headline"],
            numbers=["reads"],
        )
