"""`scrapy story`: who printed a story first, and who changed what."""

import argparse
import asyncio
import json
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from crawler.cli import NabaCommand
from crawler.differences import Block, compare, compare_words
from crawler.display import print_difference, print_table, readable
from crawler.errors import UserError
from crawler.store.connection import Connection, open_database
from crawler.store.finding import find_article

if TYPE_CHECKING:
    from crawler.store.copies import Copy

_ADDRESS = 100  # characters


class Command(NabaCommand):
    """Shows the copies of an article's story."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "ADDRESS [--brief] [--format jsonl] | --rebuild"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Show the copies of an article's story: who printed it first, and who changed what"

    def long_desc(self) -> str:
        """What the table's columns are."""
        return (
            "Shows who printed an article's story first, and what the others made of it. kept: share of the first "
            "one's text that a copy has; own: share of the copy that the first has not."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare what to show."""
        super().add_options(parser)
        parser.add_argument("address", nargs="?", metavar="ADDRESS", help="the article's, in any spelling, or its id")
        parser.add_argument("--brief", action="store_true", help="only the table, without what was changed")
        parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="default: table")
        parser.add_argument(
            "--rebuild", action="store_true", help="find the copies of all that is stored anew, from the texts"
        )

    def execute(self, opts: argparse.Namespace) -> int:
        """Print the story of the article that was named, or find all stories anew."""
        assert self.settings is not None
        if opts.rebuild == (opts.address is not None):
            raise UserError("name one article: scrapy story ADDRESS (`scrapy search` finds it); or --rebuild, alone")
        with open_database(self.settings) as connection:
            if opts.rebuild:
                asyncio.run(_rebuild(connection))
                return 0
            # Imported where they are used: every command's module is loaded by every command, and NumPy takes its time.
            from crawler.store.copies import copies

            database = connection.database()
            document = find_article(database, opts.address)
            found = copies(database, document)
        if opts.format == "jsonl":
            for copy in found:
                print(json.dumps(_record(copy, found[0]), ensure_ascii=False))
        else:
            _print(found, document["_id"])
            if not opts.brief:
                _print_changes(found)
        if len(found) == 1:
            waits = "; its copies were not looked for yet, the next crawl does" if "unlinked" in document else ""
            print(f"no copy of it is stored{waits}", file=sys.stderr)
        else:
            print(f"{len(found)} printings", file=sys.stderr)
        return 0


async def _rebuild(connection: Connection) -> None:
    """Mark all articles, drop what was computed, compute it again; killed, the next crawl goes on."""
    from crawler.store.schema import prepare
    from crawler.store.stories import Stories

    database = connection.async_database()
    try:
        await prepare(database)
        stories, total = Stories(database), await database["articles"].estimated_document_count()
        columns = (TextColumn("stories"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("", total=total)
            await stories.forget()
            async for done in stories.link_waiting():
                progress.advance(task, done)
        tied = await database["articles"].count_documents({"story": {"$exists": True}})
        ids = await database["articles"].distinct("story", {"story": {"$exists": True}})
        what = "1 story" if len(ids) == 1 else f"{len(ids)} stories"
        print(f"{total} articles read: {tied} of them are printings of {what}")
    finally:
        await database.client.close()


def _published(copy: "Copy") -> datetime | None:
    return copy.article.published_at


def _record(copy: "Copy", first: "Copy") -> dict[str, Any]:
    """The article's record, its id, the first one's, what they have in common, and the passages that they have not."""
    is_first = copy is first
    spans = [span for block in compare(first.article.body, copy.article.body) for span in block.spans]
    return copy.article.record() | {
        "id": copy.document["_id"].hex(),
        "duplicate_of": None if is_first else first.document["_id"].hex(),
        "kept": round(copy.kept, 4),
        "own": round(copy.own, 4),
        "removed": [span.text.strip() for span in spans if span.kind == "removed"],
        "added": [span.text.strip() for span in spans if span.kind == "added"],
    }


def _print(found: "list[Copy]", asked: bytes) -> None:
    def row(copy: "Copy") -> tuple[object, ...]:
        article, published = copy.article, _published(copy)
        is_first = copy is found[0]
        here = "→" if len(found) > 1 and copy.document["_id"] == asked else ""
        shares = ("first", "") if is_first else (_percent(copy.kept), _percent(copy.own))
        if not is_first and copy.is_word_for_word:
            shares = ("word for word", "")
        date = f"{published:%Y-%m-%d %H:%M %z}" if published else None
        return (
            here,
            date,
            None if is_first else _later(found[0], copy),
            article.site,
            *shares,
            article.agency,
            article.title,
        )

    columns = ["", "published", "later by", "site", "kept", "own", "agency", "headline"]
    print_table(columns, map(row, found), arabic=["agency", "headline"], numbers=["later by", "own"])


def _percent(share: float) -> str:
    # What is not the whole is not told as the whole, nor what is something as nothing.
    return f"{min(99, max(1, round(100 * share))) if 0 < share < 1 else round(100 * share)} %"


def _later(first: "Copy", copy: "Copy") -> str | None:
    one, other = _published(first), _published(copy)
    if one is None or other is None:
        return None
    minutes = (other - one) // timedelta(minutes=1)
    hours, days = minutes // 60, minutes // (24 * 60)
    if days >= 2:
        return f"{days} d"
    return f"{hours} h {minutes % 60:02}" if hours else f"{minutes} min"


def _print_changes(found: "list[Copy]") -> None:
    """What each copy made of the first one's headline and text."""
    first = found[0].article
    for copy in found[1:]:
        article = copy.article
        print(f"\n{article.site}: {readable(article.url, _ADDRESS)}")
        if article.title != first.title:
            print("headline:")
            print_difference([Block("changed", compare_words(first.title, article.title))])
        if article.body == first.body:
            print("the same text")
        elif copy.is_word_for_word:
            print("the same words, spelt or parted otherwise")
        else:
            print("text:")
            print_difference(compare(first.body, article.body))
