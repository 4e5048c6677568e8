"""`scrapy extract`: the record of a page, from a file."""

import argparse
import codecs
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.catalogue import site_for, site_named
from crawler.cli import NabaCommand, report
from crawler.display import one_line, print_table
from crawler.errors import UserError
from crawler.extraction import Extraction, Site, extract
from crawler.extraction.addressing import stated_address
from crawler.extraction.result import Evidence
from crawler.items import Article

_STANDARD_INPUT = "-"
_TAKEN, _MOST_REFUSED = "taken", 4
_EXPLAINED = (
    "kicker",
    "summary",
    "published_at",
    "modified_at",
    "authors",
    "author_initials",
    "agency",
    "read_count",
    "section",
    "tags",
    "image_url",
)
"""Fields that people ask for when a page does not give them."""


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
    """The record's fields in order, with what was taken and what was not, and the fields without a value."""
    print(f"{extraction.url}\nrules: {site.name if site else 'general'}")
    if extraction.error:
        print(f"no article ({extraction.kind}): {extraction.error}")
    rows = _rows(extraction)
    if rows:
        print_table(["field", "value", "from", "where", "taken or why not"], rows, arabic=["value"])
    record = extraction.article.record() if extraction.article else {}
    missing = [name for name in _EXPLAINED if not record.get(name)]
    if record and missing:
        print(f"no value: {', '.join(missing)}")


def _rows(extraction: Extraction) -> list[tuple[str, ...]]:
    """What was considered, by field, what was taken first; one row for a value that was refused in several places."""
    order = {name: place for place, name in enumerate(Article.field_names())}
    places: dict[tuple[str, str, str, str], list[str]] = {}
    for entry in extraction.evidence:
        verdict = entry.rejected or _taken(extraction, entry)
        places.setdefault((entry.field, _shown(extraction, entry), entry.origin, verdict), []).append(entry.where)
    rows: list[tuple[str, ...]] = []
    refused: Counter[str] = Counter()
    known: set[str] = set()
    for field, value, origin, verdict in sorted(
        places, key=lambda row: (order.get(row[0], len(order)), not row[3].startswith(_TAKEN))
    ):
        refused[field] += not verdict.startswith(_TAKEN)
        if refused[field] > _MOST_REFUSED:
            continue
        where = list(dict.fromkeys(places[field, value, origin, verdict]))
        more = f" and {len(where) - 1} more" if len(where) > 1 else ""
        rows.append(("" if field in known else field, value, origin, one_line(where[0], 50) + more, verdict))
        known.add(field)
    hidden = sum(count - _MOST_REFUSED for count in refused.values() if count > _MOST_REFUSED)
    return [*rows, ("", f"{hidden} more that were not believed", "", "", "")] if hidden else rows


def _shown(extraction: Extraction, entry: Evidence) -> str:
    """The value as a row shows it: of the text its beginning and its end."""
    article = extraction.article
    if entry.field != "body" or article is None or entry.rejected:
        return one_line(entry.value, 90)
    return f"{one_line(article.body, 60)} {article.body[-30:].partition(' ')[2]}"


def _taken(extraction: Extraction, entry: Evidence) -> str:
    """What a row says of a value that was taken: of the text how long it is."""
    article = extraction.article
    if entry.field != "body" or article is None:
        return _TAKEN
    paragraphs = article.body.count("\n\n") + 1
    return f"{_TAKEN}: {paragraphs} paragraph{'s' * (paragraphs > 1)}, {len(article.body)} characters"
