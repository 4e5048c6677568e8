"""`scrapy extract`: the record of a page, from a file."""

import argparse
import codecs
import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.catalogue import site_for, site_named
from crawler.cli import NabaCommand, report
from crawler.display import print_table
from crawler.errors import UserError
from crawler.extraction import Extraction, Site, extract
from crawler.extraction.addressing import stated_address
from crawler.items import Article

_STANDARD_INPUT = "-"


class Command(NabaCommand):
    """Reads pages into records."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "PAGE.html... [--url ADDRESS] [--site NAME] [--encoding NAME] [--explain]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Print the record of a page as a line of JSON (several files, several lines; - reads standard input)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("pages", nargs="+", metavar="PAGE", help="file of a page, or - for standard input")
        parser.add_argument(
            "--url", metavar="ADDRESS", help="address of the page (default: the one that it states, else the file's)"
        )
        parser.add_argument(
            "--site", metavar="NAME", help="newspaper whose page rules are used (default: by the address)"
        )
        parser.add_argument("--encoding", metavar="NAME", help="charset that the server stated")
        parser.add_argument(
            "--explain",
            action="store_true",
            help="print where each value is from, and what was not believed, as a table",
        )

    def execute(self, opts: argparse.Namespace) -> int:
        """One line a page; status 1 when one of them gives no article."""
        if opts.url and len(opts.pages) > 1:
            raise UserError(
                f"--url is the address of one page, and {len(opts.pages)} were given: give one, or leave --url out"
            )
        _check(opts.url, opts.encoding)
        site = site_named(opts.site) if opts.site else None
        status = 0
        for name in opts.pages:
            try:
                page, address = _read(name)
            except OSError as error:
                report(UserError(f"cannot read {name}: {error.strerror or error}"))
                _print({"url": opts.url or name, "error": f"cannot read the file: {error.strerror or error}"})
                status = 1
                continue
            url = opts.url or stated_address(page) or address
            extraction = extract(page, url, site or site_for(url), encoding=opts.encoding, explain=opts.explain)
            if opts.explain:
                _explain(extraction, site or site_for(url))
            else:
                _print(
                    extraction.article.record()
                    if extraction.article
                    else {"url": url, "error": extraction.error, "kind": extraction.kind}
                )
            status = status if extraction.article else 1
        return status


def _check(url: str | None, encoding: str | None) -> None:
    """Refuse what would silently count for nothing."""
    try:
        web = url is None or (urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname)
    except ValueError:
        web = False
    if not web:
        raise UserError(f"--url {url} is no web address: write https://...")
    try:
        codecs.lookup(encoding or "utf-8")
    except LookupError:
        raise UserError(f"--encoding {encoding} is no charset: write e.g. windows-1256 or utf-8") from None


def _read(name: str) -> tuple[bytes, str]:
    """The page, and the address of where it was read from."""
    if name == _STANDARD_INPUT:
        return sys.stdin.buffer.read(), "file:///dev/stdin"
    path = Path(name)
    return path.read_bytes(), path.resolve().as_uri()


def _print(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False))


def _explain(extraction: Extraction, site: Site | None) -> None:
    """The record's fields in order, with what was taken and what was not."""
    print(f"{extraction.url}\nrules: {site.name if site else 'general'}")
    if extraction.error:
        print(f"no article ({extraction.kind}): {extraction.error}")
    order = {name: place for place, name in enumerate(Article.field_names())}
    entries = sorted(
        extraction.evidence, key=lambda entry: (order.get(entry.field, len(order)), entry.rejected is not None)
    )
    rows = [
        (entry.field, _short(entry.value), entry.origin, _short(entry.where, 60), entry.rejected or "taken")
        for entry in entries
    ]
    print_table(["field", "value", "from", "where", "taken or why not"], rows, arabic=["value"])


def _short(text: str, length: int = 90) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
