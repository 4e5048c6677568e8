"""`scrapy sites`: the catalogue."""

import argparse
import json
from pathlib import Path
from typing import Any

from crawler.catalogue import spiders
from crawler.cli import NabaCommand
from crawler.display import print_table
from crawler.errors import UserError
from crawler.spider import NewsSpider
from crawler.store.connection import open_database
from crawler.store.crawls import latest_crawls


class Command(NabaCommand):
    """Lists the newspapers."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[--country dz] [--format jsonl]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "List the newspapers: where articles are found, what was verified, the last crawl"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the filters."""
        super().add_options(parser)
        parser.add_argument("--country", metavar="CODE", help="ISO 3166 code, e.g. dz")
        parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="default: table")

    def execute(self, opts: argparse.Namespace) -> int:
        """Print one line a site."""
        assert self.settings is not None
        known = spiders(self.settings)
        countries = sorted({spider.country for spider in known.values()})
        if opts.country and opts.country.lower() not in countries:
            raise UserError(f"no site is of country {opts.country!r}: there are {', '.join(countries)}")
        chosen = [s for s in known.values() if not opts.country or s.country == opts.country.lower()]
        crawls = self._latest_crawls()
        rows = [_row(spider, crawls.get(spider.name)) for spider in chosen]
        if opts.format == "jsonl":
            for row in rows:
                print(json.dumps(row, ensure_ascii=False, default=str))
        else:
            columns = list(rows[0])
            print_table(columns, (list(row.values()) for row in rows), arabic=["name_ar"])
        return 0

    def _latest_crawls(self) -> dict[str, dict[str, Any]]:
        """Each site's last run; none is known where nothing was ever crawled, and no server is started to say so."""
        assert self.settings is not None
        if not self.settings["MONGODB_URI"] and not (Path(self.settings["NABA_DATA"]) / "mongodb").exists():
            return {}
        with open_database(self.settings) as connection:
            return latest_crawls(connection.database())


def _row(spider: type[NewsSpider], crawl: dict[str, Any] | None) -> dict[str, Any]:
    ways = {"sections": spider.sections, "feeds": spider.feeds, "sitemaps": spider.sitemaps}
    counts = crawl["counts"] if crawl else {}
    return {
        "site": spider.name,
        "name_ar": spider.name_ar,
        "country": spider.country,
        "discovery": ", ".join(f"{len(places)} {way}" for way, places in ways.items() if places) or "none",
        "verified": spider.verified or "never",
        "last_crawl": f"{crawl['started_at']:%Y-%m-%d %H:%M}" if crawl else "never",
        "result": f"{counts.get('new', 0)} new, {counts.get('failed', 0)} failed" if crawl else "",
    }
