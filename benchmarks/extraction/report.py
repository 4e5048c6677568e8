"""Results as one table for people, or as JSON."""

from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.extraction.corpus import Sample
from benchmarks.extraction.engines import BASE, OURS
from benchmarks.extraction.measures import FIELDS, body_scores, verdict

_MIB = 1024 * 1024
_SHORT = {"author_initials": "initials", "read_count": "reads"}
_BODY = {"body_f1": "F1", "body_f1_least": "least", "body_precision": "prec.", "body_recall": "recall"}


def summarize(name: str, measured: dict[str, Any], samples: list[Sample]) -> dict[str, Any]:
    """The figures of one extractor."""
    scores, verdicts = {}, {field: dict.fromkeys(("right", "wrong", "invented", "missed"), 0) for field in FIELDS}
    faults: dict[str, list[str]] = {}
    for sample in samples:
        record = measured["records"].get(sample.name, {})
        scores[sample.name] = body_scores(record.get("body") or "", sample.expected["body"])
        for field in FIELDS:
            found = verdict(field, record, sample.expected)
            if found is not None:
                verdicts[field][found] += 1
                if found != "right":
                    faults.setdefault(sample.name, []).append(f"{_SHORT.get(field, field)} {found}")
    values = list(scores.values())
    return {
        "extractor": name,
        "pages": len(values),
        "body_f1": sum(f1 for f1, _, _ in values) / len(values),
        "body_f1_least": min(f1 for f1, _, _ in values),
        "body_precision": sum(p for _, p, _ in values) / len(values),
        "body_recall": sum(r for _, _, r in values) / len(values),
        "fields": verdicts,
        "pages_per_cpu_second": len(values) / sum(measured["seconds"].values()),
        "peak_mib": measured["peak_bytes"] / _MIB,
        "errors": sum(1 for record in measured["records"].values() if "error" in record),
        "body_by_page": {page: [round(score, 4) for score in three] for page, three in scores.items()},
        "faults": faults,
    }


def _console() -> Console:
    return Console(width=240, highlight=False, markup=False)  # wide enough never to cut a figure off


def print_report(results: list[dict[str, Any]], absent: dict[str, str]) -> None:
    """The table: fields as right/wrong/invented/missed. Fits 120 columns up to 99 pages."""
    base = next((result["pages_per_cpu_second"] for result in results if result["extractor"] == BASE), None)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("extractor", no_wrap=True)
    headings = [*_BODY.values(), *(_SHORT.get(field, field) for field in FIELDS), "pages/s", "ratio", "MiB"]
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    for result in results:
        fields = ("/".join(str(count) for count in result["fields"][field].values()) for field in FIELDS)
        speed = result["pages_per_cpu_second"]
        table.add_row(
            result["extractor"],
            *(f"{result[name]:.3f}" for name in _BODY),
            *fields,
            f"{speed:.1f}",
            f"{speed / base:.1f}" if base else "",
            f"{result['peak_mib']:.0f}",
        )
    console = _console()
    console.print(table)
    if results:
        console.print(
            f"\n{results[0]['pages']} pages. F1, its least, precision, recall: of the body, by 4-word shingles. "
            "Fields: right/wrong/invented/missed.\npages/s: of one core, CPU time, whole record. "
            f"ratio: to {BASE}'s pages/s. MiB: peak of a process that reads them all."
        )
    for result in results:
        if result["errors"]:
            console.print(f"{result['extractor']}: raised an error on {result['errors']} pages")
    for name, why in absent.items():
        console.print(f"not measured: {name}: {why}")


def print_worst(results: list[dict[str, Any]], most: int) -> None:
    """The pages with the least F1 of ours (or of the first extractor measured), and pages with a wrong field."""
    ours = next((result for result in results if result["extractor"] == OURS), results[0] if results else None)
    if ours is None:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("page", "F1", "prec.", "recall", "best other", "fields"):
        table.add_column(heading, justify="left" if heading in {"page", "fields"} else "right", no_wrap=True)
    pages = sorted(ours["body_by_page"], key=lambda page: (ours["body_by_page"][page][0], page not in ours["faults"]))
    for page in pages[:most]:
        others = [result["body_by_page"][page][0] for result in results if result is not ours]
        table.add_row(
            page,
            *(f"{score:.3f}" for score in ours["body_by_page"][page]),
            f"{max(others):.3f}" if others else "",
            ", ".join(ours["faults"].get(page, [])),
        )
    _console().print("", f"{ours['extractor']}, page by page:", table, sep="\n")
