"""`scrapy sites`: the catalogue."""

import argparse
import json
from typing import Any

from crawler.catalogue import spiders
from crawler.cli import NabaCommand
from crawler.display import print_table
from crawler.errors import UserError
from crawler.spider import NewsSpider
from crawler.store.connection import open_database
from crawler.store.crawls import latest_crawls
from crawler.store.local import Places


class Command(NabaCommand):
    """Lists the newspapers."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[--country dz] [--verified] [--format jsonl]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "List the newspapers: where articles are found, what was verified, the last crawl"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the filters."""
        super().add_options(parser)
        parser.add_argument("--country", metavar="CODE", help="ISO 3166 code, e.g. dz; int for international services")
        parser.add_argument(
            "--verified", action="store_true", help="only what was checked against the site's own pages"
        )
        parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="default: table")

    def execute(self, opts: argparse.Namespace) -> int:
        """Print one line a site, by country."""
        assert self.settings is not None
        known = sorted(spiders(self.settings).values(), key=lambda spider: (spider.country, spider.name))
        countries = dict.fromkeys(spider.country for spider in known)
        if opts.country and opts.country.lower() not in countries:
            raise UserError(f"no site is of country {opts.country!r}: there are {', '.join(countries)}")
        chosen = [s for s in known if not opts.country or s.country == opts.country.lower()]
        chosen = [s for s in chosen if s.verified or not opts.verified]
        crawls = self._latest_crawls()
        if opts.format == "jsonl":
            for spider in chosen:
                print(json.dumps(_record(spider, crawls.get(spider.name)), ensure_ascii=False))
        else:
            rows = [_row(spider, crawls.get(spider.name)) for spider in chosen]
            print_table(_COLUMNS, rows, arabic=["name_ar"])
            verified = sum(spider.verified is not None for spider in chosen)
            print(f"\n{len(chosen)} sites, {verified} verified; the others' declarations were never tried on the site")
        return 0

    def _latest_crawls(self) -> dict[str, dict[str, Any]]:
        """Each site's last run; none is known where nothing was ever crawled, and no server is started to say so."""
        assert self.settings is not None
        if not self.settings["MONGODB_URI"] and not Places.of(self.settings["NABA_DATA"]).database.exists():
            return {}
        with open_database(self.settings) as connection:
            return latest_crawls(connection.database())


_COLUMNS = ("country", "site", "name_ar", "language", "discovery", "verified", "last_crawl", "result")


def _ways(spider: type[NewsSpider]) -> dict[str, int]:
    """How many places of each kind the site declares."""
    return {"feeds": len(spider.feeds), "sections": len(spider.sections), "sitemaps": len(spider.sitemaps)}


def _row(spider: type[NewsSpider], crawl: dict[str, Any] | None) -> list[str]:
    """One line of the table, in the order of the columns."""
    ways = [f"{count} {way if count > 1 else way[:-1]}" for way, count in _ways(spider).items() if count]
    counts = crawl["counts"] if crawl else {}
    return [
        spider.country,
        spider.name,
        spider.name_ar,
        spider.language,
        ", ".join(ways) or "front page",
        spider.verified or "never",
        f"{crawl['started_at']:%Y-%m-%d %H:%M}" if crawl else "never",
        f"{counts.get('new', 0)} new, {counts.get('failed', 0)} failed" if crawl else "",
    ]


def _record(spider: type[NewsSpider], crawl: dict[str, Any] | None) -> dict[str, Any]:
    """The same for programs: null where the table says never."""
    return {
        "site": spider.name,
        "name_ar": spider.name_ar,
        "about": spider.__doc__,
        "country": spider.country,
        "language": spider.language,
        "timezone": spider.timezone,
        "domains": list(spider.domains),
        "discovery": _ways(spider),
        "home": spider.home,
        "verified": spider.verified,
        "last_crawl": crawl["started_at"].isoformat() if crawl else None,
        "counts": crawl["counts"] if crawl else None,
    }
