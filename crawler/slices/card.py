"""The data card of an export: what it is, of when, chosen how, with which counts; for people and for programs."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from crawler import __version__
from crawler.slices.tally import Tally
from crawler.slices.target import Written

Document = dict[str, Any]

RIGHTS = (
    "The texts belong to the newspapers and agencies that published them. This file gives no right to publish them "
    "again; research, quotation and archiving are governed by the law of the place where you use it."
)


def make_card(
    name: str,
    tally: Tally,
    files: Sequence[Written],
    *,
    question: Document,
    started_at: datetime,
    ended_at: datetime,
    notes: Sequence[str] = (),
) -> Document:
    """The card as JSON has it.

    Args:
        name: of the export's file or folder.
        tally: what was written.
        files: what was written where.
        question: how the articles were chosen, as typed.
        started_at: when reading began, aware.
        ended_at: when it ended; each article is as it was at some instant between.
        notes: what a reader of the file should know.
    """
    return {
        "name": name,
        "articles": tally.rows,
        "published": {
            "from": tally.earliest.isoformat() if tally.earliest else None,
            "to": tally.latest.isoformat() if tally.latest else None,
        },
        "read_from": started_at.isoformat(timespec="seconds"),
        "read_to": ended_at.isoformat(timespec="seconds"),
        "filters": question,
        "articles_by_site_and_year": tally.counts(),
        "fields": [
            {
                "name": column.name,
                "meaning": column.meaning,
                "filled": tally.filled[column.name],
                "share": round(tally.filled[column.name] / tally.rows, 4),
            }
            for column in tally.columns
        ],
        "files": [
            {"name": file.name or name, "articles": file.rows, "bytes": file.size, "sha256": file.sha256}
            for file in files
        ],
        "versions": {"naba": __version__, "extractors": dict(tally.extractors.most_common())},
        "notes": list(notes),
        "rights": RIGHTS,
    }


def card_json(card: Document) -> str:
    """For programs."""
    return json.dumps(card, ensure_ascii=False, indent=1) + "\n"


def _cells(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def card_markdown(card: Document) -> str:
    """For people."""
    published, filters = card["published"], card["filters"]
    years = sorted({year for counts in card["articles_by_site_and_year"].values() for year in counts})
    size = sum(file["bytes"] for file in card["files"])
    told = [f"`{name}`: {value}" for name, value in filters.items()] or ["all articles"]
    lines = [
        f"# {card['name']}",
        "",
        f"{card['articles']:,} articles of Arabic news, collected by Naba {card['versions']['naba']}; {size:,} bytes.",
        "",
        f"- Published: {published['from'] or 'no dates'} to {published['to'] or 'no dates'}",
        f"- Read from the collection: {card['read_from']} to {card['read_to']}",
        f"- Chosen by: {'; '.join(told)}",
        f"- Extraction: {', '.join(f'{name} ({count:,})' for name, count in card['versions']['extractors'].items())}",
        *(f"- {note}" for note in card["notes"]),
        "",
        card["rights"],
        "",
        "## Articles by site and year",
        "",
        _cells("site", *years, "all"),
        _cells("---", *("---:" for _ in years), "---:"),
    ]
    for site, counts in card["articles_by_site_and_year"].items():
        lines.append(_cells(site, *(f"{counts.get(year, 0):,}" for year in years), f"{sum(counts.values()):,}"))
    lines += ["", "## Fields", "", _cells("field", "filled", "meaning"), _cells("---", "---:", "---")]
    lines += [_cells(f"`{one['name']}`", f"{one['share']:.1%}", one["meaning"]) for one in card["fields"]]
    lines += ["", "## Files", ""]
    shown = card["files"][:20]
    lines += [f"- `{file['name']}`: {file['articles']:,} articles, SHA-256 `{file['sha256']}`" for file in shown]
    if len(card["files"]) > len(shown):
        lines.append(f"- and {len(card['files']) - len(shown):,} more, in the card's JSON")
    return "\n".join(lines) + "\n"
