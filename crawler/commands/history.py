"""`scrapy history`: what a paper changed in an article after it was printed."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from crawler.differences import Block, compare, compare_words
from crawler.display import isolate, one_line, print_difference, print_table, readable
from crawler.edits import EDITORIAL, TEXTS, without_furniture
from crawler.of_an_article import ArticleCommand
from crawler.store.connection import open_database
from crawler.store.finding import find_article
from crawler.store.history import Version, versions

Document = dict[str, Any]

_HEADLINE = 80
_ADDRESS = 2_000  # characters: whole, to be copied


class Command(ArticleCommand):
    """Shows one article's versions."""

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Show an article's versions and what each changed, word by word"

    def execute(self, opts: argparse.Namespace) -> int:
        """Print the versions, the oldest first."""
        assert self.settings is not None
        with open_database(self.settings) as connection:
            article = find_article(connection.database(), opts.address)
            found = versions(connection.database(), article)
        if opts.format == "jsonl":
            for i, version in enumerate(found):
                print(json.dumps(_record(article, found[i - 1] if i else None, version, i + 1), ensure_ascii=False))
            return 0
        _print_head(article)
        _print_versions(found)
        for number, (before, after) in enumerate(pairwise(found), start=2):
            _print_changes(number, before, after)
        if len(found) == 1:
            print("no edit was seen", file=sys.stderr)
        return 0


def _time(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else None


def _print_head(article: Document) -> None:
    print(isolate(one_line(article["title"], _HEADLINE)))
    print(readable(article["url"], _ADDRESS))
    if gone_at := _time(article.get("gone_at")):
        print(f"gone: its site no longer has it since {gone_at} UTC")
    print()


def _print_versions(found: Sequence[Version]) -> None:
    def row(number: int) -> tuple[object, ...]:
        version = found[number - 1]
        changed = ", ".join(found[number - 2].changes(version)) if number > 1 else None
        modified = _time(version.fields["modified_at"])
        return number, _time(version.first_seen) or "?", _time(version.last_seen) or "?", modified, changed

    columns = ["version", "first read, UTC", "last read, UTC", "page's own time", "changed"]
    print_table(columns, map(row, range(1, len(found) + 1)), numbers=["version"])


def _print_changes(number: int, before: Version, after: Version) -> None:
    print(f"\nversion {number}")
    for name in before.changes(after):
        old, new = before.fields.get(name), after.fields.get(name)
        if name in TEXTS:
            print(f"{name}:")
            print_difference(_difference(name, *(text and without_furniture(text) for text in (old, new))))
        else:
            print(f"{name}: {_shown(old)} → {_shown(new)}")


def _difference(name: str, before: str | None, after: str | None) -> list[Block]:
    if name == "body":
        return compare(before or "", after or "")
    return [Block("changed", compare_words(before or "", after or ""))]


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, list):
        value = "، ".join(value)
    return isolate(str(value)) if value else "none"


def _record(article: Document, before: Version | None, version: Version, number: int) -> Document:
    changed = before.changes(version) if before else []
    gone_at = article.get("gone_at") if version.is_current else None
    fields: Document = {name: _plain(version.fields.get(name)) for name in EDITORIAL}
    times = {"first_seen": version.first_seen, "last_seen": version.last_seen, "gone_at": gone_at}
    return (
        {"url": article["url"], "version": number, "is_current": version.is_current}
        | {name: _plain(moment) for name, moment in times.items()}
        | {"changed": changed}
        | {"differences": {name: _spans(name, before, version) for name in changed if name in TEXTS}}
        | fields
    )


def _spans(name: str, before: Version | None, after: Version) -> list[Document]:
    """Each paragraph's kind and spans."""
    old = before.fields.get(name) if before else None
    return [
        {"kind": block.kind, "spans": [[span.kind, span.text] for span in block.spans]}
        for block in _difference(name, old, after.fields.get(name))
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
