"""`scrapy page`: an archived page, as it was fetched, or as the beginning of a test."""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from pymongo import DESCENDING
from pymongo.database import Database

from crawler.archive.folder import archive_folder
from crawler.archive.reader import ArchivedPage, read_page
from crawler.catalogue import site_for, spiders
from crawler.cli import NabaCommand
from crawler.errors import UserError
from crawler.extraction import extract
from crawler.items import WarcReference
from crawler.store.connection import open_database
from crawler.store.finding import find_article

Document = dict[str, Any]

_PLACE = re.compile(r"(?P<file>\S.*\.warc(\.gz)?)@(?P<offset>\d+)")
_TESTS = Path("tests/pages")


class Command(NabaCommand):
    """Prints archived pages."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "ADDRESS|ID|FILE.warc.gz@BYTE [--test]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Print an archived page as it was fetched; --test makes it a test of its site"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument(
            "which", metavar="ADDRESS|ID|FILE@BYTE", help="an article, a page that failed, or a place in the archive"
        )
        parser.add_argument(
            "--test",
            action="store_true",
            help=f"write it and its record into {_TESTS}/<country>/<site>/, for you to correct",
        )

    def execute(self, opts: argparse.Namespace) -> int:
        """Print the page's bytes, or write the two files of a test and say what is left to do."""
        assert self.settings is not None
        if place := _PLACE.fullmatch(opts.which.strip()):
            reference = WarcReference(file=place["file"], offset=int(place["offset"]))
        else:
            with open_database(self.settings) as connection:
                reference = _find(connection.database(), opts.which)
        page = read_page(reference, archive_folder(self.settings))
        if opts.test:
            self._write_test(page)
        else:
            print(f"{page.url} of {page.fetched_at:%Y-%m-%d %H:%M:%S} UTC, status {page.status}", file=sys.stderr)
            sys.stdout.buffer.write(page.body)
        return 0

    def _write_test(self, page: ArchivedPage) -> None:
        known = site_for(page.url)
        spider = spiders(self.settings).get(known.name) if known else None
        if spider is None:
            raise UserError(f"no site has the address {page.url}: `scrapy probe` makes a spider for it")
        extraction = extract(page.body, page.url, known, fetched_at=page.fetched_at)
        record = extraction.article.record() if extraction.article else {"url": page.url}
        folder = _TESTS / spider.country / spider.name
        path = folder / f"{page.fetched_at:%Y-%m-%dT%H%M%S}.html"
        if path.exists():
            raise UserError(f"{path} is there already")
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.body)
        told = json.dumps(record | {"fetched_at": None}, ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(told + "\n", "utf-8")
        print(f"{path}\n{path.with_suffix('.json')}")
        print(
            "Correct the record to what a reader of the page would write, then mend the rules until this passes:\n"
            f"  python -m pytest tests/test_pages.py -k {path.stem}\n"
            "The page belongs to its paper: replace its text before you publish it (CONTRIBUTING.md).",
            file=sys.stderr,
        )


def _find(database: Database[Document], which: str) -> WarcReference:
    """Where the page is archived: of an article that is stored, else of an address that a run notes as failed.

    Raises:
        UserError: when nothing is archived of it.
    """
    note = database["crawls"].find_one(
        {"notes": {"$elemMatch": {"address": which.strip(), "archived": {"$ne": None}}}},
        {"notes.$": 1},
        sort=[("started_at", DESCENDING)],
    )
    if note:
        return WarcReference(**note["notes"][0]["archived"])
    article = find_article(database, which)
    if not article.get("archived"):
        raise UserError(f"the page of {article['url']} is not in the archive: it was read without one")
    return WarcReference(**article["archived"])
