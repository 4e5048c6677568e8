"""Pages that show what an alarm tells, where they are archived, and what to type to make a test of one."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from pymongo import DESCENDING
from pymongo.database import Database

from crawler.watch.verdicts import Verdict

Document = dict[str, Any]

_PAGES = 2
_BACK = 10
"""Runs that are looked through."""


def with_examples(database: Database[Document], crawl: Document, verdict: Verdict) -> Verdict:
    """The verdict with addresses of pages that show it (`pages`) and lines for people (`help`).

    Args:
        database: the collection's database.
        crawl: the run.
        verdict: of a check that found something.
    """
    if verdict.check == "fields":
        pages = [
            page | {"lacks": field}
            for field in verdict.evidence["fields"]
            for page in islice(_lacking(database, crawl, field), _PAGES)
        ]
    elif verdict.check in {"errors", "forbidden"}:
        notes = [note for note in crawl.get("notes", []) if note["reason"].startswith("failed/")]
        pages = [
            {"address": note["address"], "archived": note.get("archived"), "reason": note["reason"]}
            for note in notes[:_PAGES]
        ]
    elif verdict.check == "slow":
        pages = [{"address": page["address"], "archived": None} for page in crawl.get("slowest", [])[:_PAGES]]
    else:
        pages = []
    return replace(verdict, evidence=verdict.evidence | {"pages": pages, "help": list(_help(pages))})


def _lacking(database: Database[Document], crawl: Document, field: str) -> Iterator[Document]:
    """Pages that lack a field, of the run and of those before it, newest first."""
    query = {"site": crawl["site"], "started_at": {"$lte": crawl["started_at"]}, f"fields.{field}.missing": {"$gt": 0}}
    told = set()
    for row in database["crawls"].find(query, {f"fields.{field}": 1}).sort("started_at", DESCENDING).limit(_BACK):
        for page in reversed(row["fields"][field]["lacking"]):
            if page["address"] not in told:
                told.add(page["address"])
                yield page


def _help(pages: list[Document]) -> Iterator[str]:
    for page in pages:
        what = f"{page['lacks']} is missing in " if "lacks" in page else f"{page.get('reason', 'for example')}: "
        yield f"{what}{page['address']}"
    for page in islice((page for page in pages if page["archived"]), 1):
        place = f"{page['archived']['file']}@{page['archived']['offset']}"
        yield f"look at it:     scrapy page {place} > page.html"
        yield f"how it is read: scrapy extract page.html --url '{page['address']}' --explain"
        yield f"make it a test: scrapy page {place} --test"
