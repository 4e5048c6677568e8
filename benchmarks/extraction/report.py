"""Results as one table for people, or as JSON."""

from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.extraction.corpus import Sample
from benchmarks.extraction.engines import BASE
from benchmarks.extraction.measures import FIELDS, body_scores, verdict

_MIB = 1024 * 1024


def summarize(name: str, measured: dict[str, Any], samples: list[Sample]) -> dict[str, Any]:
    """The figures of one extractor."""
    scores, verdicts = {}, {field: dict.fromkeys(("right", "wrong", "invented", "missed"), 0) for field in FIELDS}
    faults: list[str] = []
    for sample in samples:
        record = measured["records"].get(sample.name, {})
        scores[sample.name] = body_scores(record.get("body") or "", sample.expected["body"])
        for field in FIELDS:
            found = verdict(field, record, sample.expected)
            if found is not None:
                verdicts[field][found] += 1
                if found != "right":
                    faults.append(f"{sample.name}: {field} {found}")
    values = list(scores.values())
    return {
        "extractor": name,
        "pages": len(values),
        "body_f1": sum(f1 for f1, _, _ in values) / len(values),
        "body_f1_least": min(f1 for f1, _, _ in values),
        "body_precision": sum(p for _, p, _ in values) / len(values),
        "body_recall": sum(r for _, _, r in values) / len(values),
        "fields": verdicts,
        "pages_per_cpu_second": len(values) / measured["seconds"],
        "peak_mib": measured["peak_bytes"] / _MIB,
        "errors": sum(1 for record in measured["records"].values() if "error" in record),
        "body_f1_by_page": {page: round(f1, 4) for page, (f1, _, _) in scores.items()},
        "faults": faults,
    }


def print_report(results: list[dict[str, Any]], absent: dict[str, str]) -> None:
    """The table: fields as right/wrong/invented/missed."""
    base = next((result["pages_per_cpu_second"] for result in results if result["extractor"] == BASE), None)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("extractor", no_wrap=True)
    for heading in ("F1", "least F1", "precision", "recall", *FIELDS, "pages/s", f"x {BASE}", "peak MiB", "errors"):
        table.add_column(heading, justify="right", no_wrap=True)
    for result in results:
        fields = ("/".join(str(count) for count in result["fields"][field].values()) for field in FIELDS)
        speed = result["pages_per_cpu_second"]
        table.add_row(
            result["extractor"],
            *(f"{result[name]:.3f}" for name in ("body_f1", "body_f1_least", "body_precision", "body_recall")),
            *fields,
            f"{speed:.1f}",
            f"{speed / base:.1f}" if base else "",
            f"{result['peak_mib']:.0f}",
            str(result["errors"]),
        )
    console = Console(width=200, highlight=False)
    console.print(table)
    if results:
        console.print(
            f"\n{results[0]['pages']} pages. Fields: right/wrong/invented/missed. pages/s: of one core, CPU time, "
            "whole record. Peak: of a process that reads them all."
        )
    for name, why in absent.items():
        console.print(f"not measured: {name}: {why}", markup=False)
